"""Finding somebody: by reference, family name or date of birth, among those whom one may see, leaving no trace."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from tests.programme import factories
from tests.programme.reading import text

from desist.accounts.models import Account
from desist.programme.episodes.models import Episode
from desist.references import spoken
from desist.wall.actors import Role
from desist.wall.models import AuditEvent, Exclusion

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(signed_in: Callable[..., Client]) -> Client:
    return signed_in(role=Role.MANAGER)


def person(family_name: str = "Thornwick", **fields: Any) -> Episode:
    return factories.episode(referral=factories.referral(family_name=family_name, **fields))


def found(client: Client, words: str) -> str:
    response = client.post("/search/", {"search": words})
    assert response.status_code == 200
    return text(response)


@pytest.mark.parametrize("way", ["as stored", "as spoken", "with spaces"])
def test_a_reference_is_found_however_it_is_typed(manager: Client, way: str) -> None:
    row = person()
    typed = {"as stored": row.ref, "as spoken": spoken(row.ref), "with spaces": f" {row.ref.upper()} "}[way]

    assert "Robin Thornwick" in found(manager, typed)


@pytest.mark.parametrize("typed", ["Thornwick", "thorn", "THORNW", " Thornwick "])
def test_a_family_name_is_found_by_its_beginning_whatever_its_case(manager: Client, typed: str) -> None:
    person()
    person("Hawthorn")

    page = found(manager, typed)

    assert "Robin Thornwick" in page
    assert "Hawthorn" not in page


def test_a_name_that_could_be_a_reference_is_found_as_a_name(manager: Client) -> None:
    person("Acdefghjkl")

    assert "Robin Acdefghjkl" in found(manager, "Acdefghjkl")


@pytest.mark.parametrize("typed", ["3/7/1985", "03/07/1985", "3 July 1985", "3.7.1985", "3-7-1985"])
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
    response = manager.post("/search/", {"search": typed})

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
        assert "Nobody found" in found(manager, typed)


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

    assert "Nobody found" in found(manager, "Thornwick")


def test_more_than_a_page_is_said_and_not_shown(manager: Client) -> None:
    for _ in range(31):
        person()

    page = found(manager, "Thornwick")

    assert page.count("Robin Thornwick") == 30
    assert "There are more than 30" in page


def test_what_is_typed_is_in_no_address_and_in_no_event(manager: Client) -> None:
    person()

    response = manager.post("/search/", {"search": "Thornwick"})

    event = AuditEvent.objects.latest("id")
    assert (event.action, event.row, event.allowed) == ("programme.search", "programme.episode", True)
    assert "search=" not in response.content.decode()
    assert manager.get("/search/", {"search": "Thornwick"}).content.count(b"Thornwick") == 0


def test_nothing_typed_finds_nobody_and_leaves_no_event(manager: Client) -> None:
    person()
    before = AuditEvent.objects.count()

    assert "Thornwick" not in found(manager, "   ")
    assert AuditEvent.objects.count() == before


@pytest.mark.parametrize("typed", ["%", "_", "'; DROP TABLE programme_episode; --", "\U0010fffd", "x" * 101])
def test_odd_words_find_nobody_or_are_refused(manager: Client, typed: str) -> None:
    person()

    response = manager.post("/search/", {"search": typed})

    assert response.status_code in {200, 422}
    assert "Robin Thornwick" not in text(response)


def test_a_name_with_an_accent_is_found_in_either_case(manager: Client) -> None:
    person("Émeraude", completed_at=factories.NOW - timedelta(days=1))

    assert "Robin Émeraude" in found(manager, "éme")
