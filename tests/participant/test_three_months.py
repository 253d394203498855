"""Three months on a phone's screen, by clicks alone: a diary, practice, questions before each session, homework, and no line at times."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from psycopg.types.range import TimestamptzRange
from tests import clock
from tests.instruments.files import questionnaire, sealed
from tests.looking import every, follow
from tests.participant.conftest import PIN, coping
from tests.participant.test_browser import AGAIN, db, looked_at, may_call, phones, rated
from tests.programme import factories

from desist.instruments import fhir, library
from desist.programme.episodes.models import Episode
from desist.programme.measures import commands
from desist.programme.phones.models import Phone, PhoneRequest
from desist.programme.sessions.models import Session, SessionFeedback
from desist.wall import actors

pytestmark = pytest.mark.browser
__all__ = ["db", "may_call", "phones"]
WEEKS = 12


def go(page: Page, name: str) -> None:
    follow(page.get_by_role("link", name=name, exact=True))


def signed_in(page: Page) -> None:
    """A week later the sign-in is over; the page of today asks for the digits."""
    go(page, "Today")
    page.get_by_label("Your six digits").fill(PIN)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("Strongest urge")).to_be_visible()


def noted(page: Page, week: int, said: str, target: str) -> None:
    rated(page, "Strongest urge", str(5 - week // 3))
    if target:
        rated(page, target, "3")
    page.get_by_role("group", name="What did you do?").get_by_label(
        "I had an urge and did not act on it"
    ).check()
    page.get_by_label("What happened?").fill(f"Week {week}, noted")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text(said)).to_be_visible()


def planned(episode: Episode, week: int, now: datetime) -> Session:
    """What the practitioner does: the next session is planned for the day after tomorrow."""
    start = now + timedelta(days=2)
    return factories.session(
        episode=episode, number=week, period=TimestamptzRange(start, start + timedelta(hours=1))
    )


def held(session: Session) -> None:
    """What the practitioner does: the session was held, and homework was agreed."""
    record = {"state": "attended", "attendance": "attended", "risk_check": "nothing", "compliance": "worked"}
    Session.objects.filter(pk=session.pk).update(
        **record,
        homework_set=f"Ride the urge, {session.number}",
        recorded_by="kit",
        recorded_at=timezone.now(),
    )


@pytest.mark.slow
def test_three_months_on_a_phone(phones: Callable[..., Page], robin: Episode) -> None:
    wording = fhir.read(sealed(questionnaire(library.instrument(name="gad-7"))), instrument="gad-7")
    commands.load_wording(actor=actors.clock(), wording=wording, at=timezone.now())
    coping(robin, "ring my brother")
    page, began = phones(robin), timezone.now()
    for week in range(1, WEEKS + 1):
        with clock.later(began + timedelta(weeks=week)):
            walked(page, robin, week, timezone.now())

    assert robin.diary.count() == WEEKS
    assert {row.note for row in robin.diary.all()} == {f"Week {week}, noted" for week in range(1, WEEKS + 1)}
    assert robin.practices.count() == WEEKS
    assert [one.occasion for one in robin.measures.order_by("pk")] == ["baseline", "between", "between"]
    assert SessionFeedback.objects.count() == WEEKS
    assert PhoneRequest.objects.filter(kind="homework").count() == WEEKS
    assert PhoneRequest.objects.filter(kind="cannot_come").count() == 1
    # At last the person leaves: the pages close at the next tap.
    with clock.later(began + timedelta(weeks=WEEKS, minutes=1)):
        factories.ended(episode=robin, state="left")
        go(page, "My plan")
        expect(page.get_by_text("Your practitioner gives you a code")).to_be_visible()


def walked(
    page: Page,
    robin: Episode,
    week: int,
    now: datetime,
    *,
    hold: Callable[[Session], None] = held,
    target: str = "",
) -> None:
    """One week: the diary, without a line every third time; practice; questions; the session; homework; how it was.

    `hold` is what the practitioner does; `target` a row of the person's own in their diary.
    """
    signed_in(page)
    session: Any = planned(robin, week, now)
    page.context.set_offline(week % 3 == 0)
    noted(page, week, "Noted on this phone." if week % 3 == 0 else "Saved.", target)
    if week % 3 == 0:
        page.context.set_offline(False)
        expect(page.get_by_text("was added.")).to_be_visible(timeout=AGAIN)
    go(page, "Skills")
    go(page, "Ride the urge")
    page.get_by_label("It helped", exact=True).check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    go(page, "Questions")
    if (sheet := page.get_by_role("link", name="7 questions")).count():
        follow(sheet)
        for question in every(page.get_by_role("group")):
            question.get_by_role("radio").first.check()
        page.get_by_role("button", name="Send").click()
        expect(page.get_by_text("Saved.")).to_be_visible()
    go(page, "Appointments")
    if week == 5:
        page.get_by_text("I cannot come").click()
        page.get_by_role("button", name="Tell my practitioner").click()
        expect(page.get_by_text("Your practitioner will ring you")).to_be_visible()
    hold(session)
    with clock.later(now + timedelta(days=2, hours=2)):
        Phone.objects.update(used_at=timezone.now())
        go(page, "Homework")
        expect(page.get_by_text(f"Ride the urge, {week}", exact=True)).to_be_visible()
        page.get_by_role("button", name="I did it").click()
        expect(page.get_by_text("Saved.")).to_be_visible()
        go(page, "Questions")
        for question in every(page.get_by_role("group")):
            question.get_by_label("Mostly").check()
        page.get_by_role("button", name="Send").click()
        expect(page.get_by_text("Saved.")).to_be_visible()
    looked_at(page, f"week-{week}")
