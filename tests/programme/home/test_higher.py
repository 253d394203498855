"""A higher judgement of risk reaches at once whom its rater chose, and asks for the alert until it is sent."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.programme import factories
from tests.programme.reading import text

from desist.programme.episodes.models import Episode
from desist.programme.risk.models import RiskRating
from desist.wall.actors import Role

pytestmark = pytest.mark.django_db

TOLD = "Robin Example : read the higher judgement of risk"
ALERT = "alert the referrer now: the judgement of risk is higher, and nobody has"


def higher(episode: Episode, *alerting: str, days: int = 0) -> RiskRating:
    at = timezone.now() - timedelta(days=days, minutes=5)
    said = {"compared": "higher", "alerting": list(alerting), "recorded_at": at}
    return factories.rating(
        episode=episode, rated_on=at.date(), review_on=at.date() + timedelta(days=90), **said
    )


@pytest.mark.parametrize(("role", "code"), [(Role.MANAGER, "manager"), (Role.SUPERVISOR, "supervisor")])
def test_who_was_chosen_reads_of_it_at_once_and_nobody_else(
    signed_in: Callable[..., Client], episode: Episode, role: Role, code: str
) -> None:
    reader = signed_in(role=role, account=factories.account(name="Ola Reed"))
    rating = higher(episode, "agency")
    assert "higher judgement" not in text(reader.get("/"))

    RiskRating.objects.filter(pk=rating.pk).update(alerting=[code])

    page = text(reader.get("/"))
    assert TOLD in page
    assert ALERT not in page
    assert page.index("New for you") < page.index(TOLD)


def test_after_a_week_or_once_it_was_struck_out_it_is_no_longer_new(
    signed_in: Callable[..., Client], episode: Episode
) -> None:
    reader = signed_in(role=Role.MANAGER, account=factories.account(name="Ola Reed"))
    higher(episode, "manager", days=8)
    assert TOLD not in text(reader.get("/"))

    rating = higher(episode, "manager")
    assert TOLD in text(reader.get("/"))
    RiskRating.objects.filter(pk=rating.pk).update(
        struck_reason="Another person", struck_by="carol", struck_at=timezone.now()
    )
    assert TOLD not in text(reader.get("/"))


def test_the_alert_to_the_referrer_is_asked_for_until_a_concern_is_raised(
    kit_browser: Client, episode: Episode
) -> None:
    higher(episode, "referrer", days=9)

    page = text(kit_browser.get("/"))
    assert f"Robin Example : {ALERT}" in page
    assert page.index("Today") < page.index(ALERT)

    factories.concern(referral=episode.referral, raised_at=timezone.now())
    assert ALERT not in text(kit_browser.get("/"))


def test_no_alert_is_asked_for_where_no_partner_could_get_it(kit_browser: Client, episode: Episode) -> None:
    higher(episode, "referrer")
    episode.referral.partner = ""
    episode.referral.save()

    assert ALERT not in text(kit_browser.get("/"))
