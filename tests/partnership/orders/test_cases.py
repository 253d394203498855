"""The case that a breach became: its table, its officer, and hearings that wait for their outcome."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from tests import staff
from tests.partnership.orders import factories
from tests.programme.reading import text

from desist.accounts.models import Account
from desist.partnership.breaches.codes import DETAILS, GUILTY, Finding, Step
from desist.partnership.breaches.models import Breach
from desist.partnership.breaches.states import CUSTODY, FOLLOWS, TRANSITIONS, State, state
from desist.ui.dates import day_of
from desist.wall.actors import Role

AT = staff.NOW
TODAY = day_of(timezone.now())
HEARING = "hearing about a breach of the order"


@dataclass
class Said:
    """A step without a row."""

    kind: str
    detail: str = ""


steps = st.builds(Said, st.sampled_from(Step), st.sampled_from(["", *Finding]))


@given(st.lists(steps, max_size=12))
def test_a_case_moves_by_its_table_alone_and_a_step_out_of_turn_changes_nothing(said: list[Said]) -> None:
    before, after = state(said[:-1]), state(said)

    if said and said[-1].kind not in FOLLOWS[before] and said[-1].kind != Step.OUTCOME:
        assert after is before
    assert after is before or after in TRANSITIONS[before] or said[-1].kind == Step.OUTCOME


@given(st.data())
def test_from_every_state_the_case_can_end_and_an_ended_case_stays_so(data: st.DataObject) -> None:
    walked: list[Said] = []
    for _ in range(data.draw(st.integers(0, 8))):
        kind = data.draw(st.sampled_from(sorted(FOLLOWS[state(walked)])))
        walked.append(Said(kind, data.draw(st.sampled_from(["", *Finding]))))

    found = state(walked)

    ending = (Step.SENTENCED,) if found is State.CONVICTED else (Step.NO_ACTION,)
    assert state([*walked, *map(Said, ending)]) is State.ENDED


@pytest.mark.parametrize("finding", ["", *Finding])
def test_a_conviction_waits_for_its_sentence_and_any_other_outcome_ends_the_case(finding: str) -> None:
    course = [Said(Step.CHARGED), Said(Step.HEARING), Said(Step.OUTCOME, finding)]

    assert state(course) is (State.CONVICTED if finding in GUILTY else State.ENDED)


def test_bail_and_custody_keep_the_case_where_it_is() -> None:
    assert all(
        after is found
        for found, table in FOLLOWS.items()
        for step, after in table.items()
        if step in CUSTODY and found is not State.REPORTED
    )
    assert set(DETAILS) == {Step.CHARGED, Step.OUTCOME, Step.SENTENCED}


@pytest.fixture
def officer(db: None, own_keys: None) -> Account:
    """The officer who deals with the case."""
    return staff.account(name="Kit Marlow")


def heard(*, on: date, officer: str = "", after: tuple[Step, ...] = ()) -> Breach:
    """A breach whose hearing is on a day, and the steps recorded after it."""
    breach = factories.breach(order=factories.in_force())
    for kind in (Step.CHARGED, Step.HEARING, *after):
        day = on if kind is Step.HEARING else date(2026, 2, 22)
        breach.steps.create(
            kind=kind, on=day, officer=officer, by="carol", at=AT, submission=uuid.uuid4().hex
        )
    return breach


def to_do(client: Client) -> str:
    return text(client.get("/"))


@pytest.mark.django_db
def test_a_hearing_whose_day_passed_is_late_with_the_coordinator_and_the_officer_of_the_case(
    desk: Client, officer: Account
) -> None:
    heard(on=TODAY - timedelta(days=2), officer=officer.ref)
    other = staff.account(name="Rowan Applegarth")

    for client in (desk, staff.browser(account=officer, role=Role.OFFICER)):
        assert f"record the outcome of the {HEARING}" in to_do(client)
        assert "2 days late" in to_do(client)
    assert HEARING not in to_do(staff.browser(account=other, role=Role.OFFICER))


@pytest.mark.django_db
def test_a_hearing_ahead_stands_by_its_day_and_bail_does_not_settle_it(desk: Client) -> None:
    heard(on=TODAY + timedelta(days=3), after=(Step.RELEASED,))

    assert "hearing at court about a breach of the order" in to_do(desk)


@pytest.mark.django_db
@pytest.mark.parametrize("after", [Step.OUTCOME, Step.NO_ACTION])
def test_an_outcome_settles_the_hearing(desk: Client, after: Step) -> None:
    heard(on=TODAY - timedelta(days=2), after=(after,))

    assert "about a breach of the order" not in to_do(desk)


@pytest.mark.django_db
def test_the_officer_of_the_case_opens_it_from_to_do_and_records_the_next_step(officer: Account) -> None:
    breach = heard(on=TODAY - timedelta(days=2), officer=officer.ref)
    client = staff.browser(account=officer, role=Role.OFFICER)
    page = reverse("breaches:breach", args=[breach.order.ref, breach.ref])

    assert client.get(reverse("breaches:case", args=[breach.ref]))["Location"] == page
    shown = client.get(page).content.decode()
    follow = reverse("breaches:follow", args=[breach.order.ref, breach.ref])
    day = {f"on-{part}": str(getattr(TODAY, part)) for part in ("day", "month", "year")}
    sent = {"form_version": "1", "kind": "no_action", "officer": officer.ref, "note": "", **day}
    assert follow in shown
    assert client.post(follow, sent)["Location"] == page
    assert breach.state is State.ENDED
    assert "has not recorded a decision yet" in text(client.get(page))


@pytest.mark.django_db
def test_an_officer_who_does_not_deal_with_the_case_reads_it_and_records_nothing(
    officer: Account, second: Callable[..., Client]
) -> None:
    breach = heard(on=TODAY - timedelta(days=2), officer=officer.ref)
    client = second(role=Role.OFFICER)
    follow = reverse("breaches:follow", args=[breach.order.ref, breach.ref])
    page = reverse("breaches:breach", args=[breach.order.ref, breach.ref])

    shown = client.get(page).content.decode()

    assert "Hearing at court" in shown
    assert follow not in shown
    assert [client.get(follow).status_code, client.post(follow, {}).status_code] == [404, 404]
    decided = {"form_version": "1", "decision": "arrest", "also_stalking": "no", "reason": "Seen"}
    assert client.post(page, decided).status_code == 403


@pytest.mark.django_db
def test_a_breach_under_another_order_is_not_found(desk: Client) -> None:
    breach, other = heard(on=TODAY), factories.in_force()

    assert desk.get(reverse("breaches:breach", args=[other.ref, breach.ref])).status_code == 404


@pytest.mark.django_db
def test_words_that_may_lead_to_the_victim_are_read_by_those_who_keep_the_register_alone(
    desk: Client, officer: Account
) -> None:
    order = factories.in_force(conditions=0)
    factories.condition(order=order, text="Not to go to 14 Quay Street, NE1 4XY.")
    page = reverse("breaches:breach", args=[order.ref, factories.breach(order=order).ref])

    assert "Quay Street" in text(desk.get(page))
    shown = text(staff.browser(account=officer, role=Role.OFFICER).get(page))
    assert "Quay Street" not in shown
    assert "telephone the order coordinator" in shown
