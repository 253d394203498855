"""Commands for the service's own risk form: begin a version, write scenarios, ask for the second signature, sign."""

from dataclasses import dataclass
from datetime import date, datetime

from desist import working_days
from desist.programme.episodes.models import Episode
from desist.programme.risk.scenarios.models import RiskForm, RiskScenario
from desist.programme.risk.scenarios.policy import Action
from desist.programme.risk.scenarios.states import TRANSITIONS, Decision, State
from desist.references import reference
from desist.refusals import Changed, Refused
from desist.tasks import cases, moving
from desist.ui import dates
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.people import are_one_person

NOT_A_DRAFT = "Not saved: this version of the risk form is {state}. Nothing in it can be changed now"
EMPTY = "Not sent: the risk form has no scenario yet. Add what might happen"
NOT_YOUR_OWN = (
    "Not signed: you, or an account that looks like yours, wrote this risk form. "
    "Another person has to read and sign it"
)
NO_LONGER = "This colleague has left or may not see this person. Choose another colleague"
#: working days within which the second signature is asked for
SIGN_DAYS = 3
#: what a new version takes over from the one before
COPIED = ("origin", "domain", "what", "whom", "likely", "imminence", "signs")


@dataclass(frozen=True)
class Scenario:
    """What might happen. `domain`, `likely` and `imminence` are codes; `over` says why it no longer applies, else empty."""

    domain: str
    what: str
    whom: str
    likely: str
    imminence: str
    signs: str
    over: str = ""


def begin(*, actor: Actor, episode: str, review_on: date, submission: str, at: datetime) -> str:
    """Begin the next version with the scenarios that still apply; return its reference, or that of the open one."""
    with gate.change(actor, Action.BEGIN_RISK_FORM, Episode, episode, at=at) as row:
        before = row.risk_forms.order_by("number").last()
        if before and before.state != State.SIGNED:
            return str(before.ref)
        made = row.risk_forms.create(
            number=before.number + 1 if before else 1,
            review_on=review_on,
            begun_by=actor.who,
            begun_at=at,
            submission=submission,
        )
        for one in before.scenarios.filter(over="").order_by("pk") if before else ():
            ref = reference()
            kept = {name: getattr(one, name) for name in COPIED}
            made.scenarios.create(
                ref=ref,
                submission=f"copy-{ref}",
                written_by=one.written_by,
                written_at=one.written_at,
                **kept,
            )
        return str(made.ref)


def add(*, actor: Actor, ref: str, scenario: Scenario, submission: str, at: datetime) -> None:
    """Add a scenario to a version that is being written; a form that is sent twice adds one."""
    with gate.change(actor, Action.WRITE_RISK_FORM, RiskForm, ref, at=at) as form:
        if form.scenarios.filter(submission=submission).exists():
            return
        _check_draft(form)
        new = reference()
        form.scenarios.create(
            ref=new,
            origin=new,
            submission=submission,
            written_by=actor.who,
            written_at=at,
            **vars(scenario),
        )


def change(*, actor: Actor, ref: str, scenario: Scenario, version: int | None, at: datetime) -> str:
    """Change a scenario of a version that is being written and return the version's reference."""
    with gate.change(actor, Action.WRITE_SCENARIO, RiskScenario, ref, at=at) as row:
        form = RiskForm.objects.select_for_update().get(pk=row.form_id)
        if all(getattr(row, name) == value for name, value in vars(scenario).items()):
            return str(form.ref)  # the form came twice
        _check_draft(form)
        gate.next_version(row, version)
        for name, value in vars(scenario).items():
            setattr(row, name, value)
        row.written_by, row.written_at = actor.who, at
        row.save()
        return str(form.ref)


def offer(*, actor: Actor, ref: str, to: str, at: datetime) -> None:
    """Ask a colleague for the second signature: a task in their To do, which ends by itself."""
    with gate.change(actor, Action.WRITE_RISK_FORM, RiskForm, ref, at=at) as form:
        if form.state == State.OFFERED:
            return
        _check_draft(form)
        if not form.scenarios.exists():
            raise Refused(EMPTY)
        gate.next_version(form)
        form.state, form.offered_by, form.offered_at = State.OFFERED, actor.who, at
        form.returned_reason = ""
        form.save()
        first = form.scenarios.earliest("pk")
        if not cases.may_hold(to, form.episode.area, first.origin):
            raise Refused(NO_LONGER, field="to")
        moving.ask(
            case=first.origin,
            area=form.episode.area,
            words=f"Read and sign the risk form, version {form.number}",
            to=to,
            due_on=working_days.after(dates.day_of(at), SIGN_DAYS),
            asked=_asked(form),
            by=actor.who,
            at=at,
        )


def sign(
    *, actor: Actor, ref: str, decision: Decision, reason: str, version: int | None, at: datetime
) -> None:
    """Sign as the second person, or give the form back with a reason. Raises Changed, and Refused for the writers."""
    with gate.change(actor, Action.SIGN_RISK_FORM, RiskForm, ref, at=at) as form:
        if form.state == State.SIGNED and form.signed_by == actor.who:
            return  # the form came twice
        if form.state == State.DRAFT and decision is Decision.RETURN and form.returned_reason == reason:
            return  # this one, too
        target = State.SIGNED if decision is Decision.SIGN else State.DRAFT
        if target not in TRANSITIONS[State(form.state)] or form.state == State.DRAFT:
            raise Changed
        gate.next_version(form, version)
        written = form.scenarios.filter(written_at__gte=form.begun_at).values_list("written_by", flat=True)
        if target is State.SIGNED and are_one_person(actor.who, form.offered_by, *written):
            raise Refused(NOT_YOUR_OWN)
        moving.end(asked=_asked(form), by=actor.who, at=at)
        form.state = target
        if target is State.SIGNED:
            form.signed_by, form.signed_at = actor.who, at
        else:
            form.returned_reason = reason
        form.save()


def _asked(form: RiskForm) -> str:
    """Return the name of the task that asks for the signature: one for each time that it is asked for."""
    return f"sign-{form.ref}-{form.offered_at:%Y%m%d%H%M%S%f}"


def _check_draft(form: RiskForm) -> None:
    state = State(form.state)
    if state is not State.DRAFT:
        raise Refused(NOT_A_DRAFT.format(state=state.label.lower()))
