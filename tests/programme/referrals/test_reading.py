"""Anyone who works with a person reads their referral and its files; nobody else who does not decide on it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from psycopg.types.range import TimestamptzRange
from tests import staff
from tests.programme import factories
from tests.programme.reading import text

from desist.accounts.models import Account
from desist.programme.episodes.models import Allocation, Episode
from desist.programme.referrals.models import Referral
from desist.references import reference
from desist.wall.actors import Role
from desist.wall.models import Exclusion, Restriction

pytestmark = pytest.mark.django_db


@pytest.fixture
def referral(episode: Episode) -> Referral:
    """What the police said of Robin."""
    said = {
        "own_phone": "01632 960 321",
        "risk_kinds": ["weapons", "alone"],
        "risks_to_staff": "Followed a duty solicitor home in 2024.",
        "need_kinds": ["interpreter", "autism"],
        "language": "Welsh",
        "orders": ["restraining 2027-03-01"],
    }
    Referral.objects.filter(pk=episode.referral.pk).update(**said)
    return Referral.objects.get(pk=episode.referral.pk)


def addresses(referral: Referral, episode: Episode) -> list[str]:
    file = factories.attachment(referral=referral)
    return [
        *(f"/referrals/{referral.ref}/", f"/referrals/of/{episode.ref}/", f"/attachments/{referral.ref}/"),
        *(f"/attachments/file/{file.ref}/", f"/attachments/file/{file.ref}/look/"),
    ]


def statuses(browser: Client, pages: list[str]) -> set[int]:
    return {browser.get(page).status_code for page in pages}


def absent(browser: Client, pages: list[str]) -> bool:
    """Whether every page is absent, byte for byte as one of a row that never was."""
    answers = []
    for page in pages:
        ref = next(part for part in reversed(page.split("/")) if part not in {"", "look"})
        there, nowhere = browser.get(page), browser.get(page.replace(ref, reference()))
        answers.append(there.status_code == 404 and there.content == nowhere.content)
    return all(answers)


def test_whoever_works_with_a_person_reads_what_the_police_said(
    kit_browser: Client, referral: Referral, episode: Episode
) -> None:
    pages = addresses(referral, episode)

    assert statuses(kit_browser, pages) == {200}
    page = text(kit_browser.get(f"/referrals/of/{episode.ref}/"))
    for words in ("01632 960 321", "Weapons", "Followed a duty solicitor home", "Welsh", "Restraining order"):
        assert words in page
    assert "Reports to the station" in text(kit_browser.get(pages[-1]))


def test_the_persons_page_leads_to_the_referral(kit_browser: Client, episode: Episode) -> None:
    assert f"/referrals/of/{episode.ref}/" in kit_browser.get(f"/episodes/{episode.ref}/").content.decode()


def test_who_does_not_work_with_the_person_finds_nothing(
    signed_in: Callable[..., Client], referral: Referral, episode: Episode
) -> None:
    noor = staff.account(name="Noor Hale")
    factories.practitioner(account=noor)
    pages = addresses(referral, episode)

    assert absent(signed_in(account=noor), pages)
    Allocation.objects.update(ended_at=factories.NOW, reason="capacity")
    assert absent(signed_in(), pages)


def test_whoever_stands_in_reads_it_too(
    signed_in: Callable[..., Client], referral: Referral, episode: Episode
) -> None:
    noor = factories.practitioner(account=staff.account(name="Noor Hale"))
    leave = factories.leave(practitioner=episode.allocations.get().practitioner)
    Allocation.objects.create(
        episode=episode, practitioner=noor, made_by="carol", made_at=factories.NOW, leave=leave
    )

    browser = signed_in(account=Account.objects.get(ref=noor.ref))

    assert statuses(browser, addresses(referral, episode)) == {200}


@pytest.mark.parametrize("role", [Role.PRACTITIONER, Role.SUPERVISOR, Role.MANAGER])
@pytest.mark.parametrize("kept", ["excluded", "restricted"])
def test_who_is_kept_from_the_case_finds_nothing(
    role: Role, kept: str, signed_in: Callable[..., Client], referral: Referral
) -> None:
    said = {"case": referral.ref, "reason": "x", "made_by": "carol", "made_at": factories.NOW}
    if kept == "restricted":
        Restriction.objects.create(**said)
    else:
        worker = referral.episode.allocations.get().practitioner.ref
        Exclusion.objects.create(account=worker, allowed=False, **said)

    assert absent(signed_in(role=role), addresses(referral, referral.episode))


@pytest.mark.parametrize("role", [Role.PRACTITIONER, Role.SUPERVISOR])
def test_a_referral_without_anybody_on_the_programme_is_for_whoever_decides(
    role: Role, signed_in: Callable[..., Client], own_keys: None
) -> None:
    waiting = factories.referral()
    file = factories.attachment(referral=waiting)
    pages = [f"/referrals/{waiting.ref}/", f"/attachments/{waiting.ref}/", f"/attachments/file/{file.ref}/"]

    assert absent(signed_in(role=role), pages)
    assert statuses(signed_in(role=Role.MANAGER), pages) == {200}


def test_a_supervisor_reads_the_referral_of_a_person_on_the_programme(
    signed_in: Callable[..., Client], referral: Referral, episode: Episode
) -> None:
    assert statuses(signed_in(role=Role.SUPERVISOR), addresses(referral, episode)) == {200}


def test_only_whoever_decides_reads_who_else_was_referred(
    signed_in: Callable[..., Client], referral: Referral, episode: Episode
) -> None:
    factories.referral(received_at=factories.NOW)  # the same name and birthday

    page = f"/referrals/{referral.ref}/"

    assert "This person may already have been referred" in text(signed_in(role=Role.MANAGER).get(page))
    assert "This person may already have been referred" not in text(signed_in().get(page))


def test_only_a_manager_attaches(kit_browser: Client, referral: Referral, episode: Episode) -> None:
    address = f"/attachments/{referral.ref}/"

    assert "A manager can attach further files." in text(kit_browser.get(address))
    file = SimpleUploadedFile("note.txt", b"Reports on Mondays.", "text/plain")
    assert kit_browser.post(address, {"file": file, "read": "on"}).status_code == 403
    assert not referral.attachments.exists()


def test_the_preparation_says_who_sits_there(
    kit_browser: Client, referral: Referral, episode: Episode
) -> None:
    factories.rating(episode=episode, result="High; escalating")
    factories.goal(episode=episode, words="No drive past the shop")
    factories.goal(episode=episode, words="Reached long ago", state="reached")
    factories.order(
        referral=referral,
        served_on=factories.NOW.date(),
        ends_on=factories.NOW.date() + timedelta(days=300),
        requirements=["Attend twelve sessions"],
        exclusions=["Any street of Market Row"],
    )
    coming = factories.session(episode=episode)

    page = text(kit_browser.get(f"/sessions/{coming.ref}/prepare/"))

    for words in (
        *("Do not see alone", "Followed a duty solicitor home", "Interpreter", "Autism", "Welsh"),
        *("Restraining order, until", "Attend twelve sessions", "Any street of Market Row"),
        *("High; escalating", "No drive past the shop", "01632 960 321"),
    ):
        assert words in page
    assert "Reached long ago" not in page
    assert "the referral" in page
    shared = text(kit_browser.get(f"/sessions/{coming.ref}/shared/"))
    assert "Followed a duty solicitor home" not in shared


def test_the_preparation_says_so_where_nothing_is_known(kit_browser: Client, episode: Episode) -> None:
    coming = factories.session(episode=episode)

    page = text(kit_browser.get(f"/sessions/{coming.ref}/prepare/"))

    assert "Risks to staff None known" in page
    assert "None recorded" in page
    assert "None set" in page


def test_every_page_that_books_or_opens_a_first_meeting_says_who_sits_there(
    kit_browser: Client, referral: Referral, episode: Episode
) -> None:
    start = timezone.now() + timedelta(days=1)
    row = factories.session(episode=episode, period=TimestamptzRange(start, start + timedelta(hours=1)))
    appointed = factories.assessment(episode=episode)
    pages = [
        *(f"/assessments/of/{episode.ref}/appoint/", f"/assessments/{appointed.ref}/"),
        *(f"/assessments/{appointed.ref}/move/", f"/planner/{episode.ref}/plan/"),
        *(f"/rescheduling/{episode.ref}/add/", f"/rescheduling/{row.ref}/move/"),
    ]

    for address in pages:
        page = text(kit_browser.get(address))
        for words in ("Do not see alone", "Followed a duty solicitor home", "Interpreter", "01632 960 321"):
            assert words in page, address
        assert "Staff only" in page


def test_an_assessment_that_is_over_says_what_was_found_and_nothing_of_how_to_meet(
    kit_browser: Client, referral: Referral, episode: Episode
) -> None:
    over = factories.assessment(
        episode=episode, state="finished", ended_by="carol", ended_at=factories.NOW, story="As they tell it"
    )

    page = text(kit_browser.get(f"/assessments/{over.ref}/"))

    assert "As they tell it" in page
    assert "Do not see alone" not in page


def test_the_overview_says_the_risks_to_staff_in_the_words_of_the_referral(
    kit_browser: Client, referral: Referral, episode: Episode
) -> None:
    page = text(kit_browser.get(f"/episodes/{episode.ref}/"))

    assert "Risks to staff Do not see alone; Weapons. Followed a duty solicitor home" in page
    assert page.index("Risks to staff") < page.index("Orders")


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ({"risk_kinds": ["none"], "risks_to_staff": ""}, "None known"),
        ({"risk_kinds": ["none"], "risks_to_staff": "A dog at the address."}, "A dog at the address."),
        ({"risk_kinds": ["a code of later"], "risks_to_staff": ""}, "None known"),
    ],
)
def test_the_overview_says_no_risk_where_none_is_known(
    kit_browser: Client, referral: Referral, episode: Episode, said: dict[str, object], line: str
) -> None:
    Referral.objects.update(**said)

    page = text(kit_browser.get(f"/episodes/{episode.ref}/"))

    assert f"Risks to staff {line}" in page
