"""The banner of a person's Stalking Protection Order, as the police told it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.programme import factories

from desist.post import payloads
from desist.post.handlers import CannotHandle, Received
from desist.post.models import Partner
from desist.programme.episodes.models import Episode
from desist.programme.orders import commands
from desist.programme.orders.models import Order
from desist.wall import actors

pytestmark = pytest.mark.django_db

NOTICE = payloads.OrderNotice(
    order="token",
    event="served",
    on=date(2026, 2, 3),
    kind="full",
    made_on=date(2026, 2, 2),
    served_on="2026-02-03",
    ends_on="2098-02-01",
    hearing_on="",
    requirements=("To attend twelve sessions",),
    exclusions=("The area on the court’s map A",),
    told_at=factories.NOW,
)


def receive(episode: Episode, notice: payloads.OrderNotice) -> None:
    received = Received(notice, episode.referral.thread, factories.POLICE, factories.NOW, actors.post())
    with transaction.atomic():
        commands.receive(received)


def test_the_order_stands_on_the_persons_page_with_its_next_date(
    episode: Episode, kit_browser: Client
) -> None:
    receive(episode, NOTICE)

    page = kit_browser.get(reverse("episodes:episode", args=[episode.ref])).content.decode()

    assert "Stalking Protection Order, in force" in page
    assert "Next date: 1 February 2098, last day of the order" in page
    assert "To attend twelve sessions" in page


def test_the_newest_notice_takes_the_place_of_the_one_before(episode: Episode) -> None:
    receive(episode, NOTICE)
    receive(episode, replace(NOTICE, event="ended", told_at=factories.NOW + timedelta(days=1)))
    receive(episode, NOTICE)  # comes late: order is not promised

    assert Order.objects.get().event == "ended"


def test_an_ended_order_is_no_banner(episode: Episode, kit_browser: Client) -> None:
    receive(episode, replace(NOTICE, event="ended"))

    page = kit_browser.get(reverse("episodes:episode", args=[episode.ref])).content.decode()

    assert "Stalking Protection Order" not in page


@pytest.mark.parametrize(
    ("hearing", "ends", "words"),
    [(1, 40, "hearing"), (-1, 40, "last day of the order"), (50, 40, "last day of the order")],
)
def test_the_next_date_is_the_nearest_that_lies_ahead(
    episode: Episode, kit_browser: Client, hearing: int, ends: int, words: str
) -> None:
    today = timezone.localdate()
    days = {"hearing_on": today + timedelta(days=hearing), "ends_on": today + timedelta(days=ends)}
    receive(episode, replace(NOTICE, **{name: day.isoformat() for name, day in days.items()}))  # type: ignore[arg-type]  # the fields are texts

    page = kit_browser.get(reverse("episodes:episode", args=[episode.ref])).content.decode()

    assert f", {words}." in page


def test_a_notice_of_somebody_unknown_is_refused(police: Partner, episode: Episode) -> None:
    received = Received(NOTICE, "another thread", factories.POLICE, factories.NOW, actors.post())

    with pytest.raises(commands.UnknownThread):
        commands.receive(received)


def test_a_day_that_is_no_date_is_refused(episode: Episode, signed_in: Callable[..., Client]) -> None:
    with pytest.raises(CannotHandle, match="not a date"):
        receive(episode, replace(NOTICE, ends_on="soon"))
