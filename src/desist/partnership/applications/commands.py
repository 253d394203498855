"""Everything that can happen to an order after it was made: varied, renewed, discharged, appealed."""

from dataclasses import dataclass
from datetime import date, datetime

from desist.orders import consents, terms
from desist.partnership.applications.codes import Ground, Kind, Outcome
from desist.partnership.applications.models import Application
from desist.partnership.applications.policy import Action
from desist.partnership.orders import law, notices, wording
from desist.partnership.orders.models import Order
from desist.partnership.orders.states import LIVE, State, follow
from desist.partnership.orders.writing import close, edited, note
from desist.refusals import Refused
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.gate import NotFound


@dataclass(frozen=True)
class Filing:
    """What the force or the person asks of the court."""

    kind: str
    by: str
    ground: str
    filed_on: date
    hearing_on: date | None


@dataclass(frozen=True)
class Ruling:
    """What the court decided. `ends_on` is the new last day of a renewed order; None is until a further order."""

    outcome: str
    decided_on: date
    note: str
    ends_on: date | None
    consents: tuple[str, ...]
    lives_elsewhere: bool


def file(
    *, actor: Actor, ref: str, filing: Filing, submission: str, version: int | None, at: datetime
) -> None:
    """Record an application or an appeal. A form that was sent twice makes one."""
    with gate.change(actor, Action.RECORD_APPLICATION, Order, ref, at=at) as order, edited(order, version):
        if not _can_be_asked(order, filing):
            raise Refused(
                "Only an order that was made and has not ended can be changed, and only a decision appealed"
            )
        if order.made_on and filing.filed_on < order.made_on:
            raise Refused("The application would be older than the order")
        if filing.hearing_on and filing.hearing_on < filing.filed_on:
            raise Refused("The hearing cannot be before the application")
        made = order.applications.create(
            kind=filing.kind,
            by=filing.by,
            ground=filing.ground if filing.kind == Kind.APPEAL else "",
            filed_on=filing.filed_on,
            hearing_on=filing.hearing_on,
            submission=submission,
        )
        note(order, f"Applied: {made.get_kind_display().lower()}", on=filing.filed_on, by=actor, at=at)


def decide(
    *, actor: Actor, ref: str, application: str, ruling: Ruling, version: int | None, at: datetime
) -> None:
    """Record the court's decision, once. Raises Refused if the Act does not permit the decision."""
    with gate.change(actor, Action.DECIDE_APPLICATION, Order, ref, at=at) as order, edited(order, version):
        found = _of(order, application)
        if found.outcome:
            raise Refused("A colleague recorded this first")
        if ruling.decided_on < found.filed_on:
            raise Refused("The decision cannot be before the application")
        found.outcome, found.decided_on, found.note = ruling.outcome, ruling.decided_on, ruling.note
        found.consents, found.lives_elsewhere = list(ruling.consents), ruling.lives_elsewhere
        if ruling.outcome == Outcome.GRANTED and found.kind in GRANTED:
            GRANTED[Kind(found.kind)](_Grant(order, found, ruling, actor, at))
        found.save()
        title = f"{found.get_kind_display()}: {found.get_outcome_display().lower()}"
        note(order, title, on=ruling.decided_on, by=actor, at=at, words=ruling.note)


def settle(*, actor: Actor, ref: str, application: str, on: date, version: int | None, at: datetime) -> None:
    """Settle the conditions as the court changed them; they pass the gate that the first service passes."""
    with gate.change(actor, Action.DECIDE_APPLICATION, Order, ref, at=at) as order, edited(order, version):
        found = _of(order, application)
        if found.outcome != Outcome.GRANTED or found.written_on:
            raise Refused("A colleague recorded this first")
        _must_hold(order)
        wording.must_be_released(order)
        _must_fit(order)
        found.written_on = on
        found.save()
        note(order, "Conditions confirmed as changed by the court", on=on, by=actor, at=at)
        event = notices.Event.RENEWED if found.kind == Kind.RENEW else notices.Event.VARIED
        notices.tell(order, event, on=found.decided_on or on, at=at)


def serve(*, actor: Actor, ref: str, application: str, on: date, version: int | None, at: datetime) -> None:
    """Record that the change was served."""
    with gate.change(actor, Action.DECIDE_APPLICATION, Order, ref, at=at) as order, edited(order, version):
        found = _of(order, application)
        if found.written_on is None or found.served_on:
            raise Refused("A colleague recorded this first")
        _must_hold(order)
        if found.decided_on and on < found.decided_on:
            raise Refused("A change cannot be served before the court made it")
        found.served_on = on
        found.save()
        note(order, "Change served", on=on, by=actor, at=at)
        notices.tell(order, notices.Event.SERVED, on=on, at=at)


def missing_consents(order: Order, application: Application, ruling: Ruling) -> str:
    """The sentence that refuses a discharge, empty when every consent is there."""
    needed = consents.needed(
        kind=terms.Kind(order.kind),
        made=order.made_on or ruling.decided_on,
        on=ruling.decided_on,
        by=consents.Side(application.by),
        lives_elsewhere=ruling.lives_elsewhere,
    )
    given = frozenset(consents.Consent(one) for one in ruling.consents)
    return consents.missing(needed=needed, given=given)


@dataclass(frozen=True)
class _Grant:
    """What a granted application changes, and the actor who records it."""

    order: Order
    application: Application
    ruling: Ruling
    actor: Actor
    at: datetime


def _can_be_asked(order: Order, filing: Filing) -> bool:
    """Whether the order holds, or a refusal is appealed, or a renewal asked for in time is entered late."""
    if order.state == State.REFUSED:
        return filing.kind == Kind.APPEAL
    if order.state == State.EXPIRED:
        in_time = order.ends_on is not None and filing.filed_on <= order.ends_on
        return filing.kind == Kind.RENEW and order.served_on is not None and in_time
    return order.state in LIVE


def _renew(grant: _Grant) -> None:
    order, ruling = grant.order, grant.ruling
    if order.ends_on is None:
        raise Refused("The order holds until a further order: there is no last day to renew")
    if ruling.ends_on is not None and ruling.ends_on <= order.ends_on:
        raise Refused(f"A renewed order ends after {order.ends_on:%-d %B %Y}, its current last day")
    if ruling.ends_on is None and order.kind == terms.Kind.INTERIM:
        raise Refused("An interim order has a fixed period: give its new last day (section 5(6))")
    if ruling.decided_on > order.ends_on:
        raise Refused("The order had ended before it was renewed")
    order.ends_on = ruling.ends_on
    if order.state == State.EXPIRED:
        order.state, order.closed_on = follow(order.state, State.IN_FORCE), None


def _discharge(grant: _Grant) -> None:
    if sentence := missing_consents(grant.order, grant.application, grant.ruling):
        raise Refused(sentence)
    close(grant.order, State.DISCHARGED, on=grant.ruling.decided_on, by=grant.actor, at=grant.at)


def _appeal(grant: _Grant) -> None:
    order = grant.order
    if order.state == State.REFUSED:
        order.state = follow(order.state, State.APPLIED)
    elif grant.application.ground == Ground.MAKING:
        close(order, State.QUASHED, on=grant.ruling.decided_on, by=grant.actor, at=grant.at)


#: what a granted application changes at once; a variation opens the conditions until they are settled
GRANTED = {Kind.RENEW: _renew, Kind.DISCHARGE: _discharge, Kind.APPEAL: _appeal}


def _of(order: Order, application: str) -> Application:
    found = order.applications.filter(ref=application).first()
    if found is None:
        raise NotFound(application)
    return found


def _must_hold(order: Order) -> None:
    """Refuse a change to an order that has ended: a side that was told of its end hears of no change after it."""
    if order.state not in LIVE:
        raise Refused("Only a change to an order that was made and has not ended can be confirmed or served")


def _must_fit(order: Order) -> None:
    """Refuse a condition that outlives the order: another force may have handed over such a condition."""
    wrong = [
        sentence
        for condition in law.conditions(order)
        for sentence in terms.condition_problems(condition=condition, made=order.made_on, ends=order.ends_on)
    ]
    if wrong:
        raise Refused(" ".join(wrong).rstrip("."))
