"""Questions about letters, each with a frozen answer."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from desist.accounts import queries as accounts
from desist.letters import EASY, Variant
from desist.programme.circumstances import known as circumstances
from desist.programme.episodes.models import Episode
from desist.programme.letters import commands, facts, templates
from desist.programme.letters.models import Letter, LetterTemplate
from desist.programme.letters.policy import Action
from desist.programme.letters.states import Kind, State, Way
from desist.programme.letters.templates import Words
from desist.references import spoken
from desist.refusals import Refused
from desist.ui import tables
from desist.wall import gate, policy
from desist.wall.actors import Actor

SIZE = 25


@dataclass(frozen=True)
class Row:
    """One letter."""

    ref: str
    episode: str
    person: str
    kind: str
    variant: str
    to: str
    state: str
    waits: bool
    document: str  # "" once its document was removed
    written_at: datetime
    written_by: str
    way: str
    sent_on: date | None
    settled_by: str


@dataclass(frozen=True)
class Page:
    """A person's letters, and which can be written."""

    episode: str
    spoken: str
    name: str
    rows: tuple[Row, ...]
    may_write: bool


@dataclass(frozen=True)
class Draft:
    """One form of a letter as it would be written; `missing` says what stands in the way."""

    variant: str
    label: str
    title: str
    paragraphs: tuple[str, ...]
    missing: str


@dataclass(frozen=True)
class ToWrite:
    """A letter to be written: whose, its forms, and where it can go."""

    episode: str
    spoken: str
    name: str
    kind: Kind
    drafts: tuple[Draft, ...]
    first: str  # the form that is offered first
    address: str


@dataclass(frozen=True)
class TemplateRow:
    """The words of one letter in one form, and since when the service has its own."""

    kind: Kind
    variant: Variant
    words: Words
    made_by: str
    made_at: datetime | None


@dataclass(frozen=True)
class WordsPage:
    """The words of every letter in each of its forms."""

    rows: tuple[TemplateRow, ...]
    may_change: bool


def letters(*, actor: Actor, episode: str, at: datetime) -> Page:
    """One person's letters, the newest first."""
    row = gate.open(actor, Action.SEE_LETTERS, Episode, episode, at=at).select_related("referral").get()
    found = list(row.letters.select_related("document", "episode__referral").order_by("-written_at", "-pk"))
    return Page(
        episode=row.ref,
        spoken=spoken(row.ref),
        name=row.referral.name,
        rows=_rows(found, actor),
        may_write=actor.role in policy.rule(Action.WRITE_LETTER).roles,
    )


def register(
    *, actor: Actor, state: str, sort: tables.Sort, cursor: tables.Cursor, at: datetime
) -> tuple[tuple[Row, ...], tables.Paging]:
    """One page of the register: the letters about people whom the actor may see."""
    rows = gate.see(actor, Action.SEE_LETTER_REGISTER, Letter, at=at)
    rows = rows.select_related("document", "episode__referral").filter(**({"state": state} if state else {}))
    found, paging = tables.page(rows, sort=sort, cursor=cursor, size=SIZE)
    return _rows(found, actor), paging


def to_write(*, actor: Actor, episode: str, kind: str, at: datetime) -> ToWrite:
    """A letter to be written, in each of its forms. Raises gate.NotFound for an unknown kind."""
    row = gate.open(actor, Action.WRITE_LETTER, Episode, episode, at=at).select_related("referral").get()
    if kind not in Kind:
        raise gate.NotFound(kind)
    wanted = Kind(kind)
    easy = wanted is not Kind.REFERRER and bool(
        EASY & circumstances.needs_of(row, circumstances.of(row)).kinds
    )
    known = facts.read(row, at=at)
    return ToWrite(
        episode=row.ref,
        spoken=spoken(row.ref),
        name=row.referral.name,
        kind=wanted,
        drafts=tuple(_draft(known, wanted, variant) for variant in Variant),
        first=(Variant.EASY if easy else Variant.PLAIN).value,
        address=facts.ways(row, kind=wanted)[Way.POST],
    )


def to_send(*, actor: Actor, ref: str, at: datetime) -> Row:
    """One letter that waits to be sent."""
    rows = gate.open(actor, Action.SEND_LETTER, Letter, ref, at=at)
    return _rows([rows.select_related("document", "episode__referral").get()], actor)[0]


def words(*, actor: Actor, at: datetime) -> WordsPage:
    """The words of every letter in an area, in each of its forms."""
    rows = gate.see(actor, Action.SEE_LETTER_TEMPLATES, LetterTemplate, at=at).filter(ended_at=None)
    own = {(row.kind, row.variant): row for row in rows}
    names = accounts.names(refs={row.made_by for row in own.values()})
    found = tuple(
        _template(kind, variant, own.get((kind.value, variant.value)), names)
        for kind in Kind
        for variant in Variant
    )
    return WordsPage(found, actor.role in policy.rule(Action.CHANGE_LETTER_TEMPLATE).roles)


def template(*, actor: Actor, kind: str, variant: str, at: datetime) -> TemplateRow:
    """The words of one letter in one form. Raises gate.NotFound."""
    for one in words(actor=actor, at=at).rows:
        if (one.kind.value, one.variant.value) == (kind, variant):
            return one
    raise gate.NotFound(kind)


def _template(kind: Kind, variant: Variant, row: LetterTemplate | None, names: dict[str, str]) -> TemplateRow:
    if row is None:
        return TemplateRow(kind, variant, templates.shipped(kind, variant), "", None)
    said = Words(row.title, row.text, row.ref)
    return TemplateRow(kind, variant, said, names.get(row.made_by, "a colleague"), row.made_at)


def _draft(known: facts.Read, kind: Kind, variant: Variant) -> Draft:
    said = commands.current(area=known.episode.area, kind=kind, variant=variant)
    paragraphs: tuple[str, ...] = ()
    missing = ""
    try:
        paragraphs = facts.filled(said.text, facts.of(known, kind=kind, variant=variant))
    except Refused as refused:
        missing = str(refused)
    return Draft(variant.value, str(variant.label), said.title, paragraphs, missing)


def _rows(found: Any, actor: Actor) -> tuple[Row, ...]:  # noqa: ANN401 -- a list or a page of letters
    rows: list[Letter] = list(found)
    names = accounts.names(refs={who for row in rows for who in (row.written_by, row.settled_by)})

    def called(who: str) -> str:
        return "you" if who == actor.who else names.get(who, "a colleague")

    return tuple(
        Row(
            ref=row.ref,
            episode=row.episode.ref,
            person=row.episode.referral.name,
            kind=str(Kind(row.kind).label),
            variant=str(Variant(row.variant).label),
            to=row.to,
            state=str(State(row.state).label),
            waits=row.state == State.WRITTEN,
            document="" if row.document.removed_at else row.document.ref,
            written_at=row.written_at,
            written_by=called(row.written_by),
            way=str(Way(row.way).label) if row.way else "",
            sent_on=row.sent_on,
            settled_by=called(row.settled_by) if row.settled_by else "",
        )
        for row in rows
    )
