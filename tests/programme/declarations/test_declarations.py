"""The yearly declaration of interests in the programme: asked for, due, kept from the case, and seen by the manager."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests import staff
from tests.programme.reading import text

from desist.accounts.models import Account
from desist.declarations.models import InterestDeclaration
from desist.programme.episodes.models import Episode
from desist.references import spoken
from desist.wall.actors import Role
from desist.wall.models import Exclusion

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys")]

PAGE = "/declarations/"
ASKED = "Declare your interests"


def declared(account: Account, *, days: int) -> None:
    """Move the account's declarations to so many days ago."""
    InterestDeclaration.objects.filter(account=account.ref).update(
        declared_at=timezone.now() - timedelta(days=days)
    )


def undeclared(account: Account) -> None:
    """Name an account that never declared; roles are given long ago in these tests."""
    InterestDeclaration.objects.filter(account=account.ref).update(area="Elsewhere")


@pytest.fixture
def ola(db: None) -> Account:
    account = staff.account(name="Ola Reed")
    staff.grant(account=account, role=Role.MANAGER)
    return account


@pytest.fixture
def manager(ola: Account) -> Client:
    return staff.browser(account=ola, role=Role.MANAGER)


def test_to_do_asks_four_weeks_before_the_year_ends_and_stops_after_the_answer(
    kit_browser: Client, kit: Account
) -> None:
    declared(kit, days=330)
    assert ASKED not in text(kit_browser.get("/"))

    declared(kit, days=340)
    assert ASKED in text(kit_browser.get("/"))

    answer = kit_browser.post(PAGE, {"answer": "nothing", "form_submission": "a"}, follow=True)

    assert "Declared. You are asked again in a year." in text(answer)
    assert "Nothing to declare" in text(answer)
    assert ASKED not in text(kit_browser.get("/"))


def test_a_colleague_who_never_declared_is_asked_at_once_and_is_late_after_two_weeks(
    kit_browser: Client, kit: Account, manager: Client
) -> None:
    undeclared(kit)

    assert ASKED in text(kit_browser.get("/"))
    assert "Your declaration was due on" in text(kit_browser.get(PAGE))
    assert "1 colleague owes their declaration of interests" in text(manager.get("/"))
    page = text(manager.get(PAGE))
    assert "1 of 1 owes a declaration." in page
    assert "Kit Marlow Never" in page


def test_a_case_that_is_named_is_kept_from_its_practitioner_until_the_manager_checked_it(
    kit_browser: Client, kit: Account, manager: Client, episode: Episode
) -> None:
    person = f"/episodes/{episode.ref}/"
    assert kit_browser.get(person).status_code == 200
    sent = {"answer": "knows", "case": spoken(episode.ref), "form_submission": "a"}

    kit_browser.post(PAGE, sent)

    assert kit_browser.get(person).status_code == 404
    assert Exclusion.objects.get(account=kit.ref).case == episode.referral.ref
    words = f"Kit Marlow declared an interest in {spoken(episode.ref)}"
    assert words in text(manager.get("/"))
    row = InterestDeclaration.objects.exclude(case="").get()
    assert "Checked" in text(manager.post(f"{PAGE}{row.ref}/check/", follow=True))
    assert words not in text(manager.get("/"))


def test_the_answer_is_the_same_for_a_case_that_is_not_here(
    signed_in: Callable[..., Client], episode: Episode
) -> None:
    def answer(name: str, case: str) -> str:
        browser = signed_in(account=staff.account(name=name))
        sent = {"answer": "knows", "case": case, "form_submission": case}
        page = text(browser.post(PAGE, sent, follow=True))
        return page.replace(case, "THE CASE").replace(name, "NAME")

    here = answer("Ines Vale", spoken(episode.ref))

    assert "An interest in THE CASE" in here
    assert here == answer("Sol Arden", "ACDE-FGHJ-KL")
    assert Exclusion.objects.get().case == episode.referral.ref


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"answer": ""}, "Say whether you know anyone"),
        ({"answer": "knows"}, "Enter"),
        ({"answer": "knows", "case": "Robin Hollow"}, "Enter a case reference of ten letters and digits"),
    ],
)
def test_bad_input_gets_a_sentence_and_keeps_what_was_typed(
    kit_browser: Client, sent: dict[str, str], said: str
) -> None:
    before = InterestDeclaration.objects.count()
    answer = kit_browser.post(PAGE, sent)

    assert answer.status_code == 422
    assert said in text(answer)
    assert sent.get("case", "") in answer.content.decode()
    assert InterestDeclaration.objects.count() == before


def test_a_manager_who_is_kept_from_the_case_hears_nothing_of_it(
    kit_browser: Client, manager: Client, ola: Account, episode: Episode
) -> None:
    Exclusion.objects.create(
        case=episode.referral.ref,
        account=ola.ref,
        allowed=False,
        reason="",
        made_by="c",
        made_at=timezone.now(),
    )
    kit_browser.post(PAGE, {"answer": "knows", "case": episode.ref, "form_submission": "a"})

    assert spoken(episode.ref) not in text(manager.get("/"))
    assert spoken(episode.ref) not in text(manager.get(PAGE))
    row = InterestDeclaration.objects.exclude(case="").get()
    assert manager.post(f"{PAGE}{row.ref}/check/").status_code == 404


def test_a_practitioner_sees_no_colleague(signed_in: Callable[..., Client], ola: Account) -> None:
    page = text(signed_in().get(PAGE))

    assert "Your team" not in page
    assert ola.name not in page
