"""What the advocate of a protected person is told of an order and of a breach, step by step; the programme is not."""

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests import staff
from tests.partnership import factories as police
from tests.partnership.orders import factories
from tests.programme.reading import text

from desist.accounts.models import Account
from desist.partnership.breaches import commands as breaches
from desist.partnership.breaches.codes import Finding, Offence, Sentence, Step
from desist.partnership.breaches.models import Breach
from desist.partnership.breaches.states import State
from desist.partnership.orders import commands
from desist.partnership.orders.models import Order
from desist.post.models import ByHandTask
from desist.refusals import Changed, Refused
from desist.ui.words import Unclear
from desist.wall.actors import Actor
from desist.wall.gate import NotFound

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys")]

AT = staff.NOW


def told() -> list[tuple[str, str]]:
    """What was told by telephone: to whom, and the second line of it."""
    tasks = ByHandTask.objects.order_by("pk").select_related("partner")
    return [(task.partner.name, task.text.splitlines()[1]) for task in tasks]


def test_the_advocate_is_told_that_the_order_was_served_as_the_programme_is(coordinator: Actor) -> None:
    police.partner()
    police.side()
    order = factories.made(state="to_serve", referral=police.referral())

    commands.serve(
        actor=coordinator,
        ref=order.ref,
        served_on=factories.SERVED,
        served_how="in_person",
        under_2003_act=False,
        version=1,
        at=AT,
    )

    assert (police.ADVOCACY, "Event: served") in told()
    assert police.PROGRAMME in {name for name, _ in told()}


def follow(actor: Actor, order: Order, what: breaches.Followed, **fields: Any) -> None:
    known: dict[str, Any] = {
        "breach": order.breaches.get().ref,
        "submission": uuid.uuid4().hex,
        "version": 1,
        "at": AT,
    }
    breaches.follow(actor=actor, ref=order.ref, what=what, **known | fields)


ARRESTED, CHARGED = (Step.ARRESTED,), (Step.ARRESTED, Step.CHARGED)
AT_COURT = (*CHARGED, Step.HEARING)


def known(breach: Breach, *steps: Step, **fields: Any) -> None:
    """Steps of a case that were recorded before."""
    for kind in steps:
        defaults = {"on": date(2026, 2, 21), "by": "carol", "at": AT, "submission": uuid.uuid4().hex}
        breach.steps.create(kind=kind, **defaults | fields)


@pytest.mark.parametrize(
    ("before", "step", "said", "event"),
    [
        ((), Step.ARRESTED, {}, "arrested"),
        (ARRESTED, Step.BAILED, {"bail_conditions": True}, "bail"),
        (ARRESTED, Step.BAILED, {"bail_conditions": False}, "bail none"),
        (ARRESTED, Step.CHARGED, {"detail": Offence.BREACH}, "charged"),
        (CHARGED, Step.HEARING, {}, "court"),
        (AT_COURT, Step.OUTCOME, {"detail": Finding.PLEADED}, "outcome"),
        ((), Step.NO_ACTION, {}, "outcome"),
        (ARRESTED, Step.RELEASED, {}, "released"),
    ],
)
def test_each_step_of_a_breach_is_kept_with_its_day_and_told_to_the_advocate_alone(
    coordinator: Actor, before: tuple[Step, ...], step: Step, said: dict[str, Any], event: str
) -> None:
    police.partner()
    police.side()
    order = factories.in_force(referral=police.referral())
    breach = factories.breach(order=order)
    known(breach, *before)
    day = date(2026, 6, 1) if step is Step.HEARING else date(2026, 2, 22)
    said = {"bail_conditions": None, "detail": "", "officer": "kit", "note": "Seen by the sergeant"} | said

    follow(coordinator, order, breaches.Followed(step, day, **said))

    kept = breach.steps.latest("pk")
    assert (kept.kind, kept.on, kept.by) == (step, day, coordinator.who)
    assert {name: getattr(kept, name) for name in said} == said
    assert told() == [(police.ADVOCACY, f"Event: {event}")]
    line = order.happenings.get()
    assert (line.on, line.note) == (day, "Seen by the sergeant")
    assert line.title.endswith(kept.called)


def test_a_sentence_is_told_as_an_outcome_and_ends_the_case(coordinator: Actor) -> None:
    police.side()
    order = factories.in_force()
    breach = factories.breach(order=order)
    known(breach, *AT_COURT)
    known(breach, Step.OUTCOME, detail=Finding.FOUND)
    before = breach.state

    sentence = breaches.Followed(Step.SENTENCED, date(2026, 2, 22), None, Sentence.FINE)
    follow(coordinator, order, sentence)

    assert (before, breach.state) == (State.CONVICTED, State.ENDED)
    assert breach.steps.latest("pk").called == "Sentenced: fine"
    assert told() == [(police.ADVOCACY, "Event: outcome")]


def test_a_step_out_of_turn_is_refused_and_nobody_is_told(coordinator: Actor) -> None:
    police.side()
    order = factories.in_force()
    breach = factories.breach(order=order)

    with pytest.raises(Refused, match="Sentenced cannot follow: the case is at “Reported”"):
        follow(coordinator, order, breaches.Followed(Step.SENTENCED, date(2026, 2, 22), None, Sentence.FINE))

    assert not breach.steps.exists()
    assert told() == []


def test_a_note_that_leads_to_the_victim_is_not_kept(coordinator: Actor) -> None:
    police.side()
    order = factories.in_force()
    breach = factories.breach(order=order)
    leads = breaches.Followed(Step.ARRESTED, date(2026, 2, 22), None, note="At 14 Quay Street, NE1 4XY")

    with pytest.raises(Unclear):
        follow(coordinator, order, leads)

    assert not breach.steps.exists()
    assert told() == []


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        (breaches.Followed(Step.ARRESTED, date(2026, 2, 19), None), "before the breach"),
        (breaches.Followed(Step.ARRESTED, date(2090, 1, 1), None), "Only a hearing can lie ahead"),
    ],
)
def test_a_step_on_a_day_that_cannot_be_is_refused_and_nobody_is_told(
    coordinator: Actor, what: breaches.Followed, sentence: str
) -> None:
    police.side()
    order = factories.in_force()
    breach = factories.breach(order=order)

    with pytest.raises(Refused, match=sentence):
        follow(coordinator, order, what)

    assert not breach.steps.exists()
    assert told() == []


def test_a_step_from_an_older_page_is_refused_and_one_of_another_order_is_not_found(
    coordinator: Actor,
) -> None:
    order, other = factories.in_force(), factories.in_force()
    breach = factories.breach(order=order)
    arrested = breaches.Followed(Step.ARRESTED, date(2026, 2, 22), None)

    with pytest.raises(Changed):
        follow(coordinator, order, arrested, version=7)
    with pytest.raises(NotFound):
        breaches.follow(
            actor=coordinator,
            ref=other.ref,
            breach=breach.ref,
            what=arrested,
            submission="one",
            version=1,
            at=AT,
        )

    assert not breach.steps.exists()


def test_a_breach_is_followed_on_its_page_after_the_decision_too(desk: Client, emrys: Account) -> None:
    order = factories.in_force()
    breach = factories.breach(
        order=order, decision="arrest", decided_by="carol", decided_at=AT, reason="Seen"
    )
    page = reverse("breaches:breach", args=[order.ref, breach.ref])
    address = reverse("breaches:follow", args=[order.ref, breach.ref])
    assert address in desk.get(page).content.decode()
    known(breach, Step.ARRESTED)
    day = {"on-day": "22", "on-month": "2", "on-year": "2026", "officer": emrys.ref}

    unsaid = desk.post(address, {"form_version": "1", "kind": "bailed", **day})
    desk.post(address, {"form_version": "1", "kind": "bailed", "bail_conditions": "yes", **day})

    assert unsaid.status_code == 422
    step = breach.steps.latest("pk")
    assert (step.kind, step.bail_conditions) == ("bailed", True)
    shown = text(desk.get(page))
    assert "Released on bail, with conditions" in shown
    assert "Officer: Emrys Kettlewick." in shown


@pytest.mark.parametrize(
    ("kind", "answer", "called"),
    [
        ("charged", "breach", "Charged: breach of the order (section 8)"),
        ("outcome", "not_guilty", "Outcome of the case: found not guilty"),
    ],
)
def test_a_charge_asks_for_the_offence_and_an_outcome_for_the_finding(
    desk: Client, emrys: Account, kind: str, answer: str, called: str
) -> None:
    order = factories.in_force()
    breach = factories.breach(order=order)
    known(breach, *{"charged": ARRESTED, "outcome": AT_COURT}[kind])
    address = reverse("breaches:follow", args=[order.ref, breach.ref])
    day = {"on-day": "22", "on-month": "2", "on-year": "2026"}
    sent = {"form_version": "1", "kind": kind, "officer": emrys.ref, **day}

    unsaid = desk.post(address, sent)
    desk.post(address, {**sent, kind: answer})

    assert unsaid.status_code == 422
    assert breach.steps.latest("pk").called == called


def test_a_case_that_ended_offers_release_alone(desk: Client) -> None:
    order = factories.in_force()
    breach = factories.breach(order=order)
    known(breach, Step.NO_ACTION)

    page = desk.get(reverse("breaches:follow", args=[order.ref, breach.ref])).content.decode()

    assert 'value="released"' in page
    assert 'value="arrested"' not in page


def test_a_breach_that_nobody_decided_about_says_what_happened_since_too(
    desk: Client, second: Callable[..., Client]
) -> None:
    order = factories.in_force()
    breach = factories.breach(order=order)
    breach.steps.create(kind="arrested", on=date(2026, 2, 22), by="carol", at=AT, submission="one")

    shown = text(desk.get(reverse("breaches:breach", args=[order.ref, breach.ref])))

    assert "Arrested" in shown
    assert "22 February 2026" in shown
