"""Everything that can happen to a letter."""

from dataclasses import dataclass
from datetime import date, datetime, time

from desist.advocacy.contacts import bars
from desist.advocacy.contacts.models import Arrangement
from desist.advocacy.contacts.states import Channel
from desist.advocacy.letters import templates
from desist.advocacy.letters.models import Letter
from desist.advocacy.letters.policy import Action
from desist.advocacy.letters.templates import Template
from desist.advocacy.updates import commands as updates
from desist.advocacy.updates.states import Event
from desist.advocacy.updates.states import State as News
from desist.advocacy.vault import boxes
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.cipher import Box
from desist.advocacy.vault.models import Locator
from desist.advocacy.vault.states import PLACES, Reason
from desist.advocacy.victims.identity import FIELD, Identity
from desist.advocacy.victims.models import Victim
from desist.advocacy.victims.states import Purpose, State
from desist.letters import Variant
from desist.refusals import Refused
from desist.ui import dates
from desist.wall import audit, gate
from desist.wall.actors import Actor


@dataclass(frozen=True)
class Printed:
    """A printed letter."""

    name: str
    address: tuple[str, ...]
    on: date
    paragraphs: tuple[str, ...]
    signed: str
    variant: Variant


def write(
    *,
    actor: Actor,
    ref: str,
    template: Template,
    variant: Variant = Variant.PLAIN,
    address: str,
    submission: str,
    at: datetime,
) -> None:
    """Write a letter in one of its forms to an address in the vault. Raises Refused."""
    with gate.change(actor, Action.WRITE_LETTER, Victim, ref, at=at) as victim:
        if Letter.objects.filter(submission=submission).exists():
            return
        locator = Locator.objects.filter(victim=victim, ref=address).first()
        if locator is None:
            raise Refused("This address is not in the vault any more")
        _check(victim, locator)
        Letter.objects.create(
            victim=victim,
            locator=locator,
            template=template,
            variant=variant,
            written_by=actor.who,
            written_at=at,
            submission=submission,
        )


def print_out(*, actor: Actor, letter: str, at: datetime) -> Printed:
    """Draw a letter to be printed, after a new check. This reveals its address, and counts as a reveal.

    Raises Refused, also if the letter was posted.
    """
    with (
        vault.counted(actor=actor, at=at),
        gate.change(actor, Action.PRINT_LETTER, Letter, letter, at=at) as row,
    ):
        if row.posted_on:
            raise Refused("This letter has already been posted. Write another letter")
        victim = Victim.objects.select_for_update().get(pk=row.victim_id)
        _check(victim, row.locator)
        template = Template(row.template)
        due = list(victim.updates.filter(state=News.DUE).order_by("on", "pk"))
        row.printed_by, row.printed_at = actor.who, at
        row.tells = [one.ref for one in due] if template is Template.NEWS else []
        row.save(update_fields=["printed_by", "printed_at", "tells"])
        vault.open_one(actor=actor, locator=row.locator, reason=Reason.CONTACT, at=at, stopped="Not printed")
        box = vault.box(person=victim.ref)
        news, variant = [(Event(one.event), one.on) for one in due], Variant(row.variant)
        paragraphs = templates.paragraphs(template, news=news, variant=variant)
        vault.compare(victim=victim, texts=paragraphs, of=box)
        return Printed(
            name=boxes.unlock(box, FIELD, victim.ref, victim.identity, Identity).name,
            address=tuple(boxes.value(box, row.locator).splitlines()),
            on=dates.day_of(at),
            paragraphs=paragraphs,
            signed=_signed(victim, box),
            variant=variant,
        )


def note_posted(*, actor: Actor, letter: str, on: date, at: datetime) -> int:
    """Note that a letter was posted: its news is told at that day's end or now. Returns how many. Raises Refused."""
    with gate.change(actor, Action.POST_LETTER, Letter, letter, at=at) as row:
        if row.posted_on:
            raise Refused("A colleague has already recorded that this letter was posted")
        if row.printed_at is None or on < dates.day_of(row.printed_at):
            raise Refused("This letter had not been printed by then. Print the letter first")
        row.posted_on, row.posted_by = on, actor.who
        row.save(update_fields=["posted_on", "posted_by"])
        end = datetime.combine(on, time(23, 59), tzinfo=dates.LONDON)
        return updates.told_by_letter(row.victim, letter=row.pk, tells=row.tells, by=actor, at=min(at, end))


def safe_addresses(*, victim: Victim) -> tuple[Locator, ...]:
    """The addresses in the vault that an advocate checked with the client for letters."""
    rows = Locator.objects.filter(victim=victim, kind__in=PLACES, ended_at=None).exclude(post_safe_at=None)
    return tuple(rows.order_by("kind", "added_at"))


def obstacle(*, victim: Victim) -> str:
    """Why no letter may go to a client now; empty if one may."""
    if bars.flagged(victim=victim):
        return "Contact is marked as not safe now. Nothing is sent."
    if victim.state == State.CLOSED:
        return "The case is closed. Nothing is sent."
    if not victim.consents.filter(purpose=Purpose.CONTACT, withdrawn_at=None).exists():
        return "They have not consented to being contacted, or withdrew their consent."
    if not any(window.channel is Channel.LETTER for window in bars.windows(victim=victim)):
        return "No safe time for letters is recorded: ask them whether a letter is safe, and add one."
    return ""


def _signed(victim: Victim, box: Box) -> str:
    """The agreed words for who the advocate is; empty if they may lead to a person and are not answered for."""
    named, texts = audit.row_name(Arrangement, victim.ref), bars.words(victim=victim, box=box).shown
    return vault.clear(victim=victim, named=named, texts=texts, of=box)["say"]


def _check(victim: Victim, locator: Locator) -> None:
    if reason := obstacle(victim=victim):
        raise Refused(reason.rstrip("."))
    if locator not in safe_addresses(victim=victim):
        raise Refused("They no longer use this address, or it was not checked with them for letters")
