"""What the wall refuses, and how it says so: the busy pages' gate, routes of no table, tables of no list."""

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import DataError, connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import resolve
from tests.programme.reading import text
from tests.wall.test_gate import actor, last_event, referral

from desist import locators
from desist.programme.referrals.models import Referral
from desist.programme.referrals.policy import Action as ReferralsAction
from desist.programme.triage.policy import Action as TriageAction
from desist.ui.words import CANNOT_READ, NotRead, WordsFound
from desist.wall import actors, audit, gate, grants, policy
from desist.wall.actors import Role
from desist.wall.exclusions import unhindered
from desist.wall.middleware import Routes
from desist.wall.models import AuditEvent, Restriction
from desist.wall.statements import Change, Question, Slot

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 3, 14, 30, tzinfo=UTC)


def every_name(rows: Any) -> Any:
    return rows.order_by("pk").values_list("ref", "family_name")


def one_name(rows: Any) -> Any:
    return rows.filter(ref=Slot("ref")).values_list("family_name")


def one_key(rows: Any) -> Any:
    return rows.filter(ref=Slot("ref")).order_by().values_list("pk")


NAMES, NAME = Question(Referral, every_name), Question(Referral, one_name)
KEY = Question(Referral, one_key)


def named(name: str) -> Change:
    return Change(Referral, new={"family_name": name}, along={"version": 7})


def write(ref: str, change: Change, *, role: Role = Role.MANAGER) -> bool:
    return gate.write(actor(role), TriageAction.DECIDE_REFERRAL, KEY, ref, at=NOW, change=change)


class TestBusyPages:
    def test_rows_and_their_event_are_one_statement(self) -> None:
        mine, _ = referral("north"), referral("south")

        found = gate.read(actor(), ReferralsAction.SEE_REFERRALS, NAMES, at=NOW)

        assert found == [(mine.ref, "Example")]
        assert last_event() == ("alice", "programme.referral", True, "")

    def test_each_actor_of_a_role_gets_their_own_rows(self) -> None:
        north, south = referral("north"), referral("south")

        found = [
            gate.read(actor(area=area), ReferralsAction.SEE_REFERRALS, NAMES, at=NOW)
            for area in ("north", "south")
        ]

        assert found == [[(north.ref, "Example")], [(south.ref, "Example")]]

    def test_a_restriction_made_meanwhile_holds_at_once(self) -> None:
        row = referral()
        before = gate.read(actor(), ReferralsAction.SEE_REFERRALS, NAMES, at=NOW)

        Restriction.objects.create(case=row.ref, reason="a party is police", made_by="carol", made_at=NOW)

        assert (len(before), gate.read(actor(), ReferralsAction.SEE_REFERRALS, NAMES, at=NOW)) == (1, [])

    def test_one_row_is_recorded_by_its_reference(self) -> None:
        row = referral()

        assert gate.read_one(actor(), ReferralsAction.SEE_REFERRAL, NAME, row.ref, at=NOW) == ("Example",)
        assert last_event() == ("alice", f"programme.referral:{row.ref}", True, "")

    def test_an_absent_row_and_a_row_of_another_area_are_refused_alike(self) -> None:
        elsewhere = referral("south")

        for ref in ("absent", elsewhere.ref):
            with pytest.raises(gate.NotFound):
                gate.read_one(actor(), ReferralsAction.SEE_REFERRAL, NAME, ref, at=NOW)

            assert last_event() == ("alice", f"programme.referral:{ref}", False, "not found")

    def test_a_wrong_role_is_refused_and_recorded_once(self) -> None:
        referral()

        with pytest.raises(gate.Forbidden):
            gate.read(actor(Role.PRACTITIONER), ReferralsAction.SEE_REFERRALS, NAMES, at=NOW)

        assert last_event() == ("alice", "programme.referral", False, "wrong role")
        assert AuditEvent.objects.count() == 1


class TestBusySaves:
    def test_the_row_and_its_event_change_in_one_statement(self) -> None:
        row, other = referral(), referral()

        assert write(row.ref, named("Other"))

        assert last_event() == ("alice", f"programme.referral:{row.ref}", True, "")
        assert list(Referral.objects.order_by("pk").values_list("family_name", "version")) == [
            ("Other", 7),
            ("Example", other.version),
        ]

    def test_an_absent_row_one_of_another_area_and_one_that_would_not_differ_stay_as_they_are(self) -> None:
        row, elsewhere = referral(), referral("south")

        for ref, name in (("absent", "Other"), (elsewhere.ref, "Other"), (row.ref, "Example")):
            assert not write(ref, named(name))

        assert not AuditEvent.objects.exists()
        assert not Referral.objects.filter(version=7).exists()

    def test_a_value_that_is_too_long_is_refused_and_never_cut(self) -> None:
        row = referral()

        with pytest.raises(DataError), transaction.atomic():
            write(row.ref, named("x" * 1000))

        assert Referral.objects.get().family_name == "Example"

    def test_columns_of_every_kind_take_their_values(self) -> None:
        row, unread = referral(), NOW + timedelta(days=1)
        new = {"aliases": ["Rob", "Bobby"], "born": date(1990, 3, 27), "unread_since": unread}

        assert write(row.ref, Change(Referral, new=new, along={}))
        assert not write(row.ref, Change(Referral, new=new, along={}))

        assert list(Referral.objects.values(*new)) == [new]
        assert write(row.ref, Change(Referral, new=new | {"unread_since": None}, along={}))

    def test_a_wrong_role_is_refused_and_recorded_once(self) -> None:
        row = referral()

        with pytest.raises(gate.Forbidden):
            write(row.ref, named("Other"), role=Role.PRACTITIONER)

        assert last_event() == ("alice", f"programme.referral:{row.ref}", False, "wrong role")
        assert AuditEvent.objects.count() == 1


def test_a_change_by_a_wrong_role_is_refused_and_recorded_once() -> None:
    row = referral()

    with (
        pytest.raises(gate.Forbidden),
        gate.change(actor(Role.PRACTITIONER), TriageAction.DECIDE_REFERRAL, Referral, row.ref, at=NOW),
    ):
        pass

    assert last_event() == ("alice", f"programme.referral:{row.ref}", False, "wrong role")
    assert AuditEvent.objects.count() == 1


def test_a_change_of_a_row_of_another_area_finds_none() -> None:
    row = referral("south")

    with (
        pytest.raises(gate.NotFound),
        gate.change(actor(), TriageAction.DECIDE_REFERRAL, Referral, row.ref, at=NOW),
    ):
        pass

    assert last_event() == ("alice", f"programme.referral:{row.ref}", False, "not found")


TOO_LONG = "x" * 90
NONSENSE = {TOO_LONG: f"programme.referral:{TOO_LONG[:61]}", "\0ab\x7f": "programme.referral:?ab?"}


@pytest.mark.parametrize("ref", NONSENSE)
class TestWhatCanBeNoReference:
    """Anyone may write anything into an address: it is absent as every other absent row is, and recorded."""

    def test_is_opened_by_nobody(self, ref: str) -> None:
        with pytest.raises(gate.NotFound):
            gate.open(actor(), ReferralsAction.SEE_REFERRAL, Referral, ref, at=NOW)

        assert last_event() == ("alice", NONSENSE[ref], False, "not found")
        assert AuditEvent.objects.count() == 1

    def test_is_read_by_nobody(self, ref: str) -> None:
        with pytest.raises(gate.NotFound):
            gate.read_one(actor(), ReferralsAction.SEE_REFERRAL, NAME, ref, at=NOW)

        assert last_event() == ("alice", NONSENSE[ref], False, "not found")
        assert AuditEvent.objects.count() == 1

    def test_is_changed_by_nobody(self, ref: str) -> None:
        written = write(ref, named("Other"))
        with (
            pytest.raises(gate.NotFound),
            gate.change(actor(), TriageAction.DECIDE_REFERRAL, Referral, ref, at=NOW),
        ):
            pass

        assert not written
        assert last_event() == ("alice", NONSENSE[ref], False, "not found")
        assert AuditEvent.objects.count() == 1

    def test_tells_a_wrong_role_no_more(self, ref: str) -> None:
        for ask in (
            lambda: gate.open(actor(Role.ADMINISTRATOR), ReferralsAction.SEE_REFERRAL, Referral, ref, at=NOW),
            lambda: gate.read_one(actor(Role.ADMINISTRATOR), ReferralsAction.SEE_REFERRAL, NAME, ref, at=NOW),
        ):
            with pytest.raises(gate.Forbidden):
                ask()

            assert last_event() == ("alice", NONSENSE[ref], False, "wrong role")

    def test_is_recorded_of_a_route_too(self, ref: str) -> None:
        refused = answered("episodes:episodes", role=Role.OBSERVER, ref=ref)

        assert refused is not None
        assert refused.status_code == 403
        assert last_event()[1] == audit.named(f"route:episodes:episodes {ref}")


def test_a_row_cannot_be_made_outside_ones_own_area() -> None:
    made = referral("north")
    made.pk, made.ref, made.thread, made.area = None, "elsewhere1", "another", "south"

    with (
        pytest.raises(gate.NotFound),
        gate.create(actor(), TriageAction.DECIDE_REFERRAL, made, at=NOW),
    ):
        pass

    assert not Referral.objects.filter(ref="elsewhere1").exists()
    assert last_event() == ("alice", "programme.referral:elsewhere1", False, "not found")


def test_the_systems_own_hands_know_nobody() -> None:
    row = referral()
    Restriction.objects.create(case=row.ref, reason="a party is police", made_by="carol", made_at=NOW)

    assert Referral.objects.filter(unhindered(actors.post(), "ref")).get() == row


def test_an_action_of_no_table_has_no_rule() -> None:
    class Another(policy.BaseAction):
        FLY = "nowhere.fly"

    with pytest.raises(policy.UnknownAction, match=r"nowhere\.fly"):
        policy.rule(Another.FLY)


def answered(route: str | None, *, role: Role = Role.MANAGER, **kwargs: str) -> HttpResponse | None:
    """What stands in the way of a request to a route, if anything."""
    request = RequestFactory().get("/episodes/")
    request.at, request.actor = NOW, actor(role)  # type: ignore[attr-defined]  # as the middleware before sets them
    request.resolver_match = resolve("/episodes/") if route else None
    if request.resolver_match and route:
        request.resolver_match.view_name = route
    return Routes(lambda _: HttpResponse()).process_view(request, lambda _: HttpResponse(), [], kwargs)


@pytest.mark.parametrize("route", ["nowhere:nothing", None])
def test_a_route_of_no_table_answers_nobody(route: str | None) -> None:
    response = answered(route)

    assert response is not None
    assert response.status_code == 404


def test_a_route_of_the_table_is_let_through_for_its_roles_alone() -> None:
    refused = answered("episodes:episodes", role=Role.OBSERVER)

    assert answered("episodes:episodes") is None
    assert refused is not None
    assert refused.status_code == 403
    assert last_event() == ("alice", "route:episodes:episodes", False, "wrong role")


@pytest.mark.parametrize(
    ("failure", "status"), [(gate.NotFound("x"), 404), (gate.Forbidden("x"), 403), (KeyError("x"), None)]
)
def test_what_the_gate_refuses_becomes_a_page_and_nothing_else_does(
    failure: Exception, status: int | None
) -> None:
    response = Routes(lambda _: HttpResponse()).process_exception(RequestFactory().get("/"), failure)

    assert (response.status_code if response else None) == status


def test_words_that_no_form_asked_about_are_named_by_their_field_and_never_repeated() -> None:
    found = {"work_done": locators.find("She moved to 12 Quarry Lane")}
    request = RequestFactory().post("/", {"work_done": ""})

    response = Routes(lambda _: HttpResponse()).process_exception(request, WordsFound(found))

    assert found["work_done"]
    assert response is not None
    assert response.status_code == 422
    page = text(response)
    assert "Nothing was saved, shown or sent. What you wrote under “work done” may lead to someone." in page
    assert "Go back to the form, reword that and send it again." in page
    assert "safe to keep" not in page
    assert "Quarry" not in page


def test_words_that_could_not_be_read_are_said_to_be_so() -> None:
    response = Routes(lambda _: HttpResponse()).process_exception(RequestFactory().get("/"), NotRead())

    assert response is not None
    assert response.status_code == 422
    assert f"{CANNOT_READ}." in text(response)


def test_every_table_is_in_a_list_of_grants() -> None:
    assert grants.unlisted() == set()


def test_a_table_of_no_list_is_found() -> None:
    name = f"stray_{uuid.uuid4().hex[:8]}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {name} (id int)")

    assert grants.unlisted() == {name}
