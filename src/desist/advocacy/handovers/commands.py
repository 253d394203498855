"""Offering a client to another advocate. Until they accept, the advocate before works with the client."""

from dataclasses import dataclass
from datetime import date, datetime

from desist.advocacy.clients import commands as clients
from desist.advocacy.handovers.models import ClientHandover
from desist.advocacy.handovers.policy import Action
from desist.advocacy.handovers.states import TRANSITIONS, State
from desist.advocacy.team import commands as team
from desist.advocacy.team.models import Advocate
from desist.advocacy.vault import commands as vault
from desist.advocacy.victims.models import Victim
from desist.advocacy.victims.states import State as CaseState
from desist.desk.alerts.models import Alert
from desist.references import reference
from desist.refusals import Refused
from desist.tasks.models import Task
from desist.ui import dates
from desist.ui.words import FalseAlarm
from desist.wall import gate
from desist.wall.actors import Actor

NOT_ASKED = "Not offered: ask the client first. Another service sees all of the record once it accepts"
AGREED = "The client knows that all of the record goes to the other service, and agrees."
REASON, ANSWER = "handover_reason", "handover_answer"


@dataclass(frozen=True)
class Offer:
    """The advocate who is asked, why, and the last day for an answer; `knows` says "yes" where the client agrees.

    That is asked of an advocate of another service alone.
    """

    to: str
    reason: str
    answer_by: date
    knows: str = ""


def offer(
    *, actor: Actor, ref: str, offer: Offer, why: FalseAlarm | None, submission: str, at: datetime
) -> None:
    """Ask an advocate to take a client over. Raises Refused, and HoldsLocator and NotRead for its words."""
    with gate.change(actor, Action.OFFER_CLIENT, Victim, ref, at=at) as victim:
        if victim.handovers.filter(submission=submission).exists():
            return
        if victim.state == CaseState.CLOSED:
            raise Refused("The case is closed: reopen it before you offer the client to a colleague")
        to = Advocate.objects.filter(ref=offer.to).first()
        if to is None or victim.allocations.filter(advocate=to, ended_at=None).exists():
            raise Refused("This advocate works with the client, or does not work here", field="to")
        if to.area != victim.area and offer.knows != "yes":
            raise Refused(NOT_ASKED, field="knows")
        if reasons := team.refusals(advocate=to, person=ref):
            raise Refused(clients.CONFLICT.format(". ".join(reasons)), field="to")
        _refuse_second(victim, actor, at)
        own, box = reference(), vault.box(person=ref)
        vault.check(actor=actor, victim=victim, texts=[offer.reason], at=at, of=box, why=why)
        ClientHandover.objects.create(
            ref=own,
            victim=victim,
            to=to,
            reason=box.lock(field=REASON, row=own, text=_why(offer, other=to.area != victim.area)),
            answer_by=offer.answer_by,
            asked_by=actor.who,
            asked_at=at,
            submission=submission,
        )


def answer(
    *,
    actor: Actor,
    ref: str,
    answer: str,
    words: str,
    why: FalseAlarm | None,
    version: int | None,
    at: datetime,
) -> None:
    """Take a client over, or refuse with words. Raises Refused, and HoldsLocator and NotRead for its words."""
    with gate.change(actor, Action.ANSWER_HANDOVER, ClientHandover, ref, at=at) as row:
        if row.state == answer:
            return
        if row.lapsed(dates.day_of(at)):
            raise Refused(
                f"The offer lapsed on {dates.on(row.answer_by)}. Ask your colleague to offer the client again"
            )
        gate.next_version(row, version)
        victim = Victim.objects.select_for_update().get(pk=row.victim_id)
        if answer == State.ACCEPTED:
            _move(victim, to=row.to.area)
            clients.give(victim, row.to, by=actor.who, at=at)
        else:
            box = vault.box(person=victim.ref)
            vault.check(actor=actor, victim=victim, texts=[words], at=at, of=box, why=why)
            row.words = box.lock(field=ANSWER, row=ref, text=words)
        _settle(row, State(answer), actor, at)


def withdraw(*, actor: Actor, ref: str, at: datetime) -> str:
    """Withdraw an offer that nobody has answered; return the client's reference."""
    with gate.change(actor, Action.WITHDRAW_HANDOVER, ClientHandover, ref, at=at) as row:
        if row.state != State.WITHDRAWN:
            _settle(row, State.WITHDRAWN, actor, at)
        return row.victim.ref


def _move(victim: Victim, *, to: str) -> None:
    """Within a change: let a client, whose row is locked, be one of another service, with tasks and alerts."""
    if victim.area != to:
        victim.area = to
        victim.save(update_fields=["area"])
        Task.objects.filter(case=victim.ref).update(area=to)
        Alert.objects.filter(case=victim.ref).update(area=to)


def _why(offer: Offer, *, other: bool) -> str:
    """The reason, with what the client said of another service."""
    return f"{offer.reason}\n{AGREED}" if other else offer.reason


def _refuse_second(victim: Victim, actor: Actor, at: datetime) -> None:
    """Refuse an offer beside one that stands; one that lapsed makes room for the next."""
    for row in victim.handovers.filter(state=State.ASKED).select_related("to"):
        if not row.lapsed(dates.day_of(at)):
            raise Refused(f"{row.to.name} is asked already: withdraw that offer first")
        _settle(row, State.LAPSED, actor, at)


def _settle(row: ClientHandover, after: State, actor: Actor, at: datetime) -> None:
    if after not in TRANSITIONS[State(row.state)]:
        raise Refused(f"The offer has been answered or withdrawn since: {State(row.state).label.lower()}")
    row.state, row.answered_by, row.answered_at = after, actor.who, at
    row.save()
