"""What can happen to the practice log."""

from dataclasses import dataclass
from datetime import date, datetime

from desist.programme.episodes.models import Episode
from desist.programme.sessions.practice.models import SkillPractice
from desist.programme.sessions.practice.policy import Action
from desist.programme.sessions.practice.states import Helped
from desist.wall import gate
from desist.wall.actors import Actor


@dataclass(frozen=True)
class Tried:
    """One time that a skill was tried, as the person noted it."""

    day: date
    skill: str
    helped: Helped
    note: str = ""


def add(*, actor: Actor, episode: str, tried: Tried, submission: str, at: datetime) -> None:
    """Type in one line of a person's practice; a form sent twice adds one."""
    with gate.change(actor, Action.TYPE_PRACTICE, Episode, episode, at=at) as row:
        if not row.practices.filter(submission=submission).exists():
            SkillPractice.objects.create(
                episode=row,
                day=tried.day,
                skill=tried.skill,
                helped=tried.helped,
                note=tried.note,
                submission=submission,
                entered_by=actor.who,
                entered_at=at,
            )


def strike(*, actor: Actor, episode: str, ref: str, at: datetime) -> None:
    """Mark a line as entered in error; it stays in the row's history. Twice changes nothing."""
    with gate.change(actor, Action.TYPE_PRACTICE, Episode, episode, at=at) as row:
        row.practices.filter(ref=ref, struck_at=None).update(struck_by=actor.who, struck_at=at)
