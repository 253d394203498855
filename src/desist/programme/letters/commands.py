"""Everything that can happen to a letter and to the words of letters."""

import json
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError

from desist import letters
from desist.accounts import queries as accounts
from desist.letters import Variant
from desist.programme.documents import commands as papers
from desist.programme.documents.commands import Paper
from desist.programme.documents.states import Kind as PaperKind
from desist.programme.episodes.models import Episode
from desist.programme.letters import facts, templates
from desist.programme.letters.models import Letter, LetterTemplate
from desist.programme.letters.policy import Action
from desist.programme.letters.states import Kind, State, Way
from desist.programme.letters.templates import Words
from desist.references import reference
from desist.referral import files
from desist.refusals import Changed, Refused
from desist.ui import dates, documents
from desist.ui.words import Override
from desist.wall import audit, clearances, gate
from desist.wall.actors import Actor

NOT_MADE = "Not written: the PDF could not be made. Try again; if it happens again, tell your administrator"
NOT_RIGHT = "Not sent: an address or a fact in this letter is no longer right. Do not send it: write it again"
SETTLED = "A colleague has already recorded what became of this letter"


@dataclass(frozen=True)
class Writing:
    """Which letter, in which form, and a paragraph of one's own, "" for none."""

    kind: Kind
    variant: Variant
    more: str
    override: Override | None = None


def write(*, actor: Actor, episode: str, writing: Writing, submission: str, at: datetime) -> str:
    """Write a letter of known facts and keep it as a PDF under Documents; return its reference.

    Raises Refused where a fact is not known, and words.Unclear.
    """
    with gate.change(actor, Action.WRITE_LETTER, Episode, episode, at=at) as row:
        if same := Letter.objects.filter(submission=submission, episode=row).first():
            return same.ref
        letter = Letter(episode=row, kind=writing.kind, variant=writing.variant, submission=submission)
        letter.ref = reference()
        more = {"more": writing.more}
        clearances.hold(
            named=audit.row_name(Letter, letter.ref),
            texts=more,
            override=writing.override,
            actor=actor,
            at=at,
        )
        words = current(area=row.area, kind=writing.kind, variant=writing.variant)
        known = facts.of(facts.read(row, at=at), kind=writing.kind, variant=writing.variant)
        paragraphs = (*facts.filled(words.text, known), *facts.paragraphs(writing.more))
        letter.to = known["name"]
        letter.basis = json.dumps(
            {name: known[name] for name in facts.PLACEHOLDER.findall(words.text)} | _ways(row, writing.kind)
        )
        signed = f"{accounts.name(ref=actor.who)}\n{known['service']}"
        content = _pdf(letter, words, paragraphs, signed=signed, at=at)
        name = f"letter-{writing.kind.value}-{dates.day_of(at).isoformat()}.pdf"
        paper = Paper(files.inspect(name=name, content=content), PaperKind.LETTER, dates.day_of(at))
        letter.document = papers.keep(row, paper, actor=actor, at=at)
        letter.written_by, letter.written_at = actor.who, at
        letter.save()
        return letter.ref


def send(*, actor: Actor, ref: str, way: Way, on: date, at: datetime) -> None:
    """Record that a letter went out. Raises Refused where an address or a fact in it is no longer right."""
    with gate.change(actor, Action.SEND_LETTER, Letter, ref, at=at) as letter:
        _still_written(letter)
        if letter.document.removed_at or not _is_right(letter, way, at):
            raise Refused(NOT_RIGHT)
        if on < dates.day_of(letter.written_at):
            raise Refused("The letter had not been written by then", field="on")
        letter.state, letter.way, letter.sent_on = State.SENT, way, on
        letter.settled_by = actor.who
        letter.save(update_fields=["state", "way", "sent_on", "settled_by"])


def drop(*, actor: Actor, ref: str, at: datetime) -> None:
    """Record that a letter is not sent. Raises Refused."""
    with gate.change(actor, Action.SEND_LETTER, Letter, ref, at=at) as letter:
        _still_written(letter)
        letter.state, letter.settled_by = State.DROPPED, actor.who
        letter.save(update_fields=["state", "settled_by"])


def change(
    *,
    actor: Actor,
    kind: Kind,
    variant: Variant,
    words: Words,
    override: Override | None = None,
    at: datetime,
) -> None:
    """Set the words of a letter from now on; `words.ref` is the reference of those that the page showed, or "".

    Letters that were written keep what they say. Raises Changed, words.Unclear, and Refused for unknown words in braces.
    """
    if found := facts.unknown(words.text, kind=kind):
        raise Refused(
            f"Nothing is known as {{{found[0]}}}. Use the words of the list in braces", field="text"
        )
    row = LetterTemplate(area=actor.area, kind=kind, variant=variant, title=words.title, text=words.text)
    row.made_by, row.made_at, row.ended_at = actor.who, at, at
    try:
        with gate.create(actor, Action.CHANGE_LETTER_TEMPLATE, row, at=at):
            _end_current(row, words.ref, at)
            said = {"title": words.title, "text": words.text}
            named = audit.row_name(LetterTemplate, row.ref)
            clearances.hold(named=named, texts=said, override=override, actor=actor, at=at)
            row.ended_at = None
            row.save(update_fields=["ended_at"])
    except (Changed, IntegrityError):  # the same form twice, or two managers at one moment, of whom one won
        stands = current(area=actor.area, kind=kind, variant=variant)
        if (stands.title, stands.text) != (words.title, words.text):
            raise Changed from None


def current(*, area: str, kind: Kind, variant: Variant) -> Words:
    """Return the words in use in an area: the service's own, or those that come with Desist."""
    row = LetterTemplate.objects.filter(area=area, kind=kind, variant=variant, ended_at=None).first()
    return Words(row.title, row.text, row.ref) if row else templates.shipped(kind, variant)


def _end_current(row: LetterTemplate, replaces: str, at: datetime) -> None:
    rows = LetterTemplate.objects.select_for_update()
    before = rows.filter(area=row.area, kind=row.kind, variant=row.variant, ended_at=None).first()
    if (before.ref if before else "") != replaces:
        raise Changed
    if before:
        before.ended_at = at
        before.save(update_fields=["ended_at"])


def _ways(episode: Episode, kind: Kind) -> dict[str, str]:
    return {way.value: address for way, address in facts.ways(episode, kind=kind).items()}


def _pdf(letter: Letter, words: Words, paragraphs: tuple[str, ...], *, signed: str, at: datetime) -> bytes:
    kept: dict[str, str] = json.loads(letter.basis)
    variant = Variant(letter.variant)
    try:
        return documents.pdf(
            layout=documents.LETTER,
            data={
                "title": words.title,
                **letters.look(variant),
                "name": letter.to,
                "address": kept[Way.POST].splitlines(),
                "on": letters.day(at, variant),
                "paragraphs": paragraphs,
                "signed": signed,
            },
        )
    except documents.NotMade:
        raise Refused(NOT_MADE) from None


def _still_written(letter: Letter) -> None:
    if letter.state != State.WRITTEN:
        raise Refused(SETTLED)


def _is_right(letter: Letter, way: Way, at: datetime) -> bool:
    """Whether the address of this way and every fact in the letter are as they were written."""
    kind = Kind(letter.kind)
    kept: dict[str, str] = json.loads(letter.basis)
    known = facts.of(facts.read(letter.episode, at=at), kind=kind, variant=Variant(letter.variant))
    now = known | _ways(letter.episode, kind)
    if way is not Way.HANDED and not now[way]:
        return False
    return all(now[name] == kept[name] for name in kept if name == way or name not in {Way.POST, Way.EMAIL})
