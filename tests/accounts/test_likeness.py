"""Two accounts of one person are seen, and never count as two people."""

import itertools
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests.accounts.conftest import SignedIn

from desist.accounts.likeness import queries as likeness
from desist.accounts.likeness.queries import Known, Sign
from desist.accounts.models import Account, SignIn
from desist.wall import people
from desist.wall.actors import Role

NAMES = st.text(alphabet="abcdeé' -", max_size=20)


DAY = timedelta(days=1)
MORNING = datetime(2026, 3, 2, 9, tzinfo=UTC)


def known(name: str, email: str = "", devices: Mapping[str, datetime] | None = None) -> Known:
    return Known(name, name, email or f"{name}@a.example", devices or {})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sam Lowe", "sam lowe"),
        ("Sam Lowe", "Lowe, Sam"),
        ("Sám Löwe", "Sam Lowe"),
        ("Kit Marlow", "Kit Marlowe"),
        ("Kit Marlow", "Kit Marlew"),
        ("S Lowe", "Sam Lowe"),
        ("S. Lowe", "Lowe Sam"),
    ],
)
def test_the_same_name_or_nearly_so_is_seen(one: str, other: str) -> None:
    assert likeness.signs(known(one, "a@a.example"), known(other, "b@a.example")) == (Sign.NAME,)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sam Lowe", "Pam Lowe"),
        ("Sam Lowe", "Sam Rowe"),
        ("Sam Lowe", "Sam"),
        ("Kit Marlow", "Kit Sparrow"),
        ("Kit Marlow", "Kim Marlowe"),
        ("Robin", "Rob"),
        ("", ""),
        ("Ada", "Bea"),
    ],
)
def test_other_names_are_other_people(one: str, other: str) -> None:
    assert likeness.signs(known(one, "a@a.example"), known(other, "b@a.example")) == ()


def test_an_address_that_begins_alike_and_a_shared_device_are_seen() -> None:
    one = known("Ada Linnet", "ada.linnet@a.example", {"x": MORNING, "y": MORNING})
    other = known("Bea Wren", "AdaLinnet+2@b.example", {"y": MORNING})

    assert likeness.signs(one, other) == (Sign.EMAIL, Sign.DEVICE)


@pytest.mark.parametrize(
    ("one", "other", "signs"),
    [
        ({"d": MORNING}, {"d": MORNING + 29 * DAY}, (Sign.DEVICE,)),
        ({"d": MORNING}, {"d": MORNING + 31 * DAY}, ()),
        ({"d": MORNING}, {"d": MORNING, "e": MORNING + 31 * DAY}, ()),
        ({"d": MORNING, "": MORNING + 31 * DAY}, {"d": MORNING}, ()),
        ({"": MORNING}, {"": MORNING}, ()),
    ],
)
def test_a_device_that_was_shared_more_than_thirty_days_before_either_was_used_last_counts_no_more(
    one: dict[str, datetime], other: dict[str, datetime], signs: tuple[Sign, ...]
) -> None:
    found = likeness.signs(known("Ada Linnet", devices=one), known("Bea Wren", devices=other))

    assert found == signs


@given(one=NAMES, other=NAMES)
def test_it_is_the_same_from_either_side(one: str, other: str) -> None:
    assert likeness.signs(known(one), known(other)) == likeness.signs(known(other), known(one))


def test_people_are_counted_however_their_accounts_hang_together(
    person: Callable[..., Account], now: datetime
) -> None:
    accounts = [
        person(name, Role.PRACTITIONER) for name in ("Sam Lowe", "S Lowe", "Kit Marlow", "Ada Linnet")
    ]
    for account in accounts[1:3]:  # one device: so three accounts are one person, by two signs
        SignIn.objects.create(
            grant=account.grants.get(), device="", known_device="d", began_at=now, last_seen_at=now
        )
    refs = [account.ref for account in accounts]

    assert [people.count(refs[:number]) for number in range(5)] == [0, 1, 1, 1, 2]
    assert people.count([refs[0], refs[0]]) == 1
    for one, other in itertools.combinations(range(4), 2):
        told = people.are_one_person(refs[one], refs[other])
        assert told is ((one, other) in {(0, 1), (1, 2)})
    assert people.are_one_person(refs[0], "the post", refs[0])
    assert not people.are_one_person(refs[0], "", "the post")


def test_the_administrator_sees_them_with_the_reason_until_one_has_left(
    person: Callable[..., Account], ada: Account, signed_in: SignedIn, now: datetime
) -> None:
    person("Sam Lowe", Role.PRACTITIONER)
    second = person("S Lowe", Role.MANAGER)

    page = signed_in(ada).get("/account/people/").content.decode()
    Account.objects.filter(pk=second.pk).update(left_at=now)
    after = signed_in(ada).get("/account/people/").content.decode()

    assert "S Lowe and Sam Lowe: their names are the same or nearly so" in page
    assert "look like one person" not in after


def test_a_sign_in_by_name_in_the_demo_marks_no_device(kit: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESIST_DEMO", "1")
    client = Client()

    client.post("/account/sign-in/", {"grant": str(kit.grants.earliest("pk").pk)})

    assert SignIn.objects.get().known_device == ""
    assert "device" not in client.cookies
