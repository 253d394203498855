"""Orders varied, renewed, discharged and appealed, and the duties to notify."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from tests import staff
from tests.partnership.orders import factories

from desist.partnership.applications import commands
from desist.partnership.conditions import commands as conditions
from desist.partnership.notifications import commands as notifications
from desist.partnership.orders.models import Order
from desist.refusals import Refused
from desist.wall.actors import Actor

pytestmark = pytest.mark.django_db

AT = staff.NOW
WORDS = conditions.Words(
    "prohibition", "Not to write about the protected person", "online", "", None, None, "Posts", ("work",)
)


def ruling(**changes: Any) -> commands.Ruling:
    known: dict[str, Any] = {
        "outcome": "granted",
        "decided_on": date(2026, 3, 2),
        "note": "Both were heard",
        "ends_on": None,
        "consents": (),
        "lives_elsewhere": False,
    }
    return commands.Ruling(**known | changes)


def decide(actor: Actor, order: Order, application: str, at: datetime = AT, **changes: Any) -> None:
    order.refresh_from_db()
    commands.decide(
        actor=actor,
        ref=order.ref,
        application=application,
        ruling=ruling(**changes),
        version=order.version,
        at=at,
    )


@pytest.mark.parametrize(
    ("by", "consents", "elsewhere", "missing"),
    [
        (
            "police",
            (),
            False,
            "the person subject to the order and the chief officer who applied for the dis",
        ),
        ("police", ("defendant",), True, "the chief officer who applied for the discharge"),
        ("defendant", ("defendant", "applicant"), False, "the chief officer who applied for the order"),
        (
            "defendant",
            ("defendant", "original"),
            True,
            "the chief officer of the area where the person lives",
        ),
    ],
)
def test_a_discharge_without_a_needed_consent_is_refused_with_the_reason(
    coordinator: Actor, by: str, consents: tuple[str, ...], elsewhere: bool, missing: str
) -> None:
    order = factories.in_force()
    asked = factories.application(order=order, kind="discharge", by=by)

    with pytest.raises(Refused, match=missing):
        decide(coordinator, order, asked.ref, consents=consents, lives_elsewhere=elsewhere)

    asked.refresh_from_db()
    order.refresh_from_db()
    assert (asked.outcome, order.state) == ("", "in_force")


def test_a_discharge_with_its_consents_ends_the_order(coordinator: Actor) -> None:
    order = factories.in_force()
    asked = factories.application(order=order, kind="discharge")

    decide(coordinator, order, asked.ref, consents=("defendant", "applicant"))

    order.refresh_from_db()
    assert (order.state, order.closed_on) == ("discharged", date(2026, 3, 2))


def test_after_two_years_a_discharge_needs_no_consent(coordinator: Actor) -> None:
    order = factories.in_force(
        applied_on=None, made_on=date(2024, 2, 29), served_on=date(2024, 3, 1), ends_on=date(2027, 1, 1)
    )
    asked = factories.application(order=order, kind="discharge", by="defendant")

    with pytest.raises(Refused):
        decide(coordinator, order, asked.ref, decided_on=date(2026, 2, 28))
    decide(coordinator, order, asked.ref, decided_on=date(2026, 3, 1))

    order.refresh_from_db()
    assert order.state == "discharged"


def test_a_decision_is_recorded_once(coordinator: Actor) -> None:
    order = factories.in_force()
    asked = factories.application(order=order, kind="vary")
    decide(coordinator, order, asked.ref, outcome="refused")

    with pytest.raises(Refused):
        decide(coordinator, order, asked.ref)


@pytest.mark.parametrize(
    ("ends_on", "sentence"),
    [(date(2028, 2, 1), "ends after 1 February 2028"), (date(2027, 1, 1), "ends after")],
)
def test_a_renewal_that_does_not_lengthen_is_refused(
    coordinator: Actor, ends_on: date, sentence: str
) -> None:
    order = factories.in_force()
    asked = factories.application(order=order, kind="renew")

    with pytest.raises(Refused, match=sentence):
        decide(coordinator, order, asked.ref, ends_on=ends_on)


def test_a_renewed_order_has_its_new_last_day(coordinator: Actor) -> None:
    order = factories.in_force()
    asked = factories.application(order=order, kind="renew")

    decide(coordinator, order, asked.ref, ends_on=date(2030, 2, 1))

    order.refresh_from_db()
    assert order.ends_on == date(2030, 2, 1)


def test_a_variation_opens_the_conditions_until_they_stand_and_are_served(coordinator: Actor) -> None:
    order = factories.in_force()
    asked = factories.application(order=order)
    with pytest.raises(Refused):
        conditions.add(actor=coordinator, order=order.ref, words=WORDS, version=1, at=AT)

    decide(coordinator, order, asked.ref)
    conditions.add(actor=coordinator, order=order.ref, words=WORDS, version=2, at=AT)
    commands.settle(
        actor=coordinator,
        ref=order.ref,
        application=asked.ref,
        on=date(2026, 3, 2),
        version=3,
        at=AT,
    )
    commands.serve(
        actor=coordinator, ref=order.ref, application=asked.ref, on=date(2026, 3, 3), version=4, at=AT
    )

    asked.refresh_from_db()
    assert (asked.written_on, asked.served_on) == (date(2026, 3, 2), date(2026, 3, 3))
    assert order.conditions.count() == 2
    with pytest.raises(Refused):
        conditions.add(actor=coordinator, order=order.ref, words=WORDS, version=5, at=AT)


def test_a_variation_with_a_place_in_it_stops_at_the_same_gate(coordinator: Actor) -> None:
    order = factories.in_force(conditions=0)
    factories.condition(order=order, text="Not to enter NM12 4QX")
    asked = factories.application(order=order)
    decide(coordinator, order, asked.ref)

    with pytest.raises(Refused):
        commands.settle(
            actor=coordinator,
            ref=order.ref,
            application=asked.ref,
            on=date(2026, 3, 2),
            version=2,
            at=AT,
        )


def test_a_condition_may_not_outlive_its_order_when_it_is_written(coordinator: Actor) -> None:
    order = factories.made()
    long = conditions.Words("prohibition", "Not to call", "contact", "", None, date(2028, 2, 2), "Calls", ())

    with pytest.raises(Refused, match="longer than the order"):
        conditions.add(actor=coordinator, order=order.ref, words=long, version=1, at=AT)


def test_an_appeal_against_the_making_that_is_allowed_quashes_the_order(coordinator: Actor) -> None:
    order = factories.in_force()
    asked = factories.application(order=order, kind="appeal", by="defendant", ground="making")

    decide(coordinator, order, asked.ref)

    order.refresh_from_db()
    assert order.state == "quashed"


def test_an_order_stays_as_it_is_while_an_appeal_is_before_the_court(coordinator: Actor) -> None:
    order = factories.in_force()
    filing = commands.Filing("appeal", "defendant", "making", date(2026, 2, 10), date(2026, 4, 1))

    commands.file(actor=coordinator, ref=order.ref, filing=filing, submission="x", version=1, at=AT)

    order.refresh_from_db()
    assert order.state == "in_force"


def test_an_allowed_appeal_against_a_refusal_brings_the_application_back(coordinator: Actor) -> None:
    order = factories.applied(state="refused")
    asked = factories.application(order=order, kind="appeal", ground="refused_to_police")

    decide(coordinator, order, asked.ref)

    order.refresh_from_db()
    assert order.state == "applied"


def test_an_ended_order_is_not_varied(coordinator: Actor) -> None:
    order = factories.in_force(state="expired", closed_on=date(2026, 2, 20))
    filing = commands.Filing("vary", "police", "", date(2026, 3, 1), None)

    with pytest.raises(Refused, match="has not ended"):
        commands.file(actor=coordinator, ref=order.ref, filing=filing, submission="x", version=1, at=AT)


GIVEN = notifications.Given(date(2026, 2, 5), "Northmere", "PC Ash Vale", "ACK-77", False, False)


def test_a_notification_is_recorded_once_with_its_acknowledgement(coordinator: Actor) -> None:
    order = factories.in_force()
    duty = factories.duty(order=order)

    notifications.give(actor=coordinator, ref=order.ref, duty=duty.ref, given=GIVEN, version=1, at=AT)

    duty.refresh_from_db()
    assert (duty.given_on, duty.acknowledgement) == (date(2026, 2, 5), "ACK-77")
    with pytest.raises(Refused):
        notifications.give(actor=coordinator, ref=order.ref, duty=duty.ref, given=GIVEN, version=2, at=AT)


def test_it_is_looked_for_everywhere_only_once_its_last_day_is_over(coordinator: Actor) -> None:
    order = factories.in_force()
    duty = factories.duty(order=order, due_on=AT.date())

    with pytest.raises(Refused, match="has not passed"):
        notifications.look(
            actor=coordinator, ref=order.ref, duty=duty.ref, crime_reference="", version=1, at=AT
        )
    notifications.look(
        actor=coordinator,
        ref=order.ref,
        duty=duty.ref,
        crime_reference="45/1/2600",
        version=1,
        at=AT + timedelta(days=1),
    )

    duty.refresh_from_db()
    assert duty.checked_by == coordinator.who


def test_a_new_address_begins_three_days_of_its_own_and_may_be_notified_before(coordinator: Actor) -> None:
    order = factories.in_force()

    notifications.change(
        actor=coordinator,
        ref=order.ref,
        kind="address",
        on=date(2026, 3, 10),
        submission="x",
        version=1,
        at=AT,
    )
    duty = order.notifications.get()
    early = notifications.Given(date(2026, 3, 2), "Northmere", "PC Ash Vale", "ACK-78", False, False)
    notifications.give(actor=coordinator, ref=order.ref, duty=duty.ref, given=early, version=2, at=AT)

    duty.refresh_from_db()
    assert (duty.due_on, duty.given_on) == (date(2026, 3, 12), date(2026, 3, 2))


def test_the_duty_rests_and_comes_back_with_the_final_day(coordinator: Actor) -> None:
    order = factories.in_force(suspended_from=factories.SERVED)

    with pytest.raises(Refused, match="is suspended"):
        notifications.change(
            actor=coordinator,
            ref=order.ref,
            kind="name",
            on=date(2026, 2, 20),
            submission="x",
            version=1,
            at=AT,
        )
    notifications.resume(actor=coordinator, ref=order.ref, final_day=date(2026, 3, 1), version=1, at=AT)

    duty = order.notifications.get()
    assert (duty.kind, duty.began_on, duty.due_on) == ("resumed", date(2026, 3, 1), date(2026, 3, 3))


def test_nothing_comes_back_where_the_2003_act_applied_only_later(coordinator: Actor) -> None:
    order = factories.in_force()
    notifications.suspend(actor=coordinator, ref=order.ref, on=date(2026, 2, 20), version=1, at=AT)

    notifications.resume(actor=coordinator, ref=order.ref, final_day=date(2026, 3, 1), version=2, at=AT)

    assert not order.notifications.exists()
