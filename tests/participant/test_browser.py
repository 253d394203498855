"""In a real browser on a phone's screen: without a line and back, killed while sending, two phones, and wiped."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect
from psycopg.types.range import TimestamptzRange
from tests import looking
from tests.database import APP
from tests.looking import follow
from tests.participant.conftest import CODE, PIN, coping, invitation
from tests.programme import factories

from desist.phones import SIGNATURES
from desist.programme.episodes.models import Episode
from desist.programme.phones.models import Phone, PhoneRequest
from desist.programme.sessions.diary.models import DiaryDay
from desist.programme.sessions.practice.models import SkillPractice

pytestmark = pytest.mark.browser

#: milliseconds until a page without a line has surely asked again, on a busy machine too
AGAIN = 30_000

WAITING = """async () => {
  const db = await new Promise((resolve) => {
    const asked = indexedDB.open('week', 1);
    asked.onsuccess = () => resolve(asked.result);
  });
  const asked = db.transaction('entries').objectStore('entries').getAll();
  const found = await new Promise((resolve) => { asked.onsuccess = () => resolve(asked.result); });
  db.close();
  return found.map((one) => [one.bytes.byteLength, new TextDecoder().decode(one.bytes)]);
}"""
LEFT = """async () => [
  (await indexedDB.databases()).length, (await caches.keys()).length, (await navigator.serviceWorker.getRegistrations()).length
]"""
KEPT = """async () => Promise.all((await (await caches.open('frame')).keys())
  .map(async (one) => (await (await caches.match(one)).text())))"""


@pytest.fixture
def db(committed: Any, server: Any) -> None:
    """Real commits: the server answers in threads of its own. Their login may call what the pages call."""
    with server.connect(committed.settings_dict["NAME"]) as superuser:
        for signature in SIGNATURES:
            superuser.execute(f"GRANT EXECUTE ON FUNCTION {signature} TO {APP}")


@pytest.fixture
def may_call(db: None) -> None:
    """In this module, `db` grants it."""


@pytest.fixture
def phones(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Phones that began with an invitation, each on the page of today."""
    contexts: list[BrowserContext] = []

    def phone(episode: Episode, code: str = CODE) -> Page:
        invitation(episode, code, timezone.now())
        context = browser.new_context(base_url=address, viewport={"width": 390, "height": 780})
        contexts.append(context)
        page = context.new_page()
        page.goto(f"/begin/{code}/")
        page.get_by_label("Six digits of your own").fill(PIN)
        page.get_by_label("The same six digits again").fill(PIN)
        page.get_by_role("button", name="Begin").click()
        expect(page.get_by_text("Strongest urge")).to_be_visible()
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        page.wait_for_function("caches.match('/frame/').then((found) => Boolean(found))")
        return page

    yield phone
    for context in contexts:
        context.close()


def rated(page: Page, question: str, figure: str) -> None:
    page.get_by_role("group", name=question).get_by_label(figure, exact=True).check()


def noted_without_a_line(page: Page, words: str, urge: str = "4") -> None:
    """Note it on the page that the phone keeps; that page goes on by itself when there is a line again."""
    page.context.set_offline(True)
    page.goto("/")
    expect(page.get_by_role("heading", name="No connection")).to_be_visible()
    rated(page, "Strongest urge", urge)
    page.get_by_label("What happened?").fill(words)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Noted on this phone.")).to_be_visible()


def test_what_is_noted_without_a_line_is_locked_and_added_once(
    phones: Callable[..., Page], robin: Episode
) -> None:
    page = phones(robin)
    noted_without_a_line(page, "On the mountain")
    ((length, locked),) = page.evaluate(WAITING)
    assert length > 50
    assert "mountain" not in locked
    assert not DiaryDay.objects.exists()

    page.context.set_offline(False)
    expect(page.get_by_text("What you noted without a connection was added.")).to_be_visible(timeout=AGAIN)
    assert page.evaluate(WAITING) == []
    page.reload()

    row = DiaryDay.objects.get()
    assert (row.urge, row.note, row.version) == (4, "On the mountain", 1)
    assert row.noted_at


def test_the_phone_keeps_the_frame_and_no_word_of_a_person(
    phones: Callable[..., Page], robin: Episode
) -> None:
    coping(robin, "ring my brother")
    page = phones(robin)
    for name in ("My plan", "Skills", "Appointments", "Your rights", "Today"):
        follow(page.get_by_role("link", name=name, exact=True))

    whole = " ".join(page.evaluate(KEPT))
    assert "There is no connection" in whole
    for word in ("brother", "Robin"):
        assert word not in whole


def test_practice_and_homework_wait_without_a_line_and_are_added_once(
    phones: Callable[..., Page], robin: Episode
) -> None:
    began = timezone.now() - timedelta(days=2)
    period = (began, began + timedelta(hours=1))
    factories.attended(episode=robin, number=2, period=period, homework_set="Say stop")
    page = phones(robin)
    follow(page.get_by_role("link", name="Homework"))
    page.context.set_offline(True)
    page.get_by_label("A line about it").fill("Twice")
    page.get_by_role("button", name="I did it").click()
    expect(page.get_by_text("Noted on this phone.")).to_be_visible()
    page.goto("/")
    page.get_by_text("I tried a skill").click()
    page.get_by_label("Which skill?").select_option("ride")
    page.get_by_role("button", name="Keep my practice").click()
    expect(page.get_by_text("Say whether it helped")).to_be_visible()
    page.get_by_label("It helped a little").check()
    page.get_by_role("button", name="Keep my practice").click()
    expect(page.get_by_text("Noted on this phone.")).to_be_visible()
    locked = page.evaluate(WAITING)
    assert len(locked) == 2
    assert "Twice" not in str(locked)

    page.context.set_offline(False)
    expect(page.get_by_text("2 notes from times without a connection were added.")).to_be_visible(
        timeout=AGAIN
    )
    page.reload()

    assert PhoneRequest.objects.get().words == "Twice"
    row = SkillPractice.objects.get()
    assert (row.skill, row.helped) == ("ride", "little")
    assert page.evaluate(WAITING) == []


def test_the_line_goes_while_the_page_of_today_is_open(phones: Callable[..., Page], robin: Episode) -> None:
    page = phones(robin)
    page.get_by_label("What happened?").fill("Morning")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.context.set_offline(True)
    page.get_by_label("What happened?").fill("Morning and noon")
    rated(page, "Shame", "2")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Noted on this phone.")).to_be_visible()

    page.context.set_offline(False)
    expect(page.get_by_text("was added.")).to_be_visible(timeout=AGAIN)
    row = DiaryDay.objects.get()
    assert (row.note, row.shame) == ("Morning\nand noon", 2)


def test_what_waits_is_sent_though_the_first_time_fails(phones: Callable[..., Page], robin: Episode) -> None:
    """A phone says that it has a line before it has one."""
    page = phones(robin)
    tries: list[str] = []

    def at_first_without_a_line(route: Any) -> None:
        tries.append(route.request.url)
        if len(tries) == 1:
            route.abort()
        else:
            route.continue_()

    page.context.route("**/add/", at_first_without_a_line)
    page.context.set_offline(True)
    page.get_by_label("What happened?").fill("Noon")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Noted on this phone.")).to_be_visible()
    page.context.set_offline(False)

    expect(page.get_by_text("was added.")).to_be_visible(timeout=AGAIN)
    assert len(tries) == 2
    assert DiaryDay.objects.get().note == "Noon"


def test_a_page_whose_line_drops_as_it_opens_sends_what_waits(
    phones: Callable[..., Page], robin: Episode
) -> None:
    """The page asked for its key and got no answer; the phone keeps the key of an earlier page."""
    page = phones(robin)
    asked: list[str] = []

    def at_first_without_a_line(route: Any) -> None:
        asked.append(route.request.url)
        if len(asked) == 1:
            route.abort()
        else:
            route.continue_()

    page.context.route("**/key/", at_first_without_a_line)
    with page.expect_event("requestfailed", lambda one: one.url.endswith("/key/")):
        page.reload()
    page.context.set_offline(True)
    page.get_by_label("What happened?").fill("Night")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Noted on this phone.")).to_be_visible()
    page.context.set_offline(False)

    expect(page.get_by_text("was added.")).to_be_visible(timeout=AGAIN)
    assert len(asked) == 2
    assert DiaryDay.objects.get().note == "Night"


@pytest.mark.parametrize(("status", "times"), [(422, 1), (403, 0)])
def test_what_the_server_will_not_have_is_sent_once_and_stands_once_on_the_page(
    phones: Callable[..., Page], robin: Episode, status: int, times: int
) -> None:
    page = phones(robin)
    tries: list[str] = []

    def refuse(route: Any) -> None:
        tries.append(route.request.url)
        route.fulfill(status=status)

    page.context.route("**/add/", refuse)
    page.context.set_offline(True)
    page.get_by_label("What happened?").fill("Noon")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Noted on this phone.")).to_be_visible()
    with page.expect_event("requestfinished", lambda one: one.url.endswith("/add/"), timeout=AGAIN):
        page.context.set_offline(False)
    for _ in range(4):  # each makes the page send what waits again
        page.evaluate("window.dispatchEvent(new Event('online'))")
        page.wait_for_timeout(300)

    assert len(tries) == 1
    assert page.get_by_text("could not be added").count() == times
    assert len(page.evaluate(WAITING)) == 1


def test_words_stay_when_the_line_comes_back_while_they_are_typed(
    phones: Callable[..., Page], robin: Episode
) -> None:
    page = phones(robin)
    page.context.set_offline(True)
    page.goto("/")
    page.get_by_label("What happened?").fill("Half a sentence")
    page.context.set_offline(False)
    page.wait_for_timeout(5000)
    expect(page.get_by_label("What happened?")).to_have_value("Half a sentence")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("was added.")).to_be_visible(timeout=AGAIN)

    assert DiaryDay.objects.get().note == "Half a sentence"


def test_a_page_that_dies_while_it_sends_loses_nothing_and_doubles_nothing(
    phones: Callable[..., Page], robin: Episode
) -> None:
    page = phones(robin)
    noted_without_a_line(page, "Twice sent")
    context = page.context

    # The server has it; its answer never comes, and the page dies.
    def cut(route: Any) -> None:
        route.fetch()
        route.abort()

    context.route("**/add/", cut)
    with page.expect_event("requestfailed", lambda one: one.url.endswith("/add/")):
        context.set_offline(False)
    page.close()
    assert DiaryDay.objects.get().note == "Twice sent"
    context.unroute("**/add/")
    page = context.new_page()
    page.goto("/")
    expect(page.get_by_text("was added.")).to_be_visible(timeout=AGAIN)

    row = DiaryDay.objects.get()
    assert (row.note, row.version) == ("Twice sent", 1)
    assert page.evaluate(WAITING) == []


def test_two_phones_without_a_line_add_up(phones: Callable[..., Page], robin: Episode) -> None:
    first, second = phones(robin), phones(robin, "aaaaccccdddd")
    noted_without_a_line(first, "First", "2")
    noted_without_a_line(second, "Second", "5")
    for page in (second, first):
        page.context.set_offline(False)
        expect(page.get_by_text("was added.")).to_be_visible(timeout=AGAIN)

    row = DiaryDay.objects.get()
    assert (row.urge, row.note) == (5, "Second\nFirst")


def test_what_waits_outlives_a_sign_in_that_was_over(phones: Callable[..., Page], robin: Episode) -> None:
    page = phones(robin)
    noted_without_a_line(page, "Late")
    Phone.objects.update(used_at=timezone.now() - timedelta(minutes=11))
    page.context.set_offline(False)
    page.get_by_label("Your six digits").fill(PIN)
    page.get_by_role("button", name="Go on").click()

    expect(page.get_by_text("was added.")).to_be_visible(timeout=AGAIN)
    assert DiaryDay.objects.get().note == "Late"


def test_signing_out_sends_what_waits_and_wipes_the_phone(
    phones: Callable[..., Page], robin: Episode
) -> None:
    page = phones(robin)
    page.context.set_offline(True)
    page.get_by_label("What happened?").fill("Last words")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Noted on this phone.")).to_be_visible()
    page.context.set_offline(False)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("Your six digits")).to_be_visible()

    assert DiaryDay.objects.get().note == "Last words"
    page.wait_for_function(f"({LEFT})().then((left) => left.every((one) => one === 0))")


def test_signing_out_without_a_line_takes_the_key_at_once(
    phones: Callable[..., Page], robin: Episode
) -> None:
    page = phones(robin)
    page.context.set_offline(True)
    page.get_by_role("button", name="Sign out").click()

    expect(page.get_by_role("heading", name="No connection")).to_be_visible()
    expect(page.get_by_role("button", name="Save")).to_be_hidden()


def test_a_phone_that_was_ended_forgets_all_at_its_next_contact(
    phones: Callable[..., Page], robin: Episode
) -> None:
    page = phones(robin)
    noted_without_a_line(page, "Never sent")
    factories.ended(episode=robin, state="left")
    page.context.set_offline(False)
    expect(page.get_by_text("Your practitioner gives you a code")).to_be_visible(timeout=AGAIN)

    page.wait_for_function(f"({LEFT})().then((left) => left.every((one) => one === 0))")
    assert not DiaryDay.objects.exists()


def test_every_page_is_read_by_axe_and_fits_a_phone(phones: Callable[..., Page], robin: Episode) -> None:
    coping(robin, "ring my brother")
    factories.goal(episode=robin, words="I sleep", serves="No letters", steps="Bed at ten")
    factories.notice_given(episode=robin, words=factories.notice_words())
    start = timezone.now() + timedelta(days=1)
    factories.session(episode=robin, period=TimestamptzRange(start, start + timedelta(hours=1)))
    factories.attended(
        episode=robin,
        number=2,
        homework_set="Count to ten",
        period=TimestamptzRange(timezone.now() - timedelta(days=2), timezone.now() - timedelta(days=1)),
    )
    page = phones(robin)
    for name in ("Today", "Homework", "Skills", "My plan", "Appointments", "Questions", "Your rights"):
        follow(page.get_by_role("link", name=name, exact=True))
        looked_at(page, name)
    follow(page.get_by_role("link", name="Read the information notice"))
    looked_at(page, "notice")
    page.goto("/skills/ride/")
    looked_at(page, "skill")
    page.goto("/questions/help/")
    looked_at(page, "help")
    page.context.set_offline(True)
    page.goto("/")
    looked_at(page, "frame")


def looked_at(page: Page, name: str) -> None:
    for width in (320, 390):
        page.set_viewport_size({"width": width, "height": 780})
        assert looking.findings(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (name, width)
    looking.picture(page, f"phone-{name.lower().replace(' ', '-')}")
