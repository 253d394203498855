"""Everything that can happen to a concern."""

from dataclasses import dataclass
from datetime import date, datetime

from desist import working_days
from desist.accounts import queries as accounts
from desist.desk.duty.commands import NUMBER, NotANumber
from desist.programme import policy
from desist.programme.concerns import raising
from desist.programme.concerns.models import Concern, ConcernStep
from desist.programme.concerns.policy import Action
from desist.programme.concerns.raising import RAISE, Raised, referral_of, said
from desist.programme.concerns.stages import DAYS, STEPS, Stage, Step
from desist.programme.concerns.states import Outcome, RaisedFrom
from desist.programme.sessions.models import Session
from desist.refusals import Refused
from desist.tasks import cases
from desist.tasks import queries as tasks
from desist.ui import dates
from desist.wall import gate
from desist.wall.actors import Actor, Role
from desist.wall.people import are_one_person

SAID_OTHERWISE = (
    "Not recorded: this form has already been sent with other words, which are under Concerns. "
    "Open the page again to raise another concern"
)
NOT_ACKNOWLEDGED = (
    "Nobody on the other side has acknowledged the alert. Say why the concern can be closed anyway"
)
NOT_YET = "The time you told them must not be in the future"
CLOSED = "A colleague closed this concern first. What they wrote is on the Concerns page"
NOT_YOUR_OWN = "Not saved: you raised this concern, so another person has to screen it"
NOT_YOUR_ROLE = (
    "Not saved: a {role} raised this concern, so another role has to screen it: ask a {other} to do so"
)
NO_LONGER = "This colleague has left or may not see this concern. Choose another colleague"
COUNCIL_SILENT = "Not closed: the council has not said what it decided. Record its decision, or ask a manager to close the concern"
WHY_SILENT = "The council has not said what it decided. Say why the concern can be closed anyway"
#: where a concern may be closed
CLOSABLE = frozenset({Stage.ACTIONS, Stage.COUNCIL})
#: the actions by which steps are taken
ACTIONS = {Step.SCREENED: Action.SCREEN_CONCERN, Step.DECIDED: Action.DECIDE_CONCERN}


@dataclass(frozen=True)
class Closing:
    """How a concern ends.

    `untaken_reason` says why it may end although no partner took the alert up, `council_reason` why although the council
    never answered; else empty.
    """

    outcome: Outcome
    words: str
    untaken_reason: str
    council_reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Done:
    """What a step says. `result` and `kind` are codes; `owner` and `due_on` say who owes what comes next, where one chooses."""

    words: str
    result: str = ""
    kind: str = ""
    whom: str = ""
    council: str = ""
    done_on: date | None = None
    owner: str = ""
    due_on: date | None = None


def raise_concern(
    *, actor: Actor, raised_from: RaisedFrom, ref: str, raised: Raised, submission: str, at: datetime
) -> None:
    """Record a concern, and alert the other side without a word of it; a form that is sent twice does it once.

    `ref` is the reference of the row from which the actor raises it. Raises NotANumber, and Refused where the form said
    something else before or the telling lies ahead.
    """
    if not NUMBER.fullmatch(raised.contact):
        raise NotANumber(ref)
    if raised.told_at > at:
        raise Refused(NOT_YET, field="told_time")
    action, model = RAISE[raised_from]
    with gate.change(actor, action, model, ref, at=at) as row:
        referral = referral_of(row)
        kept = Concern.objects.filter(submission=submission).first()
        if kept is None:
            session = row if isinstance(row, Session) else None
            raising.keep(
                referral=referral, session=session, raised=raised, submission=submission, actor=actor, at=at
            )
        elif kept.referral_id != referral.pk or said(kept) != raised:
            raise Refused(SAID_OTHERWISE)


def take(*, actor: Actor, ref: str, step: Step, done: Done, submission: str, at: datetime) -> None:
    """Record a step once and say who owes the next one, by when. Raises Refused where a colleague was first."""
    with gate.change(actor, ACTIONS.get(step, Action.FOLLOW_CONCERN), Concern, ref, at=at) as concern:
        last = last_step(concern)
        if concern.steps_taken.filter(submission=submission).exists():
            return
        ways = STEPS.get((stage_of(concern, last), step))
        if ways is None:
            raise Refused(_overtaken(concern, last))
        if step is Step.SCREENED:
            _check_screening(concern, actor)
            concern.kind = done.kind
            concern.save(update_fields=["kind"])
        stage = ways[done.result]
        if stage is Stage.ENQUIRY and done.owner != actor.who:
            _check_colleague(concern, done.owner)
        concern.steps_taken.create(
            number=last.number + 1 if last else 1,
            step=step,
            result=done.result,
            words=done.words,
            whom=done.whom,
            council=done.council or (last.council if last else ""),
            done_on=done.done_on,
            stage=stage,
            owner=_owes(concern, stage, done, last, actor),
            due_on=done.due_on or working_days.after(done.done_on or dates.day_of(at), DAYS[stage]),
            submission=submission,
            by=actor.who,
            at=at,
        )


def close(*, actor: Actor, ref: str, closing: Closing, at: datetime) -> None:
    """Close a concern once, with an outcome and no open action.

    While no partner has acknowledged its alert, or the council has not decided, only with a reason for that.
    """
    with gate.change(actor, Action.CLOSE_CONCERN, Concern, ref, at=at) as concern:
        if concern.closed_at is not None:
            if (concern.outcome, concern.closing_words) == (closing.outcome, closing.words):
                return  # the form came twice
            raise Refused(CLOSED)
        silent = _check_stage(concern, closing, actor)
        taken_up = concern.alert is not None and concern.alert.acknowledged_at is not None
        if not taken_up and not closing.untaken_reason:
            raise Refused(NOT_ACKNOWLEDGED, field="untaken_reason")
        concern.outcome, concern.closing_words = closing.outcome, closing.words
        concern.untaken_reason = "" if taken_up else closing.untaken_reason
        concern.council_reason = closing.council_reason if silent else ""
        concern.closed_by, concern.closed_at = actor.who, at
        concern.save()


def last_step(concern: Concern) -> ConcernStep | None:
    """Return what was done last about a concern."""
    return concern.steps_taken.order_by("number").last()


def stage_of(concern: Concern, last: ConcernStep | None) -> Stage:
    """Return what comes next for a concern; one from before kinds were asked for is only closed."""
    if concern.closed_at:
        return Stage.CLOSED
    if last:
        return Stage(last.stage)
    return Stage.SCREENING if concern.kind else Stage.ACTIONS


def may_screen(actor: Actor, raised_by: str, raised_role: str) -> str:
    """Return why the actor may not screen a concern that this account raised in this role; empty where they may."""
    if raised_role == actor.role:
        other = Role.SUPERVISOR if actor.role is Role.MANAGER else Role.MANAGER
        return NOT_YOUR_ROLE.format(role=Role(raised_role).label.lower(), other=other.label.lower())
    return NOT_YOUR_OWN if are_one_person(actor.who, raised_by) else ""


def _check_screening(concern: Concern, actor: Actor) -> None:
    if why := may_screen(actor, concern.raised_by, concern.raised_role):
        raise Refused(why)


def _check_colleague(concern: Concern, owner: str) -> None:
    if not cases.may_hold(owner, concern.referral.area, concern.ref):
        raise Refused(NO_LONGER, field="owner")


def _check_stage(concern: Concern, closing: Closing, actor: Actor) -> bool:
    """Refuse to close what is not done yet; return whether the council has not decided."""
    last = last_step(concern)
    stage = stage_of(concern, last)
    if stage not in CLOSABLE:
        raise Refused(f"Not closed: this concern is still {stage.label.lower()}")
    if number := tasks.open_about(case=concern.ref):
        actions = "action is" if number == 1 else "actions are"
        raise Refused(f"Not closed: {number} {actions} still open. Each has to be done first")
    if stage is Stage.COUNCIL and actor.role is not Role.MANAGER:
        raise Refused(COUNCIL_SILENT)
    if stage is Stage.COUNCIL and not closing.council_reason:
        raise Refused(WHY_SILENT, field="council_reason")
    return stage is Stage.COUNCIL


def _owes(concern: Concern, stage: Stage, done: Done, last: ConcernStep | None, actor: Actor) -> str:
    """Return the account that owes what comes next.

    The decision and the closing are owed by the person who screened or decided last, the council's answer by the person
    who made the referral.
    """
    if stage is Stage.ENQUIRY:
        return done.owner
    if stage is Stage.COUNCIL and last and last.stage == Stage.COUNCIL:
        return str(last.owner)
    if stage in {Stage.DECISION, Stage.ACTIONS} and actor.role not in policy.LEADING:
        led = concern.steps_taken.filter(step__in=ACTIONS).order_by("number").last()
        return str(led.by) if led else actor.who
    return actor.who


def _overtaken(concern: Concern, last: ConcernStep | None) -> str:
    """Return what happened to a concern since the page was drawn."""
    if concern.closed_at or last is None:
        return f"Not saved: this concern is {stage_of(concern, last).label.lower()}"
    name, what = accounts.name(ref=last.by), Step(last.step).label.lower()
    return (
        f"Not saved: {name} was first ({what}, {dates.at(last.at)}). "
        f"The concern is now {Stage(last.stage).label.lower()}"
    )
