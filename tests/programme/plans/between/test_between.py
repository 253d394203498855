"""How a person works between the sessions: on paper alone, which print, and the words for the place."""

import pytest
from django.test import Client
from tests.programme import factories
from tests.programme.reading import text

from desist.programme.episodes.models import Episode
from desist.programme.plans.between import queries
from desist.programme.plans.between.commands import Setting
from desist.programme.plans.between.models import BetweenSessions

pytestmark = pytest.mark.django_db

SET = {"on_paper": "yes", "because": "order", "edition": "large", "place": "the usual room"}


def choose(browser: Client, episode: Episode, version: int = 0, **changes: str) -> str:
    """Set it, and return what the page after it says."""
    sent = {**SET, "form_version": str(version), "form_submission": f"{version}-{changes}"[:60], **changes}
    return text(browser.post(f"/between/{episode.ref}/", sent, follow=True))


def test_work_on_paper_alone_is_said_on_the_page_of_the_sheets(kit_browser: Client, episode: Episode) -> None:
    page = choose(kit_browser, episode)

    assert "Works on paper alone An order bans or limits phones or computers" in page
    assert "the place is “the usual room”" in page
    assert queries.of_episode(episode=episode) == Setting("order", "large", "the usual room")


def test_without_a_setting_people_have_paper_and_phone_in_standard_print(episode: Episode) -> None:
    assert queries.of_episode(episode=episode) == Setting()
    assert not Setting().on_paper


def test_the_same_setting_again_changes_nothing(kit_browser: Client, episode: Episode) -> None:
    choose(kit_browser, episode)
    choose(kit_browser, episode, version=0)

    assert BetweenSessions.objects.get().version == 1


def test_of_two_who_set_it_the_second_is_told_and_keeps_the_answers(
    kit_browser: Client, episode: Episode
) -> None:
    choose(kit_browser, episode)

    sent = {**SET, "form_version": "0", "form_submission": "second", "place": "the small room"}
    page = kit_browser.post(f"/between/{episode.ref}/", sent).content.decode()

    assert "a colleague changed this first" in page
    assert 'value="the small room"' in page
    choose(kit_browser, episode, version=1, on_paper="no", because="", place="the small room")
    assert queries.of_episode(episode=episode) == Setting("", "large", "the small room")


def test_paper_alone_has_a_reason(kit_browser: Client, episode: Episode) -> None:
    assert "Choose why they work on paper alone" in choose(kit_browser, episode, because="")
    assert not BetweenSessions.objects.exists()


def test_an_address_is_not_kept_as_the_words_for_the_place(kit_browser: Client, episode: Episode) -> None:
    page = choose(kit_browser, episode, place="12 Quarry Lane")

    assert "looks like an address" in page
    assert not BetweenSessions.objects.exists()


def test_an_order_in_force_is_a_reason_to_ask(kit_browser: Client, episode: Episode) -> None:
    before = text(kit_browser.get(f"/paper/{episode.ref}/"))
    factories.order(referral=episode.referral)

    assert "An order is in force" not in before
    assert "An order is in force. If it bans" in text(kit_browser.get(f"/paper/{episode.ref}/"))
