"""What happens to an action of a panel: it is given, answered by its owner, chased, asked for again and dropped."""

from dataclasses import dataclass
from datetime import date, datetime

from desist.accounts.models import RoleGrant
from desist.partnership.agencies.models import Agency
from desist.partnership.panels.commands import allows, refuse_off
from desist.partnership.panels.models import PanelAction, PanelItem, PanelStep
from desist.partnership.panels.policy import Action
from desist.partnership.panels.states import FOLLOWS, Progress, What
from desist.partnership.policy import DUTY
from desist.refusals import Changed, Refused
from desist.ui.words import Override
from desist.wall import audit, clearances, gate
from desist.wall.actors import Actor, Role

ADVICE = "This case is heard for advice alone: nobody is given an action about it"
OUTSIDE = "This agency is not at the meeting, or its sharing agreement has ended: it can be given no action"
NOT_HERE = "This account does not work for the police here any more"
OTHER_SIDE = "An action cannot wait for one of the other side: its owner would learn of it"
#: what an action's owner can say, and what the chair of the meeting can
OWNER = (What.DONE, What.NOT_YET, What.NOT_POSSIBLE)
CHAIR = (What.DONE, What.OPEN, What.DROPPED)


@dataclass(frozen=True)
class Given:
    """What is to be done, by an agency or a police account, and what it waits for: references, "" for none."""

    side: str
    agency: str
    account: str
    words: str
    due_on: date
    waits_for: str


def give(
    *,
    actor: Actor,
    item: str,
    given: Given,
    override: Override | None = None,
    submission: str,
    at: datetime,
) -> None:
    """Give an action about a case to an agency or a police account. A form that is sent twice gives one. Raises Refused."""
    with gate.change(actor, Action.GIVE_PANEL_ACTION, PanelItem, item, at=at) as row:
        if PanelAction.objects.filter(submission=submission).exists():
            return
        refuse_off(row)
        if row.consultation:
            raise Refused(ADVICE)
        action = PanelAction(
            item=row,
            side=given.side,
            agency=_agency(row, given, at),
            account="" if given.agency else _account(row, given),
            due_on=given.due_on,
            waits_for=_waited_for(row, given),
            submission=submission,
            given_by=actor.who,
            given_at=at,
        )
        named = audit.row_name(PanelAction, action.ref)
        clearances.hold(named=named, texts={"words": given.words}, override=override, actor=actor, at=at)
        action.words = given.words
        action.save()
        action.steps.create(what=What.GIVEN, by=actor.who, at=at)


def answer(
    *,
    actor: Actor,
    ref: str,
    rule: Action,
    said: What,
    words: str,
    override: Override | None = None,
    submission: str,
    version: int | None,
    at: datetime,
) -> None:
    """Say how far an action is. `rule` is the action of the policy: the police's or the agency's. Raises Changed."""
    with gate.change(actor, rule, PanelAction, ref, at=at) as row:
        if row.steps.filter(submission=submission).exists():
            return
        gate.next_version(row, version)
        if said not in may_say(row, actor):
            raise Changed
        if said != What.NOT_YET:
            row.state = Progress(said.value)
        row.save(update_fields=["state", "version"])
        named = audit.row_name(PanelAction, row.ref)
        clearances.hold(named=named, texts={"words": words}, override=override, actor=actor, at=at)
        step = PanelStep(action=row, what=said, by=actor.who, at=at, submission=submission)
        step.words = words
        step.save()


def chase(*, actor: Actor, ref: str, at: datetime) -> None:
    """Record that the owner of an action was asked about it. A second click counts once."""
    with gate.change(actor, Action.ANSWER_PANEL_ACTION, PanelAction, ref, at=at) as row:
        last = row.steps.filter(what=What.CHASED).order_by("-at").first()
        if row.state == Progress.OPEN and (last is None or at - last.at > gate.SECOND_CLICK):
            row.steps.create(what=What.CHASED, by=actor.who, at=at)


def may_say(row: PanelAction, actor: Actor) -> tuple[What, ...]:
    """What the actor can say of an action as it stands: its owner, or else the chair of the meeting."""
    after = {one.value for one in FOLLOWS[Progress(row.state)]}
    if row.state == Progress.OPEN:
        after.add(What.NOT_YET.value)
    owns = actor.role is Role.PARTNER or row.account == actor.who
    return tuple(one for one in (OWNER if owns else CHAIR) if one.value in after)


def _agency(row: PanelItem, given: Given, at: datetime) -> Agency | None:
    """The agency that gets the action; None where a police account does. Raises Refused."""
    if not given.agency:
        return None
    seat = row.meeting.seats.filter(agency__ref=given.agency, ended_at=None).select_related("agency").first()
    if seat is None or not allows(seat.agency, at=at):
        raise Refused(OUTSIDE, field="owner")
    return seat.agency


def _account(row: PanelItem, given: Given) -> str:
    """The police account that gets the action. Raises Refused."""
    works = RoleGrant.objects.filter(
        account__ref=given.account,
        role__in=[*DUTY, Role.PANEL_CHAIR],
        area=row.meeting.area,
        ended_at=None,
        account__left_at=None,
    )
    if not works.exists():
        raise Refused(NOT_HERE, field="owner")
    return given.account


def _waited_for(row: PanelItem, given: Given) -> PanelAction | None:
    """The action of the same case and side that must be done before. Raises Refused."""
    if not given.waits_for:
        return None
    found = row.actions.filter(ref=given.waits_for).first()
    if found is None or found.side != given.side:
        raise Refused(OTHER_SIDE, field="waits_for")
    return found
