"""Finding a person, an order or a case of the police: by any name or number that one may see, leaving no trace."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from tests import staff
from tests.partnership import factories
from tests.partnership.orders import factories as orders
from tests.programme.reading import text

from desist.accounts import searching
from desist.accounts.alerts.models import AccountAlert
from desist.accounts.models import Account
from desist.references import spoken
from desist.wall.actors import Role
from desist.wall.models import Exclusion, Restriction

pytestmark = pytest.mark.django_db

QUILL: dict[str, Any] = {"given_names": "Quill", "family_name": "Thornwick", "born": date(1985, 7, 3)}


def found(client: Client, words: str) -> str:
    return text(client.post("/search/", {"search": words}, follow=True))


def reached(client: Client, words: str) -> str:
    """The address to which a search leads."""
    return str(client.post("/search/", {"search": words}, follow=True).redirect_chain[-1][0])


@pytest.mark.parametrize(
    "typed", ["Quill Thornwick", "thornw", "Thornwyck", "Thronwick Quill", "wick", "night owl", "3 jul 1985"]
)
def test_a_lead_finds_a_referral_and_an_order_of_one_person(
    signed_in: Callable[..., Client], typed: str
) -> None:
    factories.referral(**QUILL, aliases=["Night Owl"])
    orders.in_force(person=orders.person(**QUILL))
    factories.draft(given_names="Sandy", family_name="Marsh")

    page = found(signed_in(role=Role.FORCE_LEAD), typed)

    assert "Quill Thornwick" in page
    assert "Referral: Sent, waiting for a decision" in page
    assert ("in force" in page) is (typed != "night owl")
    assert "Sandy Marsh" not in page


@pytest.mark.parametrize(("role", "referral", "order"), [
    (Role.OFFICER, True, False), (Role.ORDER_COORDINATOR, False, True), (Role.FORCE_LEAD, True, True),
])  # fmt: skip
def test_each_role_finds_what_its_lists_show(
    signed_in: Callable[..., Client], role: Role, referral: bool, order: bool
) -> None:
    factories.referral(**QUILL)
    orders.in_force(person=orders.person(**QUILL))

    page = found(signed_in(role=role), "Thornwick")

    assert ("Referral:" in page, "in force" in page) == (referral, order)


@pytest.mark.parametrize(
    "typed", ["{ref}", "07700 900152", "+44 (0)7700 900152", "Q.T@mail.example", "2003/62845E"]
)
def test_a_whole_reference_or_number_opens_the_referral(signed_in: Callable[..., Client], typed: str) -> None:
    row = factories.referral(
        **QUILL, own_phone="07700 900152", own_email="q.t@mail.example", pnc="2003/0062845E"
    )

    assert reached(signed_in(), typed.format(ref=spoken(row.ref))) == f"/referrals/{row.ref}/"


@pytest.mark.parametrize("typed", ["{ref}", "ZZ-17", "45/09876/26", "45/09876/26 "])
def test_a_reference_a_register_number_or_a_crime_reference_opens_the_order(
    signed_in: Callable[..., Client], typed: str
) -> None:
    row = orders.in_force(number="ZZ-17")
    row.protected.create(crime_reference="45/09876/26", standing="victim")

    desk = signed_in(role=Role.ORDER_COORDINATOR)

    assert reached(desk, typed.format(ref=row.ref)) == f"/orders/{row.ref}/"


@pytest.mark.usefixtures("own_keys")
def test_a_crime_reference_finds_the_case_and_the_report_of_a_client_who_is_never_named(
    signed_in: Callable[..., Client],
) -> None:
    factories.report()

    page = found(signed_in(), "45/01234/26")

    assert "Client of an advocacy service" in page or "/pairs/" in reached(signed_in(), "45/01234/26")


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ORDER_COORDINATOR, Role.FORCE_LEAD])
def test_nothing_built_from_hidden_people_ever_finds_them_or_says_that_there_are_more(
    role: Role, signed_in: Callable[..., Client], kit: Account
) -> None:
    """Another area's, one that keeps the actor out, a restricted one, a discarded draft: under every query."""
    client = signed_in(role=role)
    who: list[dict[str, Any]] = [
        {
            "given_names": "Quill",
            "family_name": name,
            "born": date(1971, 3, at),
            "own_phone": f"07700 90015{at}",
        }
        for at, name in enumerate(("Thornwick", "Quillfeather", "Ravensloe"), start=1)
    ]
    areas = ("southmere", factories.AREA, factories.AREA)
    hidden = [factories.referral(area=area, **one) for area, one in zip(areas, who, strict=True)]
    people = [
        orders.person(area=area, **{name: one[name] for name in ("given_names", "family_name", "born")})
        for area, one in zip(areas, who, strict=True)
    ]
    kept = [orders.in_force(area=area, person=one) for area, one in zip(areas, people, strict=True)]
    for case in (hidden[1].ref, people[1].ref):
        Exclusion.objects.create(
            case=case, account=kit.ref, allowed=False, reason="x", made_by="carol", made_at=factories.NOW
        )
    for case in (hidden[2].ref, people[2].ref):
        Restriction.objects.create(case=case, reason="x", made_by="carol", made_at=factories.NOW)
    nobody = plain(client.post("/search/", {"search": "Zzyzzx"}, follow=True))
    for row, order in zip(hidden, kept, strict=True):
        name = row.family_name
        parts = [name[at : at + 4] for at in range(5)] + [name[:at] + name[at + 1 :] for at in range(5)]
        for typed in (
            f"Quill {name}",
            name,
            row.own_phone,
            f"{row.born:%d/%m/%Y}",
            row.ref,
            order.ref,
            *parts,
        ):
            assert plain(client.post("/search/", {"search": typed}, follow=True)) == nobody, typed


def test_it_is_limited_and_ones_own_name_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "LIMIT", 1)
    coordinator = staff.browser(account=staff.account(name="Ola Reed"), role=Role.ORDER_COORDINATOR)

    answers = [coordinator.post("/search/", {"search": "Reed"}, follow=True).status_code for _ in range(2)]

    assert answers == [200, 422]
    assert set(AccountAlert.objects.values_list("kind", flat=True)) == {"own_search", "searches"}


@pytest.mark.parametrize(
    "typed", ["", "T", "x" * 10_000, "a\x00b", "'\\ & !", "👻👻", "1", "--", "31/2/1990"]
)
def test_odd_words_find_nobody_or_are_refused(signed_in: Callable[..., Client], typed: str) -> None:
    factories.referral(**QUILL)

    response = signed_in().post("/search/", {"search": typed}, follow=True)

    assert response.status_code in {200, 422}
    assert "Quill Thornwick" not in text(response)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("T", "Type at least two letters of the name"), ("x" * 10_000, "must be 100 characters or fewer")],
    ids=["one letter", "ten thousand"],
)
def test_too_little_and_too_much_are_refused_in_one_sentence(
    signed_in: Callable[..., Client], typed: str, sentence: str
) -> None:
    response = signed_in().post("/search/", {"search": typed})

    assert response.status_code == 422
    assert sentence in text(response)


@pytest.mark.parametrize(
    "name", ["Łukasz", "Émeraude", "O’Brien", "محمد", "李小明", "Иванов", "Nguyễn", "अमित", "שרה"]
)
def test_names_of_every_script_are_found_and_shown_as_they_are_written(
    signed_in: Callable[..., Client], name: str
) -> None:
    factories.referral(**QUILL | {"family_name": name})

    assert f"Quill {name}" in found(signed_in(), name)


def plain(response: Any) -> str:
    """A page without what was typed and what is drawn anew."""
    page = re.sub(r'value="[^"]*"|nonce="[^"]*"', "", response.content.decode())
    return re.sub(r"\s+", " ", page)
