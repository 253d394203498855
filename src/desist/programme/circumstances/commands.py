"""Everything that can happen to the circumstances of a person: noted, reviewed, ended, written anew."""

from dataclasses import asdict
from datetime import date, datetime

from desist.circumstances import texts
from desist.circumstances.states import Kind, Over
from desist.programme.circumstances import known
from desist.programme.circumstances.models import Circumstance, Relative, SelfHarm
from desist.programme.circumstances.policy import Action
from desist.programme.episodes.models import Episode
from desist.refusals import Changed, Refused
from desist.ui import dates
from desist.wall import gate
from desist.wall.actors import Actor

ENDED_BEFORE = "A colleague has since reviewed, changed or ended this. Open the list again"


def note(*, actor: Actor, episode: str, said: texts.Circumstance, submission: str, at: datetime) -> None:
    """Note a risk to staff or a need; a form that is sent twice notes it once."""
    with gate.change(actor, Action.NOTE_CIRCUMSTANCES, Episode, episode, at=at) as row:
        _note(row, said, submission, actor, at)


def review(*, actor: Actor, ref: str, said: texts.Circumstance, submission: str, at: datetime) -> str:
    """Replace a risk or need by what holds after its review, and return the reference of the person."""
    with gate.change(actor, Action.CHANGE_CIRCUMSTANCE, Circumstance, ref, at=at) as row:
        if not Circumstance.objects.filter(submission=submission).exists():
            _end(row, Over.REVIEWED, actor, at)
            _note(row.episode, said, submission, actor, at)
        return row.episode.ref


def end(*, actor: Actor, ref: str, over: str, at: datetime) -> str:
    """End a risk or need and return the reference of the person."""
    with gate.change(actor, Action.CHANGE_CIRCUMSTANCE, Circumstance, ref, at=at) as row:
        if row.over != over:
            _end(row, Over(over), actor, at)
        return row.episode.ref


def end_referred(*, actor: Actor, episode: str, kind: Kind, over: str, submission: str, at: datetime) -> None:
    """Record that one risk or need of the referral no longer holds, or all that is left (Kind.OTHER, Kind.OTHER_NEED).

    It holds for the referral as it is now: what the referrer changes later is in force again.
    """
    with gate.change(actor, Action.NOTE_CIRCUMSTANCES, Episode, episode, at=at) as row:
        if Circumstance.objects.filter(submission=submission).exists():
            return
        said = known.part(row, kind)
        if not said:
            raise Refused("The referral says nothing here that is still in force. Open the list again")
        Circumstance.objects.create(
            episode=row,
            kind=kind,
            words=said,
            said_by="The referral",
            since=dates.day_of(row.referral.completed_at),
            review_on=dates.day_of(at),
            as_referred=True,
            submission=submission,
            noted_by=actor.who,
            noted_at=at,
            over=over,
            ended_by=actor.who,
            ended_at=at,
        )


def save_self_harm(
    *,
    actor: Actor,
    episode: str,
    said: texts.SelfHarm,
    review_on: date,
    version: int | None,
    at: datetime,
) -> None:
    """Save a new version of what is known of self-harm. Raises Changed; the words saved last are saved once."""
    with gate.change(actor, Action.NOTE_CIRCUMSTANCES, Episode, episode, at=at) as row:
        last = row.self_harm.order_by("-number").first()
        if last and last.review_on == review_on and known.self_harm(last) == said:
            return
        number = last.number if last else 0
        if number != version:  # each save has its own number, which names the version behind the form
            raise Changed
        SelfHarm.objects.create(
            episode=row,
            number=number + 1,
            review_on=review_on,
            saved_by=actor.who,
            saved_at=at,
            **asdict(said),
        )


def add_relative(*, actor: Actor, episode: str, said: texts.Relative, submission: str, at: datetime) -> None:
    """Add a child or relative; a form that is sent twice adds one."""
    with gate.change(actor, Action.NOTE_CIRCUMSTANCES, Episode, episode, at=at) as row:
        _add(row, said, submission, actor, at)


def change_relative(*, actor: Actor, ref: str, said: texts.Relative, submission: str, at: datetime) -> str:
    """Replace what is known of a child or relative, and return the reference of the person."""
    with gate.change(actor, Action.CHANGE_RELATIVE, Relative, ref, at=at) as row:
        if not Relative.objects.filter(submission=submission).exists():
            _end(row, Over.REVIEWED, actor, at)
            _add(row.episode, said, submission, actor, at)
        return row.episode.ref


def end_relative(*, actor: Actor, ref: str, over: str, at: datetime) -> str:
    """Take a child or relative off the list; the row stays readable. Return the reference of the person."""
    with gate.change(actor, Action.CHANGE_RELATIVE, Relative, ref, at=at) as row:
        if row.over != over:
            _end(row, Over(over), actor, at)
        return row.episode.ref


def _note(row: Episode, said: texts.Circumstance, submission: str, actor: Actor, at: datetime) -> None:
    if not Circumstance.objects.filter(submission=submission).exists():
        Circumstance.objects.create(
            episode=row, submission=submission, noted_by=actor.who, noted_at=at, **vars(said)
        )


def _add(row: Episode, said: texts.Relative, submission: str, actor: Actor, at: datetime) -> None:
    if not Relative.objects.filter(submission=submission).exists():
        Relative.objects.create(
            episode=row, submission=submission, noted_by=actor.who, noted_at=at, **vars(said)
        )


def _end(row: Circumstance | Relative, over: Over, actor: Actor, at: datetime) -> None:
    if row.over:
        raise Refused(ENDED_BEFORE)
    row.over, row.ended_by, row.ended_at = over, actor.who, at
    row.save(update_fields=["over", "ended_by", "ended_at"])
