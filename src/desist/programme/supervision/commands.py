"""Commands that change supervision and debriefs."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from desist.accounts import queries as accounts
from desist.programme.episodes.models import Episode
from desist.programme.episodes.policy import Action as EpisodesAction
from desist.programme.practitioners.models import Practitioner, SupervisionArrangement
from desist.programme.sessions.models import Session
from desist.programme.supervision.models import Debrief, Supervision, SupervisionCase
from desist.programme.supervision.policy import Action
from desist.programme.supervision.states import TRANSITIONS, State
from desist.refusals import Changed, Refused
from desist.ui.dates import day_of
from desist.wall import gate, policy
from desist.wall.actors import Actor

NOT_A_SUPERVISOR = "Not saved: this person no longer supervises in this area"
NOT_ONESELF = "Not saved: nobody supervises themselves"
OVER = "Not saved: this supervision has since been recorded or cancelled"
NOT_YET = "Not saved: this supervision is in the future. Record it once it has been held"
NOT_ASKED = "Not saved: a debrief of this session is no longer wanted, or has already been recorded"


@dataclass(frozen=True)
class Held:
    """What the supervisor records. `form`, `topics`: codes; `cases`: references of episodes; `agreed`: on practice."""

    form: str
    minutes: int
    topics: tuple[str, ...]
    cases: tuple[str, ...]
    agreed: str


def arrange(
    *, actor: Actor, practitioner: str, supervisor: str, every_weeks: int, begins_on: date, at: datetime
) -> None:
    """Arrange supervision from a day on; the arrangement before it ends.

    The practitioner counts as supervised from now on, which an allocation asks. Raises Refused.
    """
    with gate.change(actor, Action.ARRANGE_SUPERVISION, Practitioner, practitioner, at=at) as row:
        if supervisor == row.ref:
            raise Refused(NOT_ONESELF)
        if supervisor not in dict(accounts.supervisors(area=row.area)):
            raise Refused(NOT_A_SUPERVISOR)
        said = {"supervisor": supervisor, "every_weeks": every_weeks, "begins_on": begins_on}
        if SupervisionArrangement.objects.filter(practitioner=row, ended_at=None, **said).exists():
            return
        _end(row, actor, at)
        SupervisionArrangement.objects.create(
            practitioner=row,
            **said,
            due_on=begins_on + timedelta(weeks=every_weeks),
            made_by=actor.who,
            made_at=at,
        )
        _settle(row)


def end_arrangement(*, actor: Actor, practitioner: str, at: datetime) -> None:
    """End an arrangement: the service allocates no person to the practitioner until there is another."""
    with gate.change(actor, Action.ARRANGE_SUPERVISION, Practitioner, practitioner, at=at) as row:
        _end(row, actor, at)


def plan(*, actor: Actor, practitioner: str, starts_at: datetime, submission: str, at: datetime) -> str:
    """Plan a supervision and return its reference; a submission that comes twice plans one."""
    with gate.change(actor, Action.PLAN_SUPERVISION, Practitioner, practitioner, at=at) as row:
        made, _ = Supervision.objects.get_or_create(
            submission=submission,
            defaults={
                "practitioner": row,
                "supervisor": actor.who,
                "starts_at": starts_at,
                "planned_by": actor.who,
                "planned_at": at,
            },
        )
        return made.ref


def record(*, actor: Actor, ref: str, held: Held, version: int | None, at: datetime) -> None:
    """Record that a supervision was held. Cases of another practitioner, or hidden from the supervisor, drop out."""
    with gate.change(actor, Action.RECORD_SUPERVISION, Supervision, ref, at=at) as row:
        said = (row.form, row.minutes, tuple(row.topics), row.agreed)
        if row.state == State.HELD and said == (held.form, held.minutes, held.topics, held.agreed):
            return  # the form came twice
        _check(row, State.HELD, version)
        if row.starts_at > at:
            raise Refused(NOT_YET)
        row.form, row.minutes, row.topics = held.form, held.minutes, list(held.topics)
        row.agreed = held.agreed
        _close(row, State.HELD, actor, at)
        talked_about = people_of(actor=actor, practitioner=row.practitioner).filter(ref__in=held.cases)
        SupervisionCase.objects.bulk_create(
            SupervisionCase(supervision=row, episode=episode) for episode in talked_about
        )
        _settle(row.practitioner)


def cancel(*, actor: Actor, ref: str, reason: str, version: int | None, at: datetime) -> None:
    """Cancel a planned supervision; the clock runs on."""
    with gate.change(actor, Action.RECORD_SUPERVISION, Supervision, ref, at=at) as row:
        _check(row, State.CANCELLED, version)
        row.cancelled_reason = reason
        _close(row, State.CANCELLED, actor, at)


def debrief(*, actor: Actor, session: str, how: str, held_on: date, at: datetime) -> None:
    """Record that a debrief was held, once; a form that is sent twice does it once. Raises Refused."""
    with gate.change(actor, Action.HOLD_DEBRIEF, Session, session, at=at) as row:
        if Debrief.objects.filter(session=row, how=how, held_on=held_on, held_by=actor.who).exists():
            return
        if not row.debrief_wanted or Debrief.objects.filter(session=row).exists():
            raise Refused(NOT_ASKED)
        Debrief.objects.create(session=row, how=how, held_on=held_on, held_by=actor.who, recorded_at=at)


def people_of(*, actor: Actor, practitioner: Practitioner) -> QuerySet[Episode]:
    """Return the people of a practitioner that the supervisor may see too."""
    seen = Episode.objects.filter(policy.rule(EpisodesAction.SEE_EPISODE).scope(actor))
    return seen.filter(allocations__practitioner=practitioner).distinct()


def _check(row: Supervision, state: State, version: int | None) -> None:
    if state not in TRANSITIONS[State(row.state)]:
        raise Changed(OVER)
    gate.next_version(row, version)


def _close(row: Supervision, state: State, actor: Actor, at: datetime) -> None:
    row.state, row.recorded_by, row.recorded_at = state, actor.who, at
    row.save()


def _end(row: Practitioner, actor: Actor, at: datetime) -> None:
    row.arrangements.filter(ended_at=None).update(ended_by=actor.who, ended_at=at)


def _settle(row: Practitioner) -> None:
    """Set the day by which the next supervision is due: so many weeks after the last one, or the beginning."""
    current = row.arrangements.filter(ended_at=None).first()
    if current is None:
        return
    held = row.supervisions.filter(state=State.HELD).order_by("-starts_at").first()
    last = day_of(held.starts_at) if held else current.begins_on
    current.due_on = max(last, current.begins_on) + timedelta(weeks=current.every_weeks)
    current.save(update_fields=["due_on"])
