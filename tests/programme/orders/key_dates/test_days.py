"""Days ahead: noted, changed, taken off; shown to staff where they prepare, never on the shared screen."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.programme import factories
from tests.programme.reading import text

from desist.programme.episodes.models import Episode
from desist.programme.orders.key_dates import commands
from desist.programme.orders.key_dates.models import DayAhead
from desist.programme.orders.key_dates.states import Kind
from desist.programme.referrals.models import Referral
from desist.programme.sessions.models import Session
from desist.ui import dates
from desist.ui.words import WordsFound
from desist.wall.actors import Actor, Role
from desist.wall.models import AuditEvent

pytestmark = pytest.mark.django_db


def day(ahead: int = 40) -> date:
    return timezone.localdate() + timedelta(days=ahead)


def form(kind: str = "court", *, on: date | None = None, **fields: str) -> dict[str, str]:
    on = on or day()
    parts = {"day-day": on.day, "day-month": on.month, "day-year": on.year}
    said = {"kind": kind, "words": "Plea hearing", "form_submission": "one-day"}
    return {name: str(part) for name, part in parts.items()} | said | fields


@pytest.fixture
def noted(episode: Episode, kit_browser: Client) -> DayAhead:
    """What Kit noted."""
    kit_browser.post(f"/key-dates/of/{episode.ref}/add/", form())
    return DayAhead.objects.get()


def test_a_day_is_noted_once_and_stands_in_the_trigger_calendar_and_where_a_session_is_prepared(
    session: Session, kit_browser: Client
) -> None:
    episode = session.episode
    for _ in range(2):  # a double click
        answer = kit_browser.post(f"/key-dates/of/{episode.ref}/add/", form(), follow=True)
        assert "The date has been added." in text(answer)

    assert DayAhead.objects.count() == 1
    for page, mark in ((f"/triggers/{episode.ref}/", ""), (f"/sessions/{session.ref}/prepare/", ":")):
        seen = text(kit_browser.get(page))
        assert f"{dates.weekday(day())} (in 40 days){mark} Court date, Plea hearing" in seen
        assert "Added here" in seen
    assert "Key date added" in text(kit_browser.get(f"/history/{episode.ref}/"))


def test_no_day_is_ever_on_the_shared_screen(session: Session, kit_browser: Client, noted: DayAhead) -> None:
    chain = factories.chain(session=session, links=1)
    pages = [f"/sessions/{session.ref}/shared/", f"/chains/{chain.ref}/shared/"]

    for page in pages:
        assert "Plea hearing" not in text(kit_browser.get(page))
        assert dates.on(day()) not in text(kit_browser.get(page))


def test_orders_bring_their_hearing_and_their_last_day(episode: Episode, kit_browser: Client) -> None:
    factories.order(referral=episode.referral, hearing_on=day(20), ends_on=day(300))
    factories.order(referral=episode.referral, ends_on=day(500))
    factories.order(referral=episode.referral, kind="bail", event="ended", ends_on=day(10))
    Referral.objects.update(
        orders=[
            "none",
            f"restraining {day(90).isoformat()}",
            f"stalking_protection {day(91).isoformat()}",
            f"bail {day(92).isoformat()}",
            "licence",
        ]
    )

    seen = text(kit_browser.get(f"/triggers/{episode.ref}/"))

    assert f"{dates.weekday(day(20))} (in 20 days) Court date, Hearing" in seen
    assert dates.weekday(day(300)) in seen
    assert dates.weekday(day(90)) in seen
    assert "An order ends, Restraining order As referred" in seen
    for hidden in (500, 10, 91, 92):  # beyond twelve months, ended, and known better than the referral
        assert dates.weekday(day(hidden)) not in seen
    every = text(kit_browser.get(f"/key-dates/of/{episode.ref}/"))
    assert dates.weekday(day(500)) in every


def test_an_anniversary_may_lie_behind_and_comes_back(episode: Episode, kit_browser: Client) -> None:
    first = day(10).replace(year=2019) if (day(10).month, day(10).day) != (2, 29) else date(2019, 2, 28)

    kit_browser.post(f"/key-dates/of/{episode.ref}/add/", form("anniversary", on=first))

    seen = text(kit_browser.get(f"/key-dates/of/{episode.ref}/"))
    assert f"Every year, first {dates.on(first)}" in seen
    assert "Anniversary" in text(kit_browser.get(f"/triggers/{episode.ref}/"))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"on": -1}, "This day has passed. Only an anniversary can be in the past"),
        (
            {"words": "By 14 Mill Street"},
            "“14 Mill Street” looks like an address. Reword it, or say why it is safe to keep",
        ),
        ({"words": "Ring 01632 960 123"}, "looks like a telephone number"),
        ({"words": "x" * 121}, "must be 120 characters or fewer"),
        ({"day-day": "31", "day-month": "2"}, "31"),
        ({"kind": ""}, "What kind of date is it?"),
    ],
)
def test_what_cannot_be_or_leads_somewhere_is_refused_and_the_words_stay(
    episode: Episode, kit_browser: Client, changes: dict[str, Any], sentence: str
) -> None:
    on = day(changes.get("on", 40))
    fields = form(on=on) | {name: said for name, said in changes.items() if name != "on"}

    answer = kit_browser.post(f"/key-dates/of/{episode.ref}/add/", fields)

    assert answer.status_code == 422
    assert sentence in text(answer)
    assert fields["words"] in answer.content.decode()
    assert not DayAhead.objects.exists()


def test_words_that_are_a_false_alarm_are_kept_with_a_reason_that_the_audit_tells(
    episode: Episode, kit_browser: Client
) -> None:
    words = "Hearing, room 12 of the Crown Court"
    wrong = kit_browser.post(f"/key-dates/of/{episode.ref}/add/", form(words=words))
    assert "Why is it safe to keep?" in text(wrong)

    kit_browser.post(f"/key-dates/of/{episode.ref}/add/", form(words=words, false_alarm="agency"))

    assert DayAhead.objects.get().words == words
    told = AuditEvent.objects.get(action="programme.answer_for_words")
    assert told.reason.startswith("words: address: ")
    assert "Crown" not in told.reason


def test_nobody_keeps_such_words_around_the_form(actor: Actor, episode: Episode, noted: DayAhead) -> None:
    said = commands.Said(Kind.COURT, day(), "By 14 Mill Street", None)

    with pytest.raises(WordsFound) as found:
        commands.note(actor=actor, episode=episode.ref, said=said, submission="x", at=factories.NOW)
    with pytest.raises(WordsFound):
        commands.change(actor=actor, ref=noted.ref, said=said, version=1, at=factories.NOW)

    assert [one.kind for one in found.value.found["words"]] == ["address"]
    assert DayAhead.objects.get().words == "Plea hearing"


def test_a_day_is_changed(episode: Episode, noted: DayAhead, kit_browser: Client) -> None:
    address = f"/key-dates/{noted.ref}/change/"
    assert "Plea hearing" in kit_browser.get(address).content.decode()

    kit_browser.post(address, form("release", words="", form_version="1"))

    noted.refresh_from_db()
    assert (noted.kind, noted.words, noted.version) == ("release", "", 2)
    assert "Key date changed" in text(kit_browser.get(f"/history/{episode.ref}/"))


def test_a_stale_tab_changes_nothing_and_shows_what_it_says_now(
    episode: Episode, noted: DayAhead, kit_browser: Client
) -> None:
    kit_browser.post(f"/key-dates/{noted.ref}/change/", form(words="Sentencing", form_version="1"))

    answer = kit_browser.post(f"/key-dates/{noted.ref}/change/", form(words="Typed here", form_version="1"))
    gone = kit_browser.post(f"/key-dates/{noted.ref}/remove/", {"form_version": "1"}, follow=True)

    assert "a colleague changed this date" in text(answer)
    assert f"Court date, {dates.on(day())}: Sentencing" in text(answer)
    assert "Typed here" in answer.content.decode()
    assert "Not saved: what you see here was changed" in text(gone)
    noted.refresh_from_db()
    assert (noted.words, noted.removed_at) == ("Sentencing", None)
    again = kit_browser.post(f"/key-dates/{noted.ref}/change/", form(words="Typed here", form_version="2"))
    assert again.status_code == 302


def test_a_day_is_taken_off_once_and_its_history_stays(
    episode: Episode, noted: DayAhead, kit_browser: Client
) -> None:
    for said in ("The date has been removed from the list.", "has already been removed from the list"):
        answer = kit_browser.post(f"/key-dates/{noted.ref}/remove/", {"form_version": "1"}, follow=True)
        assert said in text(answer)

    assert "No date has been added" in text(kit_browser.get(f"/key-dates/of/{episode.ref}/"))
    assert "Plea hearing" not in text(kit_browser.get(f"/chains/of/{episode.ref}/"))
    assert "Key date removed" in text(kit_browser.get(f"/history/{episode.ref}/"))
    assert "removed this date from the list" in text(kit_browser.get(f"/key-dates/{noted.ref}/change/"))
    late = kit_browser.post(f"/key-dates/{noted.ref}/change/", form(words="Typed late", form_version="2"))
    assert "has already been removed from the list" in text(late)
    assert "Typed late" in late.content.decode()
    events = noted.events.order_by("pgh_id")  # type: ignore[attr-defined]  # pghistory adds it
    assert list(events.values_list("words", "version")) == [("Plea hearing", 1), ("Plea hearing", 2)]


def test_a_day_that_passed_leaves_the_trigger_calendar_and_says_so_on_the_list(
    episode: Episode, kit_browser: Client
) -> None:
    factories.day_ahead(episode=episode, day=day(-3))

    assert "Passed" in text(kit_browser.get(f"/key-dates/of/{episode.ref}/"))
    assert "No dates are known for the next twelve months." in text(
        kit_browser.get(f"/triggers/{episode.ref}/")
    )


def test_a_supervisor_reads_and_changes_nothing(
    signed_in: Callable[..., Client], episode: Episode, noted: DayAhead
) -> None:
    supervisor = signed_in(role=Role.SUPERVISOR)

    seen = text(supervisor.get(f"/key-dates/of/{episode.ref}/"))

    assert "Plea hearing" in seen
    assert "Remove" not in seen
    assert supervisor.get(f"/key-dates/{noted.ref}/change/").status_code == 403
