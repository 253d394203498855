"""An order that comes after a phone was allowed: staff are told at once, nothing goes to the device, and nothing is allowed anew."""

import re
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.utils import timezone
from tests.programme import factories
from tests.programme.orders.test_orders import NOTICE
from tests.programme.reading import text

from desist.post.handlers import Received
from desist.programme.episodes.models import Episode
from desist.programme.orders import commands as orders
from desist.programme.phones.models import Phone
from desist.programme.plans.between.models import BetweenSessions
from desist.programme.service.reminders import commands as reminders
from desist.programme.service.reminders.models import ReminderChoice
from desist.referral.lists import OrderKind
from desist.ui import dates
from desist.wall import actors

pytestmark = pytest.mark.django_db

WARNS = "an order came after it was set that they may use a phone"
TYPED = {
    "kind": OrderKind.RESTRAINING.value,
    **{f"made_on-{part}": value for part, value in {"day": "2", "month": "2", "year": "2026"}.items()},
    "requirements": "Use no phone with a camera",
    "form_submission": "typed-in-1",
}


@pytest.fixture
def allowed(episode: Episode) -> BetweenSessions:
    """It was set an hour ago that Robin may use a phone, and one is in use."""
    began = timezone.now() - timedelta(minutes=50)
    known = {"until": began, "invited_by": "carol", "invited_at": began, "began_at": began}
    Phone.objects.create(
        episode=episode, invitation="i", submission="s", device="d", pin="p", sitting="", **known
    )
    return BetweenSessions.objects.create(
        episode=episode, edition="standard", set_by="carol", set_at=timezone.now() - timedelta(hours=1)
    )


def tell(episode: Episode, *, at: datetime | None = None, **changes: object) -> None:
    """The police tell of an order. Their clock and the post may be days behind: what counts is when it came."""
    told = replace(NOTICE, told_at=factories.NOW, **changes)  # type: ignore[arg-type]
    thread, now = episode.referral.thread, at or timezone.now()
    with transaction.atomic():
        orders.receive(Received(told, thread, factories.POLICE, now, actors.post()))


def set_anew(browser: Client, row: BetweenSessions, *, on_paper: bool) -> None:
    row.refresh_from_db()
    answers = {"on_paper": "yes", "because": "order"} if on_paper else {"on_paper": "no", "because": ""}
    sent = {**answers, "edition": "standard", "place": "", "form_version": str(row.version)}
    browser.post(f"/between/{row.episode.ref}/", sent)


def asks(browser: Client) -> bool:
    return WARNS in text(browser.get("/"))


def test_the_practitioner_is_told_at_once_on_to_do_the_phone_and_the_plan(
    kit_browser: Client, allowed: BetweenSessions
) -> None:
    ref = allowed.episode.ref
    pages = ("/", f"/phones/{ref}/", f"/plans/{ref}/", f"/between/{ref}/", f"/reminders/{ref}/")
    said = "order came"
    before = [said in text(kit_browser.get(page)) for page in pages]
    tell(allowed.episode)

    assert before == [False] * len(pages)
    assert [said in text(kit_browser.get(page)) for page in pages] == [True] * len(pages)


def test_on_paper_alone_ends_the_phone_and_the_warning(kit_browser: Client, allowed: BetweenSessions) -> None:
    tell(allowed.episode)
    set_anew(kit_browser, allowed, on_paper=True)

    assert Phone.objects.get().ended_at
    assert not asks(kit_browser)
    assert "on paper alone: an order bans or limits" in text(
        kit_browser.get(f"/plans/{allowed.episode.ref}/")
    )


def test_the_same_answer_given_anew_ends_the_warning_until_the_next_order(
    kit_browser: Client, allowed: BetweenSessions
) -> None:
    tell(allowed.episode)
    set_anew(kit_browser, allowed, on_paper=False)
    answered, version = asks(kit_browser), BetweenSessions.objects.get().version
    tell(allowed.episode, at=timezone.now() + timedelta(minutes=1), order="another")

    assert (answered, version) == (False, 2)
    assert asks(kit_browser)
    assert Phone.objects.get().ended_at is None


def test_whether_they_may_use_a_phone_is_asked_anew_and_the_rest_is_kept(
    kit_browser: Client, allowed: BetweenSessions
) -> None:
    BetweenSessions.objects.update(place="the usual room")
    before = kit_browser.get(f"/between/{allowed.episode.ref}/").content.decode()
    tell(allowed.episode)
    page = kit_browser.get(f"/between/{allowed.episode.ref}/").content.decode()

    chosen = [re.findall(r'name="on_paper"[^>]* checked', one) for one in (before, page)]
    assert list(map(len, chosen)) == [1, 0]
    assert 'value="the usual room"' in page


def test_an_order_that_was_typed_in_warns_too(kit_browser: Client, allowed: BetweenSessions) -> None:
    answer = kit_browser.post(f"/orders/of/{allowed.episode.ref}/type-in/", TYPED)

    assert answer.status_code == 302
    assert asks(kit_browser)


@pytest.mark.parametrize("changes", [{"event": "ended"}, {"ends_on": "2026-02-10"}])
def test_an_order_that_is_over_warns_of_nothing(
    kit_browser: Client, allowed: BetweenSessions, changes: dict[str, Any]
) -> None:
    tell(allowed.episode, **changes)

    assert not asks(kit_browser)


def test_an_order_from_before_the_setting_warns_of_nothing(
    kit_browser: Client, allowed: BetweenSessions
) -> None:
    tell(allowed.episode, at=allowed.set_at - timedelta(minutes=1))

    assert not asks(kit_browser)


def test_no_phone_is_invited_until_it_is_set_anew(kit_browser: Client, allowed: BetweenSessions) -> None:
    tell(allowed.episode)
    answer = kit_browser.post(
        f"/phones/{allowed.episode.ref}/invite/", {"form_submission": "0123456789abcdef"}
    )

    assert answer.status_code == 422
    assert Phone.objects.count() == 1
    set_anew(kit_browser, allowed, on_paper=False)
    kit_browser.post(f"/phones/{allowed.episode.ref}/invite/", {"form_submission": "fedcba9876543210"})
    assert Phone.objects.count() == 2


def test_no_reminder_goes_until_it_is_set_anew(kit_browser: Client, allowed: BetweenSessions) -> None:
    tomorrow = dates.moment(dates.day_of(timezone.now()) + timedelta(days=1), time(12))
    factories.session(episode=allowed.episode, period=(tomorrow, tomorrow + timedelta(hours=1)))
    known = {"address": "robin@example.org", "words": "calendar", "channel": "email", "alone": True}
    known |= {"noted_by": "carol", "noted_at": factories.NOW, "chosen_on": factories.NOW.date()}
    ReminderChoice.objects.create(episode=allowed.episode, **known)
    due = tomorrow - timedelta(days=1)
    tell(allowed.episode, at=allowed.set_at + timedelta(minutes=1))

    assert reminders.send_due(actor=actors.clock(), at=due) == 0
    assert mail.outbox == []
    set_anew(kit_browser, allowed, on_paper=False)
    assert reminders.send_due(actor=actors.clock(), at=due) == 1
