"""Questions about actions of a panel, each with a frozen answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from desist.accounts import queries as accounts
from desist.partnership.panels.commands import allows
from desist.partnership.panels.models import PanelAction, PanelItem
from desist.partnership.panels.panel_actions.commands import may_say
from desist.partnership.panels.policy import Action
from desist.partnership.panels.states import Progress, Side, What
from desist.partnership.policy import DUTY
from desist.partnership.referrals.models import Referral
from desist.ui import dates
from desist.ui.todo import Line
from desist.wall import gate
from desist.wall.actors import Actor, Role
from desist.wall.statements import Question, Slot, day

SHOWN = 20
#: an action that is late for so long stands in To do of the force lead too
ESCALATES_AFTER = timedelta(days=7)
AGENCY, ACCOUNT = "agency-", "account-"


@dataclass(frozen=True)
class Row:
    """One action. `opens` is whether the actor does it or chairs the meeting."""

    ref: str
    words: str
    owner: str
    phone: str
    side: str
    due_on: date
    state: str
    is_open: bool
    late: bool
    chased_at: datetime | None
    waits_for: str
    opens: bool


@dataclass(frozen=True)
class Step:
    """One thing that happened to an action, the newest first."""

    what: str
    words: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Page:
    """One action with what happened to it, and what the actor can say of it."""

    row: Row
    version: int
    item: str
    opens_item: bool
    name: str
    steps: tuple[Step, ...]
    may_say: tuple[tuple[str, str], ...]
    chases: bool


@dataclass(frozen=True)
class ToGive:
    """Who can be given an action about a case, and the actions that one can wait for."""

    name: str
    owners: tuple[tuple[str, str], ...]
    others: tuple[tuple[str, str], ...]


def counts(items: Sequence[PanelItem]) -> dict[int, int]:
    """The number of open actions of each case, by the key of its row."""
    found = PanelAction.objects.filter(item__in=items, state__in=[Progress.OPEN, Progress.NOT_POSSIBLE])
    return {one["item"]: one["open"] for one in found.values("item").annotate(open=Count("pk"))}


def of(item: PanelItem, *, actor: Actor, at: datetime) -> tuple[Row, ...]:
    """The actions about a case, the open ones first, then by their day."""
    rows = item.actions.select_related("agency", "item__meeting", "waits_for__agency")
    rows = rows.prefetch_related("steps")
    found = [_row(one, actor, at) for one in rows.order_by("due_on", "pk")]
    return tuple(sorted(found, key=lambda one: not one.is_open))


def to_give(*, actor: Actor, item: str, at: datetime) -> ToGive:
    """Who can be given an action about a case."""
    about = gate.open(actor, Action.GIVE_PANEL_ACTION, PanelItem, item, at=at).get()
    seats = about.meeting.seats.filter(ended_at=None).select_related("agency").order_by("agency__name")
    agencies = [(f"{AGENCY}{one.agency.ref}", one.agency.name) for one in seats if allows(one.agency, at=at)]
    police = {
        ref: name
        for role in (*sorted(DUTY), Role.PANEL_CHAIR)
        for ref, name in accounts.holders(role=role, area=about.meeting.area)
    }
    owners = [*agencies, *((f"{ACCOUNT}{ref}", name) for ref, name in police.items())]
    waiting = about.actions.filter(state=Progress.OPEN).order_by("due_on", "pk")
    others = ((one.ref, f"{_owner(one)}, by {dates.on(one.due_on)}: {one.words[:60]}") for one in waiting)
    return ToGive(str(about.referral.name), tuple(owners), tuple(others))


def action(*, actor: Actor, ref: str, at: datetime) -> Page:
    """One action that the actor does, or of a meeting that they chair."""
    return _page(gate.open(actor, Action.SEE_PANEL_ACTIONS, PanelAction, ref, at=at).get(), actor, at)


def to_answer(*, actor: Actor, ref: str, at: datetime) -> Page:
    """One action, for the account that says how far it is."""
    return _page(gate.open(actor, Action.ANSWER_PANEL_ACTION, PanelAction, ref, at=at).get(), actor, at)


def lines(refs: Sequence[str], *, actor: Actor) -> Iterator[Line]:
    """Actions that `waiting` found, as lines of To do: the actor's own, and others with the name of their owner."""
    rows = PanelAction.objects.filter(ref__in=refs).select_related("agency", "item__referral")
    for one in rows.order_by("due_on", "pk")[:SHOWN] if refs else ():
        line = Line(words="", route="panel_actions:action", ref=one.ref, name=str(one.item.referral.name))
        if one.account == actor.who:
            yield line.but(words="do what the panel asked of you", by=one.due_on)
        elif one.state == Progress.NOT_POSSIBLE:
            yield line.but(words=f"{_owner(one)} cannot do what the panel asked: decide", overdue=True)
        else:
            verb = "ring" if one.agency else "ask"
            yield line.but(words=f"{verb} {_owner(one)} about a late action of the panel", by=one.due_on)


def escalated(*, actor: Actor, at: datetime) -> Iterator[Line]:
    """Actions that are a week late and more at a meeting that another chairs: with the names of owner and chair."""
    before = dates.day_of(at) - ESCALATES_AFTER
    keys = gate.within(actor, Action.SEE_ESCALATED_ACTIONS, ESCALATED, before=before.isoformat())
    rows = PanelAction.objects.filter(pk__in=[pk for (pk,) in keys])
    for one in (
        rows.select_related("agency", "item__referral", "item__meeting").order_by("due_on", "pk")
        if keys
        else ()
    ):
        chair = accounts.as_read_by(actor, one.item.meeting.chair)
        words = f"{_owner(one)} is late with an action of the panel: ask {chair}, who chairs it"
        line = Line(words=words, route="panel_actions:action", ref=one.ref, name=str(one.item.referral.name))
        yield line.but(by=one.due_on)


def _escalated(rows: QuerySet[PanelAction]) -> QuerySet[Any]:
    late = rows.filter(state=Progress.OPEN, due_on__lt=day("before"), item__ended_at=None)
    others = late.exclude(item__meeting__chair=Slot("who")).exclude(account=Slot("who"))
    return others.order_by("due_on", "pk").values_list("pk")[:SHOWN]


ESCALATED = Question(PanelAction, _escalated)


def waiting(people: QuerySet[Referral]) -> QuerySet[PanelAction]:
    """The actions about some people that are the actor's own and open, or late at a meeting that the actor chairs.

    A part of a statement that is written once, with the slots `who` and `today`.
    """
    mine = Q(account=Slot("who"), state=Progress.OPEN)
    late = Q(state=Progress.OPEN, due_on__lt=day("today")) | Q(state=Progress.NOT_POSSIBLE)
    chaired = Q(item__meeting__chair=Slot("who")) & late
    about = PanelAction.objects.filter(item__referral__in=people.values("pk"), item__ended_at=None)
    return about.filter(mine | chaired)


def _row(one: PanelAction, actor: Actor, at: datetime) -> Row:
    """One action in words."""
    chased = max((step.at for step in one.steps.all() if step.what == What.CHASED), default=None)
    before = one.waits_for
    return Row(
        ref=one.ref,
        words=one.words,
        owner=_owner(one),
        phone=one.agency.phone if one.agency else "",
        side=Side(one.side).label,
        due_on=one.due_on,
        state=Progress(one.state).label,
        is_open=one.state in {Progress.OPEN, Progress.NOT_POSSIBLE},
        late=one.state == Progress.OPEN and one.due_on < dates.day_of(at),
        chased_at=chased,
        waits_for=waits(before) if before else "",
        opens=actor.who in {one.account, one.item.meeting.chair},
    )


def waits(before: PanelAction) -> str:
    """What an action waits for: who does it, by when, and how far it is; never its words."""
    return f"{_owner(before)}, by {dates.on(before.due_on)}: {Progress(before.state).label.lower()}"


def steps(one: PanelAction, actor: Actor) -> tuple[Step, ...]:
    """What happened to an action, the newest first."""
    return tuple(
        Step(What(step.what).label, step.words, accounts.as_read_by(actor, step.by), step.at)
        for step in one.steps.order_by("-at", "-pk")
    )


def _owner(one: PanelAction) -> str:
    return one.agency.name if one.agency else accounts.name(ref=one.account)


def _page(one: PanelAction, actor: Actor, at: datetime) -> Page:
    from_here = _row(one, actor, at)
    return Page(
        row=from_here,
        version=one.version,
        item=one.item.ref,
        opens_item=actor.role is not Role.ORDER_COORDINATOR,
        name=str(one.item.referral.name),
        steps=steps(one, actor),
        may_say=tuple((said.value, SAY[said]) for said in may_say(one, actor)),
        chases=from_here.is_open and one.account != actor.who,
    )


#: what can be said of an action, as the form asks
SAY: dict[What, str] = {
    What.DONE: "It is done",
    What.NOT_YET: "It is not done yet",
    What.NOT_POSSIBLE: "It cannot be done",
    What.OPEN: "It must be done after all",
    What.DROPPED: "It is no longer needed",
}
