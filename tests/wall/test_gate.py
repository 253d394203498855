"""The gate: what it lets through, what it refuses, and what it writes down either way."""

import uuid
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from desist.programme.referrals.intake.models import Draft
from desist.programme.referrals.intake.policy import Action as IntakeAction
from desist.programme.referrals.models import Referral
from desist.programme.referrals.policy import Action as ReferralsAction
from desist.programme.triage.policy import Action as TriageAction
from desist.refusals import Changed
from desist.wall import gate
from desist.wall.actors import Actor, Role
from desist.wall.models import AuditEvent, Exclusion, Restriction

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 3, 14, 30, tzinfo=UTC)
DECIDE = TriageAction.DECIDE_REFERRAL


def actor(role: Role = Role.MANAGER, area: str = "north", who: str = "alice") -> Actor:
    return Actor(who=who, role=role, area=area, correlation=uuid.uuid4())


def referral(area: str = "north") -> Referral:
    return Referral.objects.create(
        area=area,
        partner="northmere-police",
        thread=uuid.uuid4().hex,
        completed_at=NOW,
        received_at=NOW,
        given_names="Robin",
        family_name="Example",
        born=date(1990, 2, 28),
        route="police_voluntary",
        legal_basis="agreement",
        proceedings="none",
        behaviours=["following"],
        relationship="stranger",
        offence="none",
        behaviour_account="none",
        referrer_name="Officer",
        referrer_phone="01632 960000",
    )


def last_event() -> tuple[str, str, bool, str]:
    event = AuditEvent.objects.latest("id")
    return event.who, event.row, event.allowed, event.reason


def test_the_app_login_is_the_one_that_is_used() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")

        assert cursor.fetchone() == ("tests_app",)


def test_seeing_many_is_recorded_and_filtered_by_area() -> None:
    mine, _ = referral("north"), referral("south")

    rows = gate.see(actor(), ReferralsAction.SEE_REFERRALS, Referral, at=NOW)

    assert [row.ref for row in rows] == [mine.ref]
    assert last_event() == ("alice", "programme.referral", True, "")


def test_opening_one_row_is_recorded_by_its_reference() -> None:
    row = referral()

    found = gate.open(actor(), ReferralsAction.SEE_REFERRAL, Referral, row.ref, at=NOW).get()

    assert found == row
    assert last_event() == ("alice", f"programme.referral:{row.ref}", True, "")


def test_an_absent_row_and_a_row_of_another_area_are_refused_alike() -> None:
    elsewhere = referral("south")

    for ref in ("absent", elsewhere.ref):
        with pytest.raises(gate.NotFound):
            gate.open(actor(), ReferralsAction.SEE_REFERRAL, Referral, ref, at=NOW)

        assert last_event() == ("alice", f"programme.referral:{ref}", False, "not found")


def test_a_wrong_role_is_refused_before_any_row_is_read() -> None:
    row = referral()

    with pytest.raises(gate.Forbidden):
        gate.open(actor(Role.ADMINISTRATOR), ReferralsAction.SEE_REFERRAL, Referral, row.ref, at=NOW)

    assert last_event() == ("alice", f"programme.referral:{row.ref}", False, "wrong role")


def test_an_excluded_person_does_not_see_the_case() -> None:
    row = referral()
    Exclusion.objects.create(
        case=row.ref, account="alice", allowed=False, reason="neighbour", made_by="carol", made_at=NOW
    )

    assert not gate.see(actor(), ReferralsAction.SEE_REFERRALS, Referral, at=NOW)
    assert gate.see(actor(who="bob"), ReferralsAction.SEE_REFERRALS, Referral, at=NOW)


def test_a_restricted_case_is_seen_by_those_on_its_list_alone() -> None:
    row = referral()
    Restriction.objects.create(case=row.ref, reason="a party is police", made_by="carol", made_at=NOW)
    Exclusion.objects.create(
        case=row.ref,
        account="bob",
        allowed=True,
        reason="out-of-force reviewer",
        made_by="carol",
        made_at=NOW,
    )

    assert not gate.see(actor(), ReferralsAction.SEE_REFERRALS, Referral, at=NOW)
    assert gate.see(actor(who="bob"), ReferralsAction.SEE_REFERRALS, Referral, at=NOW)


@pytest.mark.django_db(transaction=False)
class TestChange:
    def test_a_change_and_its_event_are_one(self) -> None:
        row = referral()

        with gate.change(actor(), TriageAction.DECIDE_REFERRAL, Referral, row.ref, at=NOW) as locked:
            locked.needs = "interpreter"
            locked.save()

        row.refresh_from_db()
        assert row.needs == "interpreter"
        assert last_event() == ("alice", f"programme.referral:{row.ref}", True, "")

    def test_a_code_that_was_given_for_a_change_stands_in_its_one_event(self) -> None:
        row = referral()
        before = AuditEvent.objects.count()

        with gate.change(
            actor(), TriageAction.DECIDE_REFERRAL, Referral, row.ref, at=NOW, reason="duplicate"
        ):
            pass

        assert last_event() == ("alice", f"programme.referral:{row.ref}", True, "duplicate")
        assert AuditEvent.objects.count() == before + 1

    def test_a_failed_change_leaves_its_refusal_and_nothing_else(self) -> None:
        row = referral()

        with (
            pytest.raises(ZeroDivisionError),
            gate.change(actor(), TriageAction.DECIDE_REFERRAL, Referral, row.ref, at=NOW) as locked,
        ):
            locked.needs = "interpreter"
            locked.save()
            raise ZeroDivisionError("Robin Example")

        row.refresh_from_db()
        assert row.needs == ""
        assert last_event() == ("alice", f"programme.referral:{row.ref}", False, "ZeroDivisionError")

    def test_a_change_within_another_is_refused(self) -> None:
        row = referral()

        with (
            pytest.raises(RuntimeError, match="durable"),
            transaction.atomic(),
            gate.change(actor(), TriageAction.DECIDE_REFERRAL, Referral, row.ref, at=NOW),
        ):
            pass


@pytest.mark.parametrize("table", ["wall_auditevent", "wall_auditseal"])
@pytest.mark.parametrize(
    "statement", ["TRUNCATE {}", "DELETE FROM {}", "UPDATE {} SET link = ''", "DROP TABLE {}"]
)
def test_the_app_login_can_only_add_to_the_audit(table: str, statement: str) -> None:
    with (
        pytest.raises(ProgrammingError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table))


def test_a_row_of_another_version_is_not_changed() -> None:
    row = referral()

    for stale in (row.version - 1, row.version + 1, None):
        with (
            pytest.raises(Changed),
            gate.change(actor(), DECIDE, Referral, row.ref, at=NOW, version=stale) as changed,
        ):
            changed.save()

    assert last_event() == ("alice", f"programme.referral:{row.ref}", False, "Changed")
    assert Referral.objects.get(pk=row.pk).version == row.version


def test_a_change_of_the_version_that_was_drawn_has_the_next_one() -> None:
    row = referral()

    with gate.change(actor(), DECIDE, Referral, row.ref, at=NOW, version=row.version) as changed:
        changed.save()

    assert Referral.objects.get(pk=row.pk).version == row.version + 1


def test_a_change_that_asks_for_no_version_may_raise_it() -> None:
    row = referral()

    with gate.change(actor(), DECIDE, Referral, row.ref, at=NOW) as changed:
        gate.next_version(changed)
        changed.save()

    assert Referral.objects.get(pk=row.pk).version == row.version + 1


def draft(*, submission: str | None, who: str = "alice", area: str = "north", ref: str = "") -> Draft:
    """What a form would make, not saved yet."""
    named = {"ref": ref} if ref else {}
    return Draft(area=area, started_by=who, started_at=NOW, submission=submission, **named)


def made(row: Draft, by: Actor) -> str:
    with gate.create(by, IntakeAction.START_INTAKE, row, at=NOW) as saved:
        return str(saved.ref)


def test_the_same_form_makes_one_row_and_the_second_is_told_which() -> None:
    first = made(draft(submission="one"), actor())

    with pytest.raises(gate.Twice) as twice:
        made(draft(submission="one", who="bob"), actor(who="bob"))

    assert (twice.value.ref, str(twice.value)) == (first, f"programme.draft:{first}")
    assert Draft.objects.values_list("ref", "started_by").get() == (first, "alice")


def test_a_form_that_was_sent_outside_of_the_scope_is_absent() -> None:
    first = made(draft(submission="one"), actor())

    with pytest.raises(gate.NotFound) as absent:
        made(draft(submission="one", area="south"), actor(area="south"))

    assert first not in str(absent.value)
    assert Draft.objects.get().ref == first


def test_what_breaks_another_constraint_is_no_second_form() -> None:
    first = made(draft(submission="one"), actor())

    for row in (draft(submission="two", ref=first), draft(submission=None, ref=first)):
        with pytest.raises(IntegrityError):
            made(row, actor())

    assert Draft.objects.get().submission == "one"
    assert last_event() == ("alice", f"programme.draft:{first}", False, "IntegrityError")


def test_a_form_that_made_something_of_another_row_makes_nothing_of_this_one() -> None:
    row = referral()
    made(draft(submission="one"), actor())

    with (
        pytest.raises(gate.NotFound),
        gate.change(actor(), DECIDE, Referral, row.ref, at=NOW) as changed,
    ):
        Draft.objects.create(
            area="north", started_by="alice", started_at=NOW, submission="one", referral=changed
        )

    assert Draft.objects.get().referral_id is None


def test_a_count_asks_the_rules_and_writes_no_event_and_a_refusal_in_it_is_recorded() -> None:
    referral()
    referral(area="south")
    events = AuditEvent.objects.count()

    def seen(role: Role) -> int:
        return gate.see(actor(role), ReferralsAction.SEE_REFERRALS, Referral, at=NOW).count()

    assert gate.count(lambda: seen(Role.MANAGER)) == 1
    assert AuditEvent.objects.count() == events
    with pytest.raises(gate.Forbidden):
        gate.count(lambda: seen(Role.OBSERVER))
    assert last_event()[2:] == (False, "wrong role")
    assert AuditEvent.objects.count() == events + 1
    seen(Role.MANAGER)
    assert AuditEvent.objects.count() == events + 2
