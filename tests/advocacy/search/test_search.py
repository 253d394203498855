"""Finding a client: by name, or by the whole of what leads to them; among those whom one may see, leaving no trace."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.advocacy import factories
from tests.programme.reading import text

from desist.accounts import searching
from desist.accounts.alerts.models import AccountAlert
from desist.accounts.models import Account
from desist.advocacy.team.models import Advocate
from desist.advocacy.vault.states import Kind
from desist.advocacy.victims.identity import Identity
from desist.advocacy.victims.models import Victim
from desist.references import spoken
from desist.wall.actors import Role
from desist.wall.models import AuditEvent, Exclusion, Restriction

pytestmark = pytest.mark.django_db


def found(client: Client, words: str) -> str:
    return text(client.post("/search/", {"search": words}, follow=True))


def reached(client: Client, words: str) -> str:
    """The address to which a search leads."""
    return str(client.post("/search/", {"search": words}, follow=True).redirect_chain[-1][0])


@pytest.mark.parametrize(
    "typed",
    [
        "Robin",
        "hollow",
        "Hollow, Robin",
        "Hollo",
        "Holow",
        "Hollwo",
        "Rbin Hollow",
        "ollo",
        "28/2/1990",
        "1990-02-28",
    ],
)
def test_a_client_is_found_by_any_part_of_the_name_and_by_the_date_of_birth(
    signed_in: Callable[..., Client], advocate: Advocate, typed: str
) -> None:
    factories.victim(
        advocate=advocate, identity=Identity(given_names="Robin", family_name="Hollow", born="1990-02-28")
    )
    factories.victim(advocate=advocate, identity=Identity(given_names="Zoë", family_name="Marsh"))

    page = found(signed_in(), typed)

    assert "Robin Hollow" in page
    assert "Zoë Marsh" not in page


@pytest.mark.parametrize(
    "typed",
    [
        *("+44 1632 960077", "01632960077", "Robin.Hollow@Harbour.example ", "nm12ab", "NM1 2AB"),
        *("12 Quayside Steps, NM1 2AB", "{ref}", "{spoken}", "45/01234/26"),
    ],
)
def test_exactly_what_leads_to_one_client_opens_the_client(
    signed_in: Callable[..., Client], advocate: Advocate, typed: str
) -> None:
    row = factories.victim(advocate=advocate, crime_reference="45/01234/26")

    said = typed.format(ref=row.ref, spoken=spoken(row.ref))

    assert reached(signed_in(), said) == f"/victims/{row.ref}/"


@pytest.mark.parametrize(
    "typed", ["01632 960076", "NM1 2A", "12 Quayside Steps", "robin.hollow", "harbour.example"]
)
def test_a_part_of_what_leads_to_a_client_finds_nobody(
    signed_in: Callable[..., Client], advocate: Advocate, typed: str
) -> None:
    factories.victim(advocate=advocate, identity=Identity(given_names="Zoë", family_name="Marsh"))

    page = found(signed_in(), typed)

    assert "Zoë Marsh" not in page
    assert "its whole postcode" in page


def test_two_clients_of_one_home_are_listed_with_what_leads_to_them(
    signed_in: Callable[..., Client], advocate: Advocate
) -> None:
    for name in ("Zoë", "Ana"):
        factories.victim(advocate=advocate, identity=Identity(given_names=name, family_name="Marsh"))

    page = found(signed_in(), "NM1 2AB")

    assert "Zoë Marsh" in page
    assert "Ana Marsh" in page
    assert "home address" in page


@pytest.mark.parametrize("role", [Role.ADVOCATE, Role.ADVOCACY_MANAGER])
def test_nothing_built_from_hidden_clients_ever_finds_them_or_says_that_there_are_more(
    role: Role, signed_in: Callable[..., Client], robin: Victim, fable: Account
) -> None:
    """Another area's, one that keeps the actor out, a restricted one."""
    client = signed_in(role=role)
    hidden = [
        factories.victim(
            area=area,
            identity=Identity(given_names=given, family_name=family, born="1971-03-04"),
            locators=((Kind.PHONE, number), (Kind.HOME, f"1 Mill Park, ZZ9 {place}ZZ")),
            crime_reference=f"99/{place}/26",
        )
        for area, given, family, number, place in (
            ("southmere", "Delphine", "Thornwick", "01632 960081", 111),
            (factories.AREA, "Isolde", "Quillfeather", "01632 960082", 222),
            (factories.AREA, "Maren", "Ravensloe", "01632 960083", 333),
        )
    ]
    Exclusion.objects.create(
        case=hidden[1].ref, account=fable.ref, allowed=False, reason="Knows them", made_by="carol",
        made_at=factories.NOW,
    )  # fmt: skip
    Restriction.objects.create(case=hidden[2].ref, reason="x", made_by="carol", made_at=factories.NOW)
    nobody = plain(client.post("/search/", {"search": "Zzyzzx"}, follow=True))
    for names, number, place, row in zip(
        ("Delphine Thornwick", "Isolde Quillfeather", "Maren Ravensloe"),
        ("01632 960081", "01632 960082", "01632 960083"),
        (111, 222, 333),
        hidden,
        strict=True,
    ):
        family = names.split()[1]
        parts = [family[at : at + 4] for at in range(5)] + [family[:at] + family[at + 1 :] for at in range(5)]
        for typed in (names, *names.split(), number, f"ZZ9 {place}ZZ", f"99/{place}/26", row.ref, *parts):
            assert plain(client.post("/search/", {"search": typed}, follow=True)) == nobody, typed
    assert plain(client.post("/search/", {"search": "4/3/1971"}, follow=True)) == nobody


def test_it_is_limited_and_ones_own_address_is_told(
    signed_in: Callable[..., Client], fable: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "LIMIT", 2)
    browser = signed_in()

    answers = [
        browser.post("/search/", {"search": value}, follow=True)
        for value in (fable.email.upper(), "sam@example.org", "x@y.org")
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 422]
    assert "which is as often as anyone may" in text(answers[2])
    assert list(AccountAlert.objects.order_by("pk").values_list("account", "kind")) == [
        *((fable.ref, "own_search"), (fable.ref, "searches"))
    ]


def test_what_is_typed_is_in_no_address_and_in_no_event(
    signed_in: Callable[..., Client], robin: Victim
) -> None:
    response = signed_in().post("/search/", {"search": "Hollow"}, follow=True)

    assert "Robin Hollow" in text(response)
    assert all("ollow" not in address for address, _ in response.redirect_chain)
    assert not any("ollow" in str(event) for event in AuditEvent.objects.values())


@pytest.mark.parametrize(
    "typed", ["", " ", "R", "x" * 10_000, "a\x00b", "'\\ & !", "👻👻", "12", "---", "@@"]
)
def test_odd_words_find_nobody_or_are_refused(
    signed_in: Callable[..., Client], robin: Victim, typed: str
) -> None:
    response = signed_in().post("/search/", {"search": typed}, follow=True)

    assert response.status_code in {200, 422}
    assert "Robin Hollow" not in text(response)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("T", "Type at least two letters of the name"), ("x" * 10_000, "must be 100 characters or fewer")],
    ids=["one letter", "ten thousand"],
)
def test_too_little_and_too_much_are_refused_in_one_sentence(
    signed_in: Callable[..., Client], robin: Victim, typed: str, sentence: str
) -> None:
    response = signed_in().post("/search/", {"search": typed})

    assert response.status_code == 422
    assert sentence in text(response)


@pytest.mark.parametrize(
    "name", ["Łukasz", "Émeraude", "O’Brien", "محمد", "李小明", "Иванов", "Nguyễn", "अमित", "שרה"]
)
def test_names_of_every_script_are_found_and_shown_as_they_are_written(
    signed_in: Callable[..., Client], advocate: Advocate, name: str
) -> None:
    factories.victim(
        advocate=advocate, identity=Identity(given_names="Robin", family_name=name, born="1990-02-28")
    )

    assert f"Robin {name}" in found(signed_in(), name)


def plain(response: Any) -> str:
    """A page without what was typed and what is drawn anew."""
    page = re.sub(r'value="[^"]*"|nonce="[^"]*"', "", response.content.decode())
    return re.sub(r"\s+", " ", page)
