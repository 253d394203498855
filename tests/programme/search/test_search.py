"""Finding a person: by any name, reference, number or date of birth, among those whom one may see, leaving no trace."""

import html
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from tests.programme import factories
from tests.programme.reading import text

from desist.accounts.models import Account
from desist.programme.episodes.models import Episode
from desist.programme.pages.search.queries import MOST_ALIKE
from desist.programme.referrals.contact_details.models import OwnContact
from desist.programme.sessions.models import Session
from desist.references import spoken
from desist.referral.finding import words
from desist.wall.actors import Role
from desist.wall.models import AuditEvent, Exclusion, Restriction

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(signed_in: Callable[..., Client]) -> Client:
    return signed_in(role=Role.MANAGER)


def person(family_name: str = "Thornwick", **fields: Any) -> Episode:
    return factories.episode(referral=factories.referral(family_name=family_name, **fields))


def found(client: Client, words: str) -> str:
    response = client.post("/search/", {"search": words}, follow=True)
    assert response.status_code == 200
    return text(response)


def hits(client: Client, words: str) -> list[str]:
    """The names found, in their order; the header repeats what was typed."""
    page = client.post("/search/", {"search": words}, follow=True).content.decode()
    return [html.unescape(name) for name in re.findall(r'desist-hit__name"[^>]*>([^<]*)<', page)]


@pytest.mark.parametrize("way", ["as stored", "as spoken", "with spaces"])
def test_a_reference_is_found_however_it_is_typed(manager: Client, way: str) -> None:
    row = person()
    typed = {"as stored": row.ref, "as spoken": spoken(row.ref), "with spaces": f" {row.ref.upper()} "}[way]

    assert "Robin Thornwick" in found(manager, typed)


@pytest.mark.parametrize("which", ["the person's", "the referral's, which the police quote"])
def test_either_reference_opens_the_person_at_once(manager: Client, which: str) -> None:
    row = person()
    ref = row.ref if which == "the person's" else row.referral.ref

    response = manager.post("/search/", {"search": spoken(ref)}, follow=True)

    assert response.redirect_chain[-1][0] == f"/episodes/{row.ref}/"


@pytest.mark.parametrize(
    "typed",
    [
        "Thornwick",
        "thorn",
        "THORNW",
        " Thornwick ",
        "Robin",
        "robin thornwick",
        "Thornwick, Robin",
        "Robin T",
        "ornwi",
        "wick",
    ],
)
def test_any_part_of_a_name_finds_the_person_in_either_order(manager: Client, typed: str) -> None:
    person()
    person("Example", given_names="Sandy")

    assert hits(manager, typed) == ["Robin Thornwick"]


@pytest.mark.parametrize(
    "typed",
    ["Thornwik", "Thornnwick", "Thornwyck", "Thronwick", "Hhornwick", "Robn Thornwick", "Rbin Thorwick"],
)
def test_a_name_with_one_letter_wrong_is_found_and_said_to_be_alike(manager: Client, typed: str) -> None:
    person()

    page = found(manager, typed)

    assert "Robin Thornwick" in page
    assert "similar spelling" in page


def test_the_best_match_comes_first(manager: Client) -> None:
    for name in ("Hawthorn", "Thornwick", "Torn", "Thorn"):
        person(name)

    assert hits(manager, "Thorn") == [f"Robin {name}" for name in ("Thorn", "Thornwick", "Hawthorn", "Torn")]


def test_another_name_is_found_and_said_why(manager: Client) -> None:
    person(aliases=["Night Owl", "Bobby T"])

    assert "also known as Night Owl" in found(manager, "night owl")
    assert "Robin Thornwick" in found(manager, "@night_owl".replace("_", " "))


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        *(("Łukasz", "lukasz"), ("Łukasz", "łukasz"), ("Émeraude", "éme"), ("Émeraude", "EMERAUDE")),
        *(("O’Brien", "obrien"), ("O'Brien", "O’Brien"), ("Thornaby-Wisk", "wisk"), ("Straße", "strasse")),
        *(("محمد", "محمد"), ("مُحَمَّد", "محم"), ("Ångström", "angstrom"), ("Nguyễn", "nguyen"), ("Ng", "ng")),
        *(("李", "李 Robin"), ("李小明", "小明"), ("Иванов", "иванов"), ("Ölçer", "Olcer")),
    ],
)
def test_names_of_every_script_are_found_with_and_without_their_marks(
    manager: Client, name: str, typed: str
) -> None:
    person(name)

    assert hits(manager, typed) == [f"Robin {name}"]


@pytest.mark.parametrize("typed", ["07700 900152", "07700900152", "+44 7700 900152", "0044 (0)7700-900152"])
def test_a_telephone_number_in_any_spelling_opens_the_person(manager: Client, typed: str) -> None:
    row = person(own_phone="07700 900152")
    person("Hawthorn", own_phone="07700 900153")

    response = manager.post("/search/", {"search": typed}, follow=True)

    assert response.redirect_chain[-1][0] == f"/episodes/{row.ref}/"


def test_a_number_of_two_people_lists_both_and_says_why(manager: Client) -> None:
    person(own_phone="07700 900152")
    person("Hawthorn", own_phone="+44 7700 900152")

    assert hits(manager, "07700 900152") == ["Robin Hawthorn", "Robin Thornwick"]
    assert "telephone" in found(manager, "07700 900152")


def test_a_number_that_the_service_changed_is_found_and_the_one_before_is_not(manager: Client) -> None:
    row = person(own_phone="07700 900152")
    said = {"own_phone": "07700 900152", "own_email": ""}
    OwnContact.objects.create(
        referral=row.referral, contact_by="phone", own_phone="07700 900160", beside=said, kept_by="kit",
        kept_at=factories.NOW,
    )  # fmt: skip
    other = person("Hawthorn", own_phone="")
    OwnContact.objects.create(
        referral=other.referral, contact_by="phone", own_phone="07700 900170",
        beside={"own_phone": "07700 900170", "own_email": ""}, kept_by="kit", kept_at=factories.NOW,
    )  # fmt: skip

    assert "Robin Thornwick" in found(manager, "07700 900160")
    assert "Nothing found" in found(manager, "07700 900170")


def test_an_email_address_and_a_pnc_number_find_the_person(manager: Client) -> None:
    person(own_email="Robin.T@mail.example", pnc="2003/0062845E")

    for typed in ("robin.t@mail.example", "2003/62845e"):
        assert "Robin Thornwick" in found(manager, typed)


def test_a_referral_that_waits_is_found_by_a_manager_and_by_nobody_else(
    manager: Client, signed_in: Callable[..., Client]
) -> None:
    factories.referral(family_name="Thornwick")

    assert "Referral: " in found(manager, "Thornwick")
    for role in (Role.PRACTITIONER, Role.SUPERVISOR):
        assert "Nothing found" in found(signed_in(role=role), "Thornwick")


def test_a_name_that_could_be_a_reference_is_found_as_a_name(manager: Client) -> None:
    person("Acdefghjkl")

    assert "Robin Acdefghjkl" in found(manager, "Acdefghjkl")


@pytest.mark.parametrize(
    "typed", ["3/7/1985", "03/07/1985", "3 July 1985", "3 jul 1985", "3.7.1985", "3-7-1985", "1985-07-03"]
)
def test_a_date_of_birth_is_found_however_it_is_written(manager: Client, typed: str) -> None:
    person(born=date(1985, 7, 3))
    person("Hawthorn", born=date(1985, 3, 7))

    page = found(manager, typed)

    assert "Robin Thornwick" in page
    assert "Hawthorn" not in page


@pytest.mark.parametrize(
    ("typed", "sentence"), [("31/2/1990", "February"), ("3/1990", "is not a complete date")]
)
def test_a_day_that_is_none_is_refused_with_a_sentence(manager: Client, typed: str, sentence: str) -> None:
    response = manager.post("/search/", {"search": typed}, follow=True)

    assert response.status_code == 422
    assert sentence in text(response)
    assert typed in response.content.decode()


def test_people_who_have_left_are_found_too(manager: Client) -> None:
    factories.episode(
        referral=factories.referral(family_name="Thornwick"), state="left", ended_at=factories.NOW
    )

    assert "Left" in found(manager, "Thornwick")


def test_a_person_of_another_area_is_not_found(manager: Client) -> None:
    row = person(area="southmere")

    for typed in (row.ref, "Thornwick", "28/2/1990"):
        assert "Nothing found" in found(manager, typed)


def test_a_practitioner_finds_only_the_people_allocated_to_them(
    kit_browser: Client, episode: Episode, kit: Account
) -> None:
    person("Exampleton")

    page = found(kit_browser, "Exam")

    assert "Robin Example " in page
    assert "Exampleton" not in page


def test_somebody_kept_from_a_case_does_not_find_it(manager: Client, kit: Account) -> None:
    row = person()
    Exclusion.objects.create(
        case=row.referral.ref, account=kit.ref, allowed=False, reason="Knows them", made_by="carol",
        made_at=factories.NOW,
    )  # fmt: skip

    assert "Nothing found" in found(manager, "Thornwick")


def test_more_than_a_page_is_said_and_not_shown(manager: Client) -> None:
    for _ in range(31):
        person()

    page = found(manager, "Thornwick")

    assert page.count("Robin Thornwick") == 30
    assert "There are more than 30" in page


def test_the_very_name_comes_first_however_many_are_alike(manager: Client) -> None:
    for _ in range(MOST_ALIKE):
        person("Thornwicke")
    person("Thornwick")

    assert hits(manager, "Thornwick")[0] == "Robin Thornwick"


def test_what_is_typed_is_in_no_address_and_in_no_event(manager: Client) -> None:
    person()

    response = manager.post("/search/", {"search": "Thornwick"}, follow=True)

    event = AuditEvent.objects.latest("id")
    assert (event.action, event.row, event.allowed) == ("programme.search", "programme.referral", True)
    ((address, _),) = response.redirect_chain
    assert "Thornwick" not in address
    assert manager.get(address).content == response.content or "Robin Thornwick" in text(manager.get(address))
    assert manager.get("/search/", {"search": "Thornwick"}).content.count(b"Thornwick") == 0


def test_the_address_of_results_opens_nothing_for_another_account(
    manager: Client, signed_in: Callable[..., Client]
) -> None:
    person()
    ((address, _),) = manager.post("/search/", {"search": "Thornwick"}, follow=True).redirect_chain
    other = signed_in(role=Role.MANAGER, account=factories.account(name="Noor Hale"))

    for opened in (
        address,
        f"{address[:-1]}A",
        "/search/?found=x",
        "/search/?found=é%00",
        f"/search/?found={'A' * 60}",
    ):
        assert "Thornwick" not in text(other.get(opened))


def test_nothing_typed_finds_nobody_and_leaves_no_event(manager: Client) -> None:
    person()
    before = AuditEvent.objects.count()

    assert "Thornwick" not in found(manager, "   ")
    assert AuditEvent.objects.count() == before


@pytest.mark.parametrize(
    "typed",
    [
        "%",
        "_",
        "'; DROP TABLE programme_episode; --",
        "\U0010fffd",
        "x" * 101,
        "x" * 10000,
        "a\x00b",
        "'' & !",
        "\\:* |",
        "a\x1bc",
        "👻👻",
        "\u202eabc",
        "12",
        "0770",
        "@",
        "🙂 @x",
    ],
)
def test_odd_words_find_nobody_or_are_refused(manager: Client, typed: str) -> None:
    person()

    response = manager.post("/search/", {"search": typed}, follow=True)

    assert response.status_code in {200, 422}
    assert "Robin Thornwick" not in text(response)


def test_one_letter_is_too_little_and_says_so(manager: Client) -> None:
    person()

    response = manager.post("/search/", {"search": "T"})

    assert response.status_code == 422
    assert "Type at least two letters of the name" in text(response)


def test_ten_thousand_letters_are_too_many_and_it_says_so(manager: Client) -> None:
    response = manager.post("/search/", {"search": "x" * 10_000})

    assert response.status_code == 422
    assert "must be 100 characters or fewer" in text(response)


def test_the_database_reads_words_as_python_does() -> None:
    """Else a name with a rare letter would be found by nothing."""
    letters = [chr(code) for code in range(0x20, 0x3000) if chr(code).isprintable()]
    names = [" ".join(f"x{letter}y" for letter in letters[at : at + 40]) for at in range(0, len(letters), 40)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array(SELECT lexeme FROM unnest(found_by(name, '', NULL, '', '')) WHERE lexeme !~ '^[*~]') "
            "FROM unnest(%s::text[]) WITH ORDINALITY AS given(name, place) ORDER BY place",
            [names],
        )
        kept = [set(row[0]) for row in cursor.fetchall()]

    assert [
        (one, set(words(one)) ^ known)
        for one, known in zip(names, kept, strict=True)
        if set(words(one)) != known
    ] == []


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SUPERVISOR, Role.PRACTITIONER])
def test_nothing_built_from_hidden_people_ever_finds_them_or_says_that_there_are_more(
    role: Role, signed_in: Callable[..., Client], kit: Account, episode: Episode
) -> None:
    """Another area's, one that keeps the actor out, a restricted one, one that nobody let in: under every query."""
    client = signed_in(role=role)
    hidden = [
        person(area="southmere", own_phone="07700 900152", own_email="x@mail.example", aliases=["Night Owl"]),
        person("Quillfeather", own_phone="07700 900153", own_email="y@mail.example", aliases=["Marsh Fox"]),
        person("Ravensloe", own_phone="07700 900154", own_email="z@mail.example", aliases=["Grey Heron"]),
    ]
    Exclusion.objects.create(
        case=hidden[1].referral.ref, account=kit.ref, allowed=False, reason="Knows them", made_by="carol",
        made_at=factories.NOW,
    )  # fmt: skip
    Restriction.objects.create(
        case=hidden[2].referral.ref, reason="An officer", made_by="carol", made_at=factories.NOW
    )
    nobody = plain(client.post("/search/", {"search": "Zzyzzx"}, follow=True))
    for row in hidden:
        one = row.referral
        whole = [one.family_name, *one.aliases, one.own_phone, one.own_email, one.ref, row.ref, "07700900152"]
        parts = [one.family_name[at : at + 4] for at in range(5)]
        slips = [one.family_name[:at] + one.family_name[at + 1 :] for at in range(5)]
        for typed in (*whole, *parts, *slips, f"{one.given_names} {one.family_name}"):
            page = client.post("/search/", {"search": typed}, follow=True)
            assert plain(page) == nobody, typed


def plain(response: Any) -> str:
    """A page without what was typed and what is drawn anew."""
    page = re.sub(r'value="[^"]*"|nonce="[^"]*"', "", response.content.decode())
    return re.sub(r"\s+", " ", page)


def test_every_page_has_the_box_but_those_of_a_role_that_may_not_search_and_what_the_person_sees(
    manager: Client, kit_browser: Client, signed_in: Callable[..., Client], session: Session
) -> None:
    box = b'action="/search/"'

    for address in ("/", "/account/", "/referrals/", "/search/"):
        assert manager.get(address).content.count(box) == 1, address
    assert box in kit_browser.get(f"/sessions/{session.ref}/record/").content
    assert box not in kit_browser.get(f"/sessions/{session.ref}/shared/").content
    for role in (Role.ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER):
        other = signed_in(role=role)
        assert box not in other.get("/account/").content
        assert other.post("/search/", {"search": "Thornwick"}).status_code == 403
