"""A door that needs approvals lets through exactly what so many people approved, once."""

import dataclasses
import uuid
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st
from tests import staff
from tests.post.conftest import AT, POLICE, THREAD

from desist.accounts.models import Account
from desist.post import approvals, doors, outbox, payloads
from desist.post.models import Approval, ByHandTask, Outbox, Partner
from desist.post.transports import Transport
from desist.refusals import Refused
from desist.wall.actors import Actor, Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys", "police")]

NOTICE = payloads.ReferralDecision("accepted", "as asked", AT)
CASE = "k7f2m9px4c"
UNTIL = AT + timedelta(hours=72)


@pytest.fixture(autouse=True)
def _two_people(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table of doors in which every door needs two people."""
    table = tuple(dataclasses.replace(door, approvals=2) for door in doors.DOORS)
    monkeypatch.setattr(doors, "DOORS", table)


def approve(who: str, payload: payloads.Payload = NOTICE, **changed: object) -> None:
    actor = Actor(who=who, role=Role.MANAGER, area="northmere", correlation=uuid.uuid4())
    values: dict[str, object] = {"to": POLICE, "case": CASE, "until": UNTIL, "at": AT} | changed
    with transaction.atomic():
        approvals.record(payload, actor=actor, **values)  # type: ignore[arg-type]  # as `changed` says


def send(payload: payloads.Payload = NOTICE, *, case: str = CASE, after: timedelta = timedelta(0)) -> None:
    with transaction.atomic():
        outbox.send(payload, to=POLICE, thread=THREAD, at=AT + after, case=case)


def test_nothing_leaves_before_two_people_approved() -> None:
    approve("ada")

    with pytest.raises(approvals.NotApproved, match="2 people to approve exactly what it says; 1 have"):
        send()

    assert not Outbox.objects.exists()


def test_what_two_people_approved_leaves_once() -> None:
    approve("ada")
    approve("ben")
    assert approvals.standing(NOTICE, to=POLICE, case=CASE, at=AT) == 2

    send()

    assert Outbox.objects.count() == 1
    with pytest.raises(approvals.NotApproved):
        send()


def test_one_person_is_not_two() -> None:
    approve("ada")

    with pytest.raises(Refused):
        approve("ada")

    with pytest.raises(approvals.NotApproved):
        send()


@pytest.mark.parametrize(
    "edited",
    [
        payloads.ReferralDecision("accepted", "as asked.", AT),
        payloads.ReferralDecision("declined", "as asked", AT),
        payloads.ReferralDecision("accepted", "as asked", AT + timedelta(microseconds=1)),
    ],
)
def test_after_the_smallest_edit_nothing_is_approved(edited: payloads.Payload) -> None:
    approve("ada")
    approve("ben")

    with pytest.raises(approvals.NotApproved):
        send(edited)


def test_an_approval_is_for_one_case_and_one_partner() -> None:
    approve("ada")
    approve("ben", to="another-force")

    with pytest.raises(approvals.NotApproved):
        send()
    approve("ben")
    with pytest.raises(approvals.NotApproved):
        send(case="another")


def test_an_approval_runs_out_and_can_be_given_again() -> None:
    approve("ada")
    approve("ben")
    late = timedelta(hours=72)

    with pytest.raises(approvals.NotApproved):
        send(after=late)
    for who in ("ada", "ben"):
        approve(who, at=AT + late, until=UNTIL + late)
    send(after=late)

    assert Outbox.objects.count() == 1
    assert Approval.objects.filter(ended_at=None).count() == 0


def test_a_partner_by_hand_needs_approvals_too(police: Partner) -> None:
    Partner.objects.filter(pk=police.pk).update(transport=Transport.BY_HAND)

    with pytest.raises(approvals.NotApproved):
        send()

    assert not ByHandTask.objects.exists()


def test_a_change_that_is_rolled_back_uses_no_approval_up() -> None:
    approve("ada")
    approve("ben")

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        send()
        raise ZeroDivisionError

    assert approvals.standing(NOTICE, to=POLICE, case=CASE, at=AT) == 2


@given(reason=st.text(), other=st.text())
def test_two_texts_have_one_digest_only_when_they_are_the_same(reason: str, other: str) -> None:
    first, second = (payloads.ReferralDecision("accepted", text, AT) for text in (reason, other))

    same = approvals.digest(first, to=POLICE, case=CASE) == approvals.digest(second, to=POLICE, case=CASE)

    assert same == (reason == other)


def test_two_accounts_of_one_person_are_one() -> None:
    one, other = (staff.account(name=name).ref for name in ("Sam Lowe", "S Lowe"))
    approve(one)

    with pytest.raises(Refused):
        approve(other)

    assert approvals.standing(NOTICE, to=POLICE, case=CASE, at=AT) == 1


def test_what_only_later_looks_like_one_person_is_not_sent() -> None:
    one, other = (staff.account(name=name) for name in ("Sam Lowe", "Ben Wren"))
    for account in (one, other):
        approve(account.ref)
    bound = approvals.digest(NOTICE, to=POLICE, case=CASE)
    before = approvals.counted([bound], at=AT)
    Account.objects.filter(pk=other.pk).update(name="Lowe, Sam")

    assert before == {bound: 2}
    assert approvals.counted([bound], at=AT) == {bound: 1}
    with pytest.raises(approvals.NotApproved, match="1 have"):
        send()
