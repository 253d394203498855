"""Commands that add to a training record, and strike out what was a mistake."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from desist.programme.practitioners.models import Practitioner
from desist.programme.supervision.training.models import TrainingEntry
from desist.programme.supervision.training.policy import Action
from desist.programme.supervision.training.states import Kind
from desist.refusals import Refused
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.policy import BaseAction

NOT_ONESELF = "Not saved: nobody judges their own competence. Ask another supervisor"

MAY: dict[Kind, BaseAction] = {
    Kind.COURSE: Action.RECORD_COURSE,
    Kind.INDUCTION: Action.RECORD_INDUCTION,
    Kind.COMPETENCE: Action.JUDGE_COMPETENCE,
}


@dataclass(frozen=True)
class Learnt:
    """What is added: `about` are its subjects, of courses and modules one; `until` of a course, `level` of a competence."""

    kind: Kind
    about: Sequence[str]
    on: date
    until: date | None = None
    level: str = ""
    note: str = ""


def add(*, actor: Actor, practitioner: str, learnt: Learnt, submission: str, at: datetime) -> None:
    """Add to a practitioner's record; a form sent twice adds once. Raises Refused."""
    with gate.change(actor, MAY[learnt.kind], Practitioner, practitioner, at=at) as row:
        if learnt.kind is Kind.COMPETENCE and row.ref == actor.who:
            raise Refused(NOT_ONESELF)
        tokens = [f"{submission[:60]}.{number}" for number, _ in enumerate(learnt.about)]
        if row.training.filter(submission__in=tokens).exists():
            return
        TrainingEntry.objects.bulk_create(
            TrainingEntry(
                practitioner=row,
                kind=learnt.kind,
                about=about,
                on=learnt.on,
                until=learnt.until,
                level=learnt.level,
                note=learnt.note,
                submission=token,
                recorded_by=actor.who,
                recorded_at=at,
            )
            for about, token in zip(learnt.about, tokens, strict=True)
        )


def strike(*, actor: Actor, ref: str, at: datetime) -> str:
    """Mark an entry as entered in error and return its practitioner; it stays in the row's history. Twice changes nothing."""
    with gate.change(actor, Action.STRIKE_TRAINING, TrainingEntry, ref, at=at) as row:
        if row.struck_at is None:
            row.struck_by, row.struck_at = actor.who, at
            row.save(update_fields=["struck_by", "struck_at"])
        return row.practitioner.ref
