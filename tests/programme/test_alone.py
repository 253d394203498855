"""A programme with nobody behind a referral promises no alert anywhere, and says afterwards that none was sent."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.programme import factories
from tests.programme.agreement.test_views import WITHDRAWS, agreed
from tests.programme.reading import text

from desist.post.models import Outbox
from desist.programme.episodes.models import Episode
from desist.programme.referrals.models import Referral
from desist.wall.actors import Role

pytestmark = pytest.mark.django_db

NONE = "None was sent: no partner organisation is linked to the referral"
TELEPHONE = "no alert is sent: telephone the police yourself"
PROMISES = (
    "alert is on its way",
    "alert goes out at once",
    "alert is sent immediately",
    "alert is sent with your number",
    "alert gives this number",
    "alert asks the duty desk",
    "desk on the other side",
)


@pytest.fixture
def alone(episode: Episode) -> Episode:
    """Robin, whose referral was typed in here for nobody."""
    Referral.objects.update(partner="")
    return Episode.objects.get(pk=episode.pk)


def read(browser: Client, address: str) -> str:
    """A page that promises nothing."""
    page = text(browser.get(address))
    assert not [words for words in PROMISES if words in page], address
    return page


def test_a_withdrawal(kit_browser: Client, alone: Episode) -> None:
    agreed(kit_browser, alone)
    asked = read(kit_browser, f"/agreement/{alone.ref}/withdraw/")

    said = text(kit_browser.post(f"/agreement/{alone.ref}/withdraw/", WITHDRAWS, follow=True))

    assert TELEPHONE in asked
    assert "No alert was sent" in said
    assert NONE in said
    assert "None: no partner organisation is linked to the referral" in said
    assert not Outbox.objects.exists()


def test_a_leaving(kit_browser: Client, alone: Episode) -> None:
    asked = read(kit_browser, f"/leaving/{alone.ref}/end/")
    factories.leaving(
        episode=alone, by="person", reason="withdrew", state="ended", ended_at=factories.NOW, held_until=None
    )

    assert TELEPHONE in asked
    assert NONE in read(kit_browser, f"/leaving/{alone.ref}/")


def test_a_follow_up(kit_browser: Client, alone: Episode) -> None:
    later = factories.later(episode=alone)

    assert TELEPHONE in read(kit_browser, f"/followups/{later.ref}/record/")


def test_a_safety_check(kit_browser: Client, alone: Episode) -> None:
    measure = factories.measure(episode=alone, instrument="phq-9", flagged=True)

    assert TELEPHONE in read(kit_browser, f"/measures/{measure.ref}/safety/")


def test_a_concern(kit_browser: Client, alone: Episode) -> None:
    assert TELEPHONE in read(kit_browser, f"/concerns/of/{alone.ref}/raise/")


def test_a_concern_that_was_raised_waits_for_nobody(
    alone: Episode, kit_browser: Client, signed_in: Callable[..., Client]
) -> None:
    concern = factories.concern(session=factories.session(episode=alone))
    manager = signed_in(role=Role.MANAGER)
    close = f"/concerns/{concern.ref}/close/"

    for page in (read(kit_browser, "/concerns/"), read(manager, close)):
        assert NONE.capitalize() in page
        assert "Waiting" not in page
    assert "No alert was sent. Why can the concern be closed anyway?" in text(manager.get(close))
    assert "Open concerns None 1" in text(manager.get("/service/"))


def test_with_a_partner_it_is_promised_and_said(kit_browser: Client, episode: Episode) -> None:
    agreed(kit_browser, episode)
    asked = text(kit_browser.get(f"/agreement/{episode.ref}/withdraw/"))
    kit_browser.post(f"/agreement/{episode.ref}/withdraw/", WITHDRAWS)

    assert "An alert is sent immediately" in asked
    assert "Sent: nobody has acknowledged it yet" in text(kit_browser.get(f"/agreement/{episode.ref}/"))
