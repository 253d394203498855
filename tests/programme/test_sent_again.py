"""A drawn form that is sent again word for word leads where it led; anything else is looked at anew."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests import staff
from tests.programme import factories

from desist.programme.episodes.models import Episode
from desist.programme.leaving.models import Leaving
from desist.programme.practitioners.models import Practitioner
from desist.ui.repeats import KEPT, SENT

pytestmark = pytest.mark.django_db

LEFT = {
    "by": "person",
    "person_reason": "withdrew",
    "contact": "01632 960 009",
    "note": "Said so by text.",
    "form_version": "1",
    "form_submission": "one",
    "confirm": "withdrew.0.0.01632 960 009",
    "csrfmiddlewaretoken": "of-this-page",
}


def send(browser: Client, episode: Episode, **changed: str) -> Any:
    """Send the form as a browser does, which is not as the parts of a file are sent."""
    sent = "&".join(f"{name}={value.replace(' ', '+')}" for name, value in {**LEFT, **changed}.items())
    address = f"/leaving/{episode.ref}/end/"
    return browser.post(address, sent, content_type="application/x-www-form-urlencoded")


def test_the_same_form_leads_to_the_same_place_and_is_done_once(
    kit_browser: Client, episode: Episode
) -> None:
    first, again = send(kit_browser, episode), send(kit_browser, episode)

    assert (first.status_code, again.status_code) == (302, 302)
    assert again["Location"] == first["Location"]
    assert Leaving.objects.count() == 1


@pytest.mark.parametrize("changed", [{"note": "Something else"}, {"csrfmiddlewaretoken": "of-another-page"}])
def test_other_words_and_another_page_are_looked_at_anew(
    kit_browser: Client, episode: Episode, changed: dict[str, str]
) -> None:
    send(kit_browser, episode)

    again = send(kit_browser, episode, **changed)

    assert again.status_code == 422
    assert LEFT["note"] == Leaving.objects.get().note


def test_what_was_refused_is_looked_at_anew(kit_browser: Client, episode: Episode) -> None:
    assert send(kit_browser, episode, by="").status_code == 422
    assert send(kit_browser, episode, by="").status_code == 422
    assert SENT not in kit_browser.session


def test_what_one_sent_is_nothing_to_another(
    kit_browser: Client, signed_in: Callable[..., Client], episode: Episode
) -> None:
    send(kit_browser, episode)

    stranger = signed_in(account=staff.account(name="Rowan Example"))

    assert (
        send(stranger, episode).status_code == 404
    )  # to whoever does not work with the person nothing is known


def test_the_last_forms_are_remembered_and_not_a_word_of_them(kit_browser: Client, episode: Episode) -> None:
    who = Practitioner.objects.get()
    for number in range(KEPT + 3):
        other = factories.episode(referral=factories.referral(), practitioner=who)
        assert send(kit_browser, other, form_submission=str(number)).status_code == 302

    kept = kit_browser.session[SENT]
    assert len(kept) == KEPT
    assert "Said" not in str(kept)
