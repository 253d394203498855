"""A search asks for enough of a name, for not too many in an hour, and says where someone looks for themselves."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests import staff
from tests.programme import factories
from tests.programme.reading import text

from desist.accounts import searching
from desist.accounts.alerts.models import AccountAlert
from desist.accounts.models import Account
from desist.wall.actors import Role

pytestmark = pytest.mark.django_db

PAGES = ("/search/", "/concerns/find/")


@pytest.fixture
def manager(kit: Account) -> Client:
    """Kit Marlow, who manages."""
    return staff.browser(account=kit, role=Role.MANAGER)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "LIMIT", 3)


def alerts() -> list[tuple[str, str, int]]:
    return list(AccountAlert.objects.values_list("account", "kind", "count"))


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("typed", ["T", "  t ", "t-", "K7"])
def test_less_than_two_letters_is_refused_in_words_and_finds_nobody(
    manager: Client, page: str, typed: str
) -> None:
    factories.episode(referral=factories.referral(family_name="Thornwick", state="received"))

    answer = manager.post(page, {"search": typed})

    assert answer.status_code == 422
    assert "Type at least two letters of the name" in text(answer)
    assert typed.strip() in answer.content.decode()


@pytest.mark.parametrize("typed", ["Ng", "Tho", "Łod", "محم", "李", "28/2/1990"])
def test_two_letters_of_any_writing_or_a_whole_day_are_enough(manager: Client, typed: str) -> None:
    assert manager.post("/search/", {"search": typed}, follow=True).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_two_letters_find_a_whole_name_alone(manager: Client, page: str) -> None:
    """Nobody leafs through all the people by the beginnings of their names."""
    for name in ("Thornwick", "Th"):
        factories.episode(referral=factories.referral(family_name=name))

    assert "Thornwick" not in text(manager.post(page, {"search": "Th"}, follow=True))


@pytest.mark.usefixtures("few")
def test_the_limit_counts_all_pages_together_refuses_in_words_and_is_told(
    manager: Client, kit: Account
) -> None:
    factories.episode(referral=factories.referral(family_name="Thornwick"))
    found = [manager.post(page, {"search": "Thorn"}, follow=True) for page in (*PAGES, "/search/")]

    refused = [manager.post("/search/", {"search": "Thorn"}) for _ in range(2)]

    assert [answer.status_code for answer in (*found, *refused)] == [200, 200, 200, 422, 422]
    assert "which is as often as anyone may" in text(refused[0])
    assert "Thornwick" not in text(refused[0])
    assert 'value="Thorn"' in refused[0].content.decode()
    assert alerts() == [(kit.ref, "searches", 2)]


@pytest.mark.usefixtures("few")
def test_another_person_is_not_held_up_and_signing_in_again_does_not_help(
    signed_in: Callable[..., Client], kit: Account
) -> None:
    for _ in range(3):
        staff.browser(account=kit, role=Role.MANAGER).post("/search/", {"search": "Thorn"})
    other = staff.browser(account=staff.account(name="Ines Vale"), role=Role.MANAGER)

    assert (
        staff.browser(account=kit, role=Role.MANAGER).post("/search/", {"search": "Tho"}).status_code == 422
    )
    assert other.post("/search/", {"search": "Thorn"}, follow=True).status_code == 200


@pytest.mark.parametrize("typed", ["Marlow", " marlow ", "Kit Marlow", "MARLOW, Kit"])
def test_who_searches_their_own_name_finds_as_ever_and_is_told_of(
    manager: Client, kit: Account, typed: str
) -> None:
    factories.episode(referral=factories.referral(family_name="Marlow"))

    assert manager.post("/search/", {"search": typed}, follow=True).status_code == 200

    assert alerts() == [(kit.ref, "own_search", 1)]


@pytest.mark.parametrize("page", PAGES)
def test_who_searches_their_own_address_is_told_of(manager: Client, kit: Account, page: str) -> None:
    """Nothing else of a member of staff is kept: no telephone number and no home address."""
    Account.objects.filter(pk=kit.pk).update(email="kit.marlow@service.example")

    manager.post(page, {"search": "Is it Kit.Marlow@Service.example?"})

    assert alerts() == [(kit.ref, "own_search", 1)]


@pytest.mark.parametrize("typed", ["Marl", "Harrow", "Kitson", "Kit"])
def test_another_name_is_nobodys_own(manager: Client, typed: str) -> None:
    manager.post("/search/", {"search": typed})

    assert alerts() == []
