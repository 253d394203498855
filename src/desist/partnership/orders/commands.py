"""Everything that can happen to an order on its way to the court, to service and to its end."""

import secrets
from dataclasses import asdict, dataclass
from datetime import date, datetime

from desist.merges import records
from desist.orders import clocks, terms
from desist.partnership.orders import law, notices, wording
from desist.partnership.orders.models import Order
from desist.partnership.orders.policy import Action
from desist.partnership.orders.states import LIVE, State, follow
from desist.partnership.orders.writing import close, edited, end_interims, note
from desist.partnership.people.models import Person
from desist.partnership.referrals.models import Referral
from desist.refusals import Refused
from desist.ui.dates import day_of
from desist.ui.words import Override
from desist.wall import audit, clearances, gate
from desist.wall.actors import Actor
from desist.wall.turns import turn


@dataclass(frozen=True)
class NewPerson:
    """A person that the register does not know."""

    given_names: str
    family_name: str
    born: date


@dataclass(frozen=True)
class Beginning:
    """The facts known when an officer enters an order."""

    how_made: str
    force: str
    nexus: str
    crime_reference: str
    standing: str


@dataclass(frozen=True)
class Making:
    """What the court's order states (section 6), without its conditions."""

    made_on: date
    ends_on: date | None
    how_made: str
    court: str
    locality: str
    hearing_on: date | None


def start(
    *, actor: Actor, subject: str | NewPerson, beginning: Beginning, submission: str, at: datetime
) -> str:
    """Enter a full order as a draft and return its reference. A form that was sent twice makes one order.

    `subject` is the reference of a person of the register, or a new person.
    """
    order = Order(
        kind=terms.Kind.FULL,
        how_made=beginning.how_made,
        force=beginning.force,
        nexus=beginning.nexus,
        **_first_facts(actor, submission, at),
    )
    if isinstance(subject, str):
        order.person = Person.objects.get(ref=records.leading(subject), area=actor.area)
        try:
            with gate.create(actor, Action.START_ORDER, order, at=at):
                _begin(order, beginning, actor, at)
        except gate.Twice as twice:
            return twice.ref
        return order.ref
    order.person = Person(area=actor.area, added_by=actor.who, added_at=at, **asdict(subject))
    # The new person is the row that the gate makes, so the order's submission is looked up: one form at a time.
    with turn(f"order {submission}"):
        if ref := _begun(submission, actor):
            return ref
        with gate.create(actor, Action.ADD_PERSON, order.person, at=at):
            order.save(force_insert=True)
            _begin(order, beginning, actor, at)
    return order.ref


def start_interim(*, actor: Actor, main: str, submission: str, at: datetime) -> str:
    """Enter an interim order beside an application that is not decided (section 5)."""
    full = gate.open(actor, Action.SEE_ORDER, Order, main, at=at).get()
    if full.kind != terms.Kind.FULL or full.state != State.APPLIED:
        raise Refused("An interim order needs a main application that is not decided (section 5(1))")
    order = Order(
        kind=terms.Kind.INTERIM,
        main=full,
        person=full.person,
        how_made=full.how_made,
        force=full.force,
        nexus=full.nexus,
        court=full.court,
        hearing_on=full.hearing_on,
        **_first_facts(actor, submission, at),
    )
    try:
        with gate.create(actor, Action.START_ORDER, order, at=at):
            for one in full.protected.all():
                order.protected.create(crime_reference=one.crime_reference, standing=one.standing)
            note(order, "Entered as a draft", on=day_of(at), by=actor, at=at)
    except gate.Twice as twice:
        return twice.ref
    return order.ref


def protect(
    *, actor: Actor, ref: str, crime_reference: str, standing: str, version: int | None, at: datetime
) -> None:
    """Add a protected person by the force's own crime reference."""
    with gate.change(actor, Action.STEP_ORDER, Order, ref, at=at) as order, edited(order, version):
        if order.state not in {State.DRAFT, State.APPLIED, State.MADE}:
            raise Refused("You can enter who an order protects until it is ready to be served")
        if order.protected.filter(crime_reference=crime_reference).exists():
            raise Refused(f"The order already protects {crime_reference}")
        order.protected.create(crime_reference=crime_reference, standing=standing)
        note(order, f"Protects {crime_reference}", on=day_of(at), by=actor, at=at)


def apply(
    *,
    actor: Actor,
    ref: str,
    applied_on: date,
    court: str,
    hearing_on: date | None,
    version: int | None,
    at: datetime,
) -> None:
    """Record that the police made the complaint to the court."""
    with gate.change(actor, Action.STEP_ORDER, Order, ref, at=at) as order, edited(order, version):
        if not order.conditions.exists():
            raise Refused("Add the conditions that the court is asked for first")
        if hearing_on and hearing_on < applied_on:
            raise Refused("The hearing cannot be before the application")
        order.state = follow(order.state, State.APPLIED)
        order.applied_on, order.court, order.hearing_on = applied_on, court, hearing_on
        note(order, "Applied for", on=applied_on, by=actor, at=at, words=court)


def close_application(
    *, actor: Actor, ref: str, refused: bool, on: date, version: int | None, at: datetime
) -> None:
    """Record that the court refused the order or the police withdrew it. Interim orders end with it (section 5(6))."""
    after = State.REFUSED if refused else State.WITHDRAWN
    with gate.change(actor, Action.STEP_ORDER, Order, ref, at=at) as order, edited(order, version):
        if order.applied_on and on < order.applied_on:
            raise Refused("The decision cannot be before the application")
        order.state = follow(order.state, after)
        note(order, after.label, on=on, by=actor, at=at)
        end_interims(order, State.ENDED, on=on, by=actor, at=at)


def make(
    *,
    actor: Actor,
    ref: str,
    making: Making,
    version: int | None,
    override: Override | None = None,
    at: datetime,
) -> None:
    """Record that the court made the order. Refused unless the five things of section 6 are there and possible.

    Raises Refused, and words.Unclear for the words of its locality, which are served with it.
    """
    with gate.change(actor, Action.STEP_ORDER, Order, ref, at=at) as order, edited(order, version):
        wrong = terms.problems(
            terms.Terms(terms.Kind(order.kind), making.made_on, making.ends_on, law.conditions(order))
        )
        if order.applied_on and making.made_on < order.applied_on:
            wrong = (*wrong, "The order would be made before it was applied for.")
        if wrong:
            raise Refused(" ".join(wrong).rstrip("."))
        named, texts = audit.row_name(Order, ref), {"locality": making.locality}
        clearances.hold(named=named, texts=texts, override=override, actor=actor, at=at)
        order.state = follow(order.state, State.MADE)
        order.made_on, order.ends_on, order.locality = making.made_on, making.ends_on, making.locality
        order.how_made, order.court = making.how_made, making.court
        order.hearing_on = making.hearing_on
        note(order, "Made by the court", on=making.made_on, by=actor, at=at, words=making.court)
        end_interims(order, State.REPLACED, on=making.made_on, by=actor, at=at)
        notices.tell(order, notices.Event.MADE, on=making.made_on, at=at)


def prepare_service(*, actor: Actor, ref: str, version: int | None, at: datetime) -> None:
    """Mark the order as ready to be served. Raises Refused while words that may lead to a person are not released."""
    with gate.change(actor, Action.STEP_ORDER, Order, ref, at=at) as order, edited(order, version):
        wording.must_be_released(order)
        order.state = follow(order.state, State.TO_SERVE)
        note(order, "Ready to be served", on=day_of(at), by=actor, at=at)


def serve(
    *,
    actor: Actor,
    ref: str,
    served_on: date,
    served_how: str,
    under_2003_act: bool,
    version: int | None,
    at: datetime,
) -> None:
    """Record the service: the three days begin, unless it replaces an interim order or the 2003 Act applies."""
    with gate.change(actor, Action.STEP_ORDER, Order, ref, at=at) as order, edited(order, version):
        if order.made_on and served_on < order.made_on:
            raise Refused("The order cannot be served before it was made")
        if order.ends_on and served_on > order.ends_on:
            raise Refused("The order had ended before that day")
        order.state = follow(order.state, State.IN_FORCE)
        order.served_on, order.served_how = served_on, served_how
        order.suspended_from = served_on if under_2003_act else None
        due = clocks.notification(
            served=served_on, replaces_interim=law.replaces_interim(order), suspended=under_2003_act
        )
        if due:
            order.notifications.create(kind="first", began_on=served_on, due_on=due)
        note(order, "Served", on=served_on, by=actor, at=at, words=order.get_served_how_display())
        notices.tell(order, notices.Event.SERVED, on=served_on, at=at)


def expire(*, actor: Actor, ref: str, version: int | None, at: datetime) -> None:
    """Record that the order's last day is over."""
    with gate.change(actor, Action.STEP_ORDER, Order, ref, at=at) as order, edited(order, version):
        if order.ends_on is None or order.ends_on >= day_of(at):
            raise Refused("The order’s last day is not over")
        close(order, State.EXPIRED, on=order.ends_on, by=actor, at=at)


def let_expire(*, actor: Actor, ref: str, at: datetime) -> None:
    """Note, for the clock, that an order's last day is over, once. An order that changed meanwhile stays as it is."""
    with gate.change(actor, Action.EXPIRE_ORDER, Order, ref, at=at) as order:
        over = order.state in LIVE and order.ends_on is not None and order.ends_on < day_of(at)
        if over and order.ends_on and not law.renewal_is_open(order):
            with edited(order):
                close(order, State.EXPIRED, on=order.ends_on, by=actor, at=at)


def link(*, actor: Actor, ref: str, referral: str, version: int | None, at: datetime) -> None:
    """Tie the order to the referral whose programme a requirement names; the programme gets the minimal order."""
    with gate.change(actor, Action.LINK_REFERRAL, Order, ref, at=at) as order, edited(order, version):
        order.referral = Referral.objects.get(ref=referral, area=order.area)
        note(order, "Linked to a referral to the programme", on=day_of(at), by=actor, at=at)
        if order.state in LIVE:
            notices.tell_programme(order, notices.Event.MADE, on=order.made_on or day_of(at), at=at)


def _first_facts(actor: Actor, submission: str, at: datetime) -> dict[str, str | datetime]:
    return {
        "area": actor.area,
        "token": secrets.token_urlsafe(16),
        "submission": submission,
        "started_by": actor.who,
        "started_at": at,
    }


def _begun(submission: str, actor: Actor) -> str:
    sent = Order.objects.filter(submission=submission, started_by=actor.who)
    return sent.values_list("ref", flat=True).first() or ""


def _begin(order: Order, beginning: Beginning, actor: Actor, at: datetime) -> None:
    order.protected.create(crime_reference=beginning.crime_reference, standing=beginning.standing)
    note(order, "Entered as a draft", on=day_of(at), by=actor, at=at)
