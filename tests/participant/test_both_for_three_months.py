"""Three months on two phones' screens: the person's own, and the practitioner's at the programme's pages, from invitation to end."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, ViewportSize, expect
from pytest_django.fixtures import Settings
from tests import clock, looking
from tests.instruments.files import questionnaire, sealed
from tests.participant.conftest import PIN, as_staff
from tests.participant.test_browser import db, may_call
from tests.participant.test_three_months import go, walked
from tests.programme import factories

from desist import sites
from desist.instruments import fhir, library
from desist.programme.episodes.models import Episode
from desist.programme.measures import commands
from desist.programme.phones.models import PhoneRequest
from desist.programme.referrals.models import Referral
from desist.programme.sessions.diary.models import DiaryTarget
from desist.programme.sessions.models import Session
from desist.sites import Site, Zone
from desist.wall import actors

pytestmark = [pytest.mark.browser, pytest.mark.slow]
__all__ = ["db", "may_call"]

SCREEN: ViewportSize = {"width": 390, "height": 780}
WEEKS = 12
#: in this week the person says that they cannot come
AWAY = 5


@pytest.fixture
def pages_of_phones(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The service has pages for phones."""
    monkeypatch.setenv("DESIST_DATA", str(tmp_path))
    of_programme = Site("some-programme", Zone.PROGRAMME, "Northmere service", 8701)
    shared = Site("my-week", Zone.PARTICIPANT, "My week", 8706, shares=of_programme.name)
    sites.write_sites(folder=tmp_path, sites=(of_programme, shared))


@pytest.fixture
def person(browser: Browser, address: str) -> Iterator[Page]:
    """The person's phone, which was never invited."""
    context = browser.new_context(base_url=address, viewport=SCREEN)
    yield context.new_page()
    context.close()


@pytest.fixture
def desk(db: None) -> Iterator[str]:
    """The address of the programme's pages."""
    with looking.served() as served:
        yield served


@pytest.fixture
def practitioner(browser: Browser, desk: str, robin: Episode) -> Callable[[], Any]:
    """The practitioner at their pages, on a phone's screen; signed in anew each time, as a week goes by."""

    @contextmanager
    def at_work() -> Iterator[Page]:
        with as_staff(robin) as staff:
            context = browser.new_context(base_url=desk, viewport=SCREEN)
            name = "sessionid"
            context.add_cookies([{"name": name, "value": staff.cookies[name].value, "url": desk}])
            yield context.new_page()
            context.close()

    return at_work


def invited(page: Page, robin: Episode) -> str:
    """Invite the person's phone in the room; return the code that the page shows once."""
    page.goto(f"/phones/{robin.ref}/")
    page.get_by_role("button", name="Invite their phone").click()
    page.get_by_role("button", name="Make the invitation").click()
    expect(page.get_by_role("heading", name="Show this to the person")).to_be_visible()
    return page.locator("p.govuk-heading-l").inner_text()


def agreed(page: Page, robin: Episode) -> None:
    """Set a target and write the coping plan together."""
    page.goto(f"/diary/{robin.ref}/targets/")
    page.get_by_label("Target of the person’s own").fill("Counting the days")
    page.get_by_role("button", name="Add the target").click()
    expect(page.get_by_role("button", name="End “Counting the days”")).to_be_visible()
    page.goto(f"/coping/{robin.ref}/write/")
    page.get_by_label("Early signs").fill("I sleep badly")
    page.get_by_label("When … (1)").fill("I count the days")
    page.get_by_label("I will … (1)").fill("ring my brother")
    page.get_by_role("button", name="Save the plan").click()
    expect(page.get_by_text("ring my brother").first).to_be_visible()


def begun(page: Page, code: str) -> None:
    """Begin on the person's phone with the code that was read out."""
    page.goto("/begin/")
    page.get_by_label("Code from your practitioner").fill(code)
    page.get_by_label("Six digits of your own").fill(PIN)
    page.get_by_label("The same six digits again").fill(PIN)
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_text("Strongest urge")).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("caches.match('/frame/').then((found) => Boolean(found))")


def held(page: Page, session: Session, week: int, measured: bool) -> None:
    """Read what came before the session, hold it, and write its record."""
    page.goto(f"/sessions/{session.ref}/prepare/")
    main = page.locator("main")
    expect(main).to_contain_text("Suggested agenda")
    expect(main).to_contain_text("Practice: Ride the urge 1 time")
    if week > 1:
        expect(main).to_contain_text("1 of 7 days since the last session are filled in")
        expect(main).to_contain_text(f"Ride the urge, {week - 1}")
    if measured:
        expect(main).to_contain_text("GAD-7")
    looking.picture(page, f"practitioner-week-{week}")
    page.get_by_role("button", name="Begin the session").click()
    page.get_by_label("Yes", exact=True).check()
    page.get_by_label("Nothing new").check()
    page.get_by_label("Work done in the session").fill("What got in the way of the diary.")
    page.get_by_label("Worked in the session", exact=True).check()
    page.get_by_role("textbox", name="Homework set").fill(f"Ride the urge, {week}")
    page.get_by_role("button", name="Save and finish").click()
    page.get_by_role("button", name="Finish the record").click()
    expect(page.locator(".govuk-tag", has_text="Attended").first).to_be_visible()


def answered(page: Page, robin: Episode) -> None:
    """Find in To do that the person cannot come, and note what was done."""
    page.goto("/")
    page.locator("main").get_by_role("link", name=re.compile("answer")).first.click()
    page.get_by_label("What did you do about it?").fill("Rang. They come an hour later.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Rang. They come an hour later.")).to_be_visible()


def ended(page: Page, robin: Episode) -> None:
    """End the programme after the last session."""
    page.goto(f"/leaving/{robin.ref}/end/")
    page.get_by_role("radio", name="Completed the programme").check()
    page.get_by_role("button", name="See what happens").click()
    page.get_by_role("button", name="Record the leaving").click()
    expect(page).not_to_have_url(f"/leaving/{robin.ref}/end/")


def test_three_months_of_the_person_and_the_practitioner(
    pages_of_phones: None, person: Page, practitioner: Callable[[], Any], robin: Episode
) -> None:
    wording = fhir.read(sealed(questionnaire(library.instrument(name="gad-7"))), instrument="gad-7")
    commands.load_wording(actor=actors.clock(), wording=wording, at=timezone.now())
    Referral.objects.update(partner="")  # the police hear of it by telephone
    factories.notice_given(episode=robin)
    factories.agreement(episode=robin)
    with practitioner() as page:
        code = invited(page, robin)
        agreed(page, robin)
    begun(person, code)
    go(person, "My plan")
    expect(person.get_by_text("When I count the days, I will ring my brother")).to_be_visible()
    began = timezone.now()
    for week in range(1, WEEKS + 1):
        with clock.later(began + timedelta(weeks=week)):
            one_week(person, practitioner, robin, week, timezone.now())
    assert robin.diary.count() == WEEKS
    assert all(row.own for row in robin.diary.all())
    assert robin.sessions.filter(state="attended").count() == WEEKS
    assert robin.measures.count() == 3
    assert PhoneRequest.objects.filter(kind="cannot_come").exclude(answer="").count() == 1
    assert DiaryTarget.objects.count() == 1
    with clock.later(began + timedelta(weeks=WEEKS, days=3)):
        with practitioner() as page:
            ended(page, robin)
        go(person, "My plan")
        expect(person.get_by_text("Your practitioner gives you a code")).to_be_visible()
    assert person.evaluate("caches.keys()") == []


def one_week(person: Page, practitioner: Callable[[], Any], robin: Episode, week: int, now: datetime) -> None:
    """One week of both."""
    before = robin.measures.count()

    def by_the_practitioner(session: Session) -> None:
        with clock.later(now + timedelta(days=2, hours=1)), practitioner() as page:
            if week == AWAY:
                answered(page, robin)
            held(page, session, week, robin.measures.count() > before)

    walked(person, robin, week, now, hold=by_the_practitioner, target="Counting the days")
