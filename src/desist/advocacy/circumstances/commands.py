"""Everything that can happen to the circumstances of a client: noted, reviewed, ended, written anew."""

from dataclasses import asdict
from datetime import date, datetime

from desist.advocacy.circumstances.models import Circumstance, SelfHarm
from desist.advocacy.circumstances.policy import Action
from desist.advocacy.circumstances.words import CIRCUMSTANCE, SELF_HARM, Words
from desist.advocacy.vault import boxes
from desist.advocacy.vault import commands as vault
from desist.advocacy.victims.models import Victim
from desist.circumstances import texts
from desist.circumstances.states import Over
from desist.references import reference
from desist.refusals import Changed, Refused
from desist.ui.words import FalseAlarm
from desist.wall import gate
from desist.wall.actors import Actor

ENDED_BEFORE = "A colleague has since reviewed or ended this. Open the list again"


def note(
    *,
    actor: Actor,
    ref: str,
    said: texts.Circumstance,
    submission: str,
    at: datetime,
    why: FalseAlarm | None = None,
) -> None:
    """Note a risk to staff or a need; a form that is sent twice notes it once. Raises HoldsLocator, NotRead."""
    with gate.change(actor, Action.NOTE_CIRCUMSTANCES, Victim, ref, at=at) as victim:
        if not Circumstance.objects.filter(submission=submission).exists():
            _note(victim, said, submission, actor=actor, at=at, why=why)


def review(
    *,
    actor: Actor,
    ref: str,
    said: texts.Circumstance,
    submission: str,
    at: datetime,
    why: FalseAlarm | None = None,
) -> str:
    """Replace a risk or need by what holds after its review, and return the client's reference."""
    with gate.change(actor, Action.CHANGE_CIRCUMSTANCE, Circumstance, ref, at=at) as row:
        if not Circumstance.objects.filter(submission=submission).exists():
            _end(row, Over.REVIEWED, actor, at)
            _note(row.victim, said, submission, actor=actor, at=at, why=why)
        return row.victim.ref


def end(*, actor: Actor, ref: str, over: str, at: datetime) -> str:
    """End a risk or need and return the client's reference."""
    with gate.change(actor, Action.CHANGE_CIRCUMSTANCE, Circumstance, ref, at=at) as row:
        if row.over != over:
            _end(row, Over(over), actor, at)
        return row.victim.ref


def save_self_harm(
    *,
    actor: Actor,
    ref: str,
    said: texts.SelfHarm,
    review_on: date,
    version: int | None,
    at: datetime,
    why: FalseAlarm | None = None,
) -> None:
    """Save a new version of what is known of self-harm. Raises Changed, HoldsLocator, NotRead.

    A form with exactly the saved words changes nothing, so a form may come twice.
    """
    with gate.change(actor, Action.NOTE_CIRCUMSTANCES, Victim, ref, at=at) as victim:
        box = vault.box(person=ref)
        last = victim.self_harm.order_by("-number").first()
        number = last.number if last else 0
        if last and last.review_on == review_on:
            row = f"{ref}:{number}"
            if boxes.unlock(box, SELF_HARM, row, last.words, texts.SelfHarm) == said:
                return
        if number != version:  # each save has its own number, which names the version behind the form
            raise Changed
        vault.check(actor=actor, victim=victim, texts=asdict(said).values(), at=at, of=box, why=why)
        SelfHarm.objects.create(
            victim=victim,
            number=number + 1,
            words=boxes.lock(box, SELF_HARM, f"{ref}:{number + 1}", said),
            review_on=review_on,
            saved_by=actor.who,
            saved_at=at,
        )


def _note(
    victim: Victim,
    said: texts.Circumstance,
    submission: str,
    *,
    actor: Actor,
    at: datetime,
    why: FalseAlarm | None,
) -> None:
    own, box = reference(), vault.box(person=victim.ref)
    vault.check(actor=actor, victim=victim, texts=[said.words, said.said_by], at=at, of=box, why=why)
    Circumstance.objects.create(
        ref=own,
        victim=victim,
        kind=said.kind,
        words=boxes.lock(box, CIRCUMSTANCE, own, Words(said.words, said.said_by)),
        since=said.since,
        review_on=said.review_on,
        submission=submission,
        noted_by=actor.who,
        noted_at=at,
    )


def _end(row: Circumstance, over: Over, actor: Actor, at: datetime) -> None:
    if row.over:
        raise Refused(ENDED_BEFORE)
    row.over, row.ended_by, row.ended_at = over, actor.who, at
    row.save(update_fields=["over", "ended_by", "ended_at"])
