"""In a real browser: the chain editor by keyboard, the record that saves itself, two tabs, and no JavaScript."""

import functools
import os
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect
from psycopg.types.range import DateRange, TimestamptzRange
from pytest_django.fixtures import Settings
from tests import staff
from tests.programme import factories

from desist.accounts.models import Account
from desist.post.models import ByHandTask, Partner
from desist.programme.chains.models import Chain
from desist.programme.planner.models import Move
from desist.programme.sessions.models import Session
from desist.wall.actors import Role
from desist.wall.models import Restriction

pytestmark = pytest.mark.browser


class Silent(WSGIRequestHandler):
    """Writes no log."""

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    """Debian's Chromium, also as root."""
    chromium = os.environ.get("DESIST_CHROMIUM") or shutil.which("chromium")
    chosen = {"executable_path": chromium} if chromium else {}
    return {**browser_type_launch_args, **chosen, "args": ["--no-sandbox", "--disable-gpu"]}


@functools.cache
def handler() -> WSGIHandler:
    return WSGIHandler()


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits: the server answers in threads of its own."""


@pytest.fixture
def address(db: None, _static_files: None, settings: Settings) -> Iterator[str]:
    """The programme, served from a thread."""
    settings.WHITENOISE_USE_FINDERS = True  # from where they are written

    def serve(environ: dict[str, Any], start_response: Any) -> Any:
        return handler()(environ, start_response)

    server = ThreadedWSGIServer(("127.0.0.1", 0), Silent)
    server.set_app(serve)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def browsing(
    browser: Browser, address: str, kit_browser: Client, settings: Settings
) -> Iterator[Callable[..., BrowserContext]]:
    """Windows in which Kit is signed in, or whoever is signed in at `client`."""
    opened = []

    def browsing(*, client: Client = kit_browser, **wishes: Any) -> BrowserContext:
        context = browser.new_context(base_url=address, **wishes)
        name = settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])
        opened.append(context)
        return context

    yield browsing
    for context in opened:
        context.close()


@pytest.fixture
def page(browsing: Callable[..., BrowserContext]) -> Page:
    return browsing().new_page()


@pytest.fixture
def chain(session: Session) -> Chain:
    return factories.chain(session=session, links=3)


def words(chain: Chain) -> list[str]:
    return list(chain.links.filter(part="link").order_by("position").values_list("words", flat=True))


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.innerText || document.activeElement.name"))


def test_a_link_is_typed_without_the_mouse(page: Page, chain: Chain) -> None:
    page.goto(f"/chains/{chain.ref}/edit/")

    page.keyboard.type("She ignores me")
    page.keyboard.press("Tab")
    page.keyboard.press("u")
    page.keyboard.press("4")
    page.keyboard.press("Enter")

    expect(page.locator("[data-link]")).to_have_count(4)
    expect(page.locator("[data-chain-said]")).to_contain_text("The link is added.")
    link = chain.links.get(position=4)
    assert (link.words, link.kind, link.intensity) == ("She ignores me", "urge", 4)
    expect(page.locator("[name=words]")).to_be_focused()
    expect(page.locator("[name=words]")).to_have_value("")


def test_arrows_move_the_focus_and_alt_moves_the_link(page: Page, chain: Chain) -> None:
    page.goto(f"/chains/{chain.ref}/edit/")
    page.keyboard.press("ArrowUp")
    assert "Thought 3" in focused(page)

    page.keyboard.press("ArrowUp")
    page.keyboard.press("Alt+ArrowUp")

    expect(page.locator("[data-chain-said]")).to_contain_text("moved up")
    assert words(chain) == ["Thought 2", "Thought 1", "Thought 3"]
    assert "Thought 2" in focused(page)

    page.keyboard.press("Control+z")
    expect(page.locator("[data-chain-said]")).to_contain_text("undone")
    assert words(chain) == ["Thought 1", "Thought 2", "Thought 3"]


def test_b_adds_a_link_below_the_one_in_focus(page: Page, chain: Chain) -> None:
    page.goto(f"/chains/{chain.ref}/edit/")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("b")
    expect(page.locator("[data-line]")).to_contain_text("Below “Thought 2”.")

    page.keyboard.type("Between")
    page.keyboard.press("Tab")
    page.keyboard.press("t")
    page.keyboard.press("Enter")

    expect(page.locator("[data-link]")).to_have_count(4)
    assert words(chain) == ["Thought 1", "Thought 2", "Between", "Thought 3"]


def test_s_asks_for_the_skill_at_the_link_in_focus(page: Page, chain: Chain) -> None:
    page.goto(f"/chains/{chain.ref}/edit/")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("s")
    expect(page.locator("[name=skill]")).to_be_focused()

    page.keyboard.type("Ride the urge out")
    page.keyboard.press("Enter")

    expect(page.locator(".chain-card__skill")).to_have_text("Skill: Ride the urge out")
    assert chain.links.get(position=3).skill == "Ride the urge out"


def test_a_refused_line_keeps_its_words_and_is_told(page: Page, chain: Chain) -> None:
    page.goto(f"/chains/{chain.ref}/edit/")
    page.keyboard.type("She ignores me")
    page.keyboard.press("Enter")

    expect(page.locator("[data-chain-said]")).to_contain_text("Choose the type")
    expect(page.locator("[name=words]")).to_have_value("She ignores me")


def test_a_record_saves_itself_and_a_second_tab_overwrites_nothing(
    browsing: Callable[..., BrowserContext], session: Session
) -> None:
    context = browsing()
    first, second = context.new_page(), context.new_page()
    for tab in (first, second):
        tab.goto(f"/sessions/{session.ref}/record/")

    first.fill("[name=work_done]", "Words of the first tab")
    expect(first.locator("[data-autosave-status]")).to_contain_text("Saved at")
    second.fill("[name=work_done]", "Words of the second tab")
    expect(second.locator("[data-autosave-status]")).to_contain_text("Not saved: changed elsewhere at")
    second.get_by_role("button", name="Save", exact=True).click()

    expect(second.locator("main")).to_contain_text("Words of the first tab")
    expect(second.locator("[name=work_done]")).to_have_value("Words of the second tab")
    session.refresh_from_db()
    assert session.work_done == "Words of the first tab"


def test_the_editor_works_without_javascript(browsing: Callable[..., BrowserContext], chain: Chain) -> None:
    page = browsing(java_script_enabled=False).new_page()
    page.goto(f"/chains/{chain.ref}/edit/")

    page.fill("[name=words]", "A song on the radio")
    page.select_option("[name=kind]", "event")
    page.get_by_role("button", name="Add").click()
    page.get_by_role("button", name="Move up event 4").click()
    page.get_by_role("button", name="Remove thought 1").click()
    page.get_by_role("button", name="Undo").click()

    assert words(chain) == ["Thought 1", "Thought 2", "A song on the radio", "Thought 3"]


PHONE: ViewportSize = {"width": 320, "height": 640}
PAGES = (
    "sessions/{s}/",
    "sessions/{s}/prepare/",
    "sessions/{s}/record/",
    "sessions/{s}/finish/",
    "chains/in/{s}/",
    "chains/{c}/",
    "chains/{c}/edit/",
    "chains/{c}/shared/",
    "chains/{c}/analysis/",
    "concerns/",
    "concerns/{s}/raise/",
    "disclosures/{e}/",
    "disclosures/{e}/type-in/",
    "disclosures/{e}/type-in-refusal/",
    "disclosures/{e}/type-in-recall/",
    "calendar/",
)


def test_every_page_is_accessible_and_fits_a_phone(
    browsing: Callable[..., BrowserContext], session: Session, chain: Chain
) -> None:
    factories.concern(session=session, what="A very-long-word-" * 12)
    page = browsing(viewport=PHONE).new_page()

    found = complaints(
        page, [path.format(s=session.ref, c=chain.ref, e=session.episode.ref) for path in PAGES]
    )

    assert found == []


def complaints(page: Page, paths: Iterable[str]) -> list[str]:
    """What axe, the console and the width of a phone say against some pages."""
    found: list[str] = []
    page.on("console", lambda message: found.append(f"{page.url} {message.text}"))
    for path in paths:
        page.goto("/" + path)
        found += [
            f"{path} {one['id']}: {node['html'][:150]}"
            for one in Axe().run(page).response["violations"]
            for node in one["nodes"]
            if "aria-expanded" not in node["html"]
        ]
        if page.evaluate("document.documentElement.scrollWidth") > PHONE["width"]:
            found.append(f"{path} is wider than a phone")
        if folder := os.environ.get("DESIST_SCREENSHOTS"):
            page.screenshot(path=f"{folder}/{path.strip('/').replace('/', '-')}.png", full_page=True)
    return found


#: the pages that every zone has, and who works with them
SHARED = {
    Role.ADMINISTRATOR: (
        *("account/", "account/people/", "account/people/{kit}/", "account/people/{kit}/give-role/"),
        *("account/people/{kit}/leave/", "account/role/"),
        *("post/envelopes/", "post/partners/", "post/partners/add/", "post/partners/{police}/"),
        *("restrictions/", "restrictions/restrict/", "restrictions/keep-from/", "restrictions/ask/"),
        *("restrictions/reviewer/", "restrictions/{restriction}/", "restrictions/{restriction}/end/"),
    ),
    Role.DATA_PROTECTION_OFFICER: ("audit/", "account/"),
    Role.MANAGER: (
        "",
        "duty/",
        "duty/add/",
        "post/by-hand/",
        "post/by-hand/{task}/tell/",
        "concerns/{concern}/close/",
    ),
}


@pytest.mark.parametrize("role", SHARED)
def test_every_page_that_all_zones_have_is_accessible_and_fits_a_phone(
    browsing: Callable[..., BrowserContext], session: Session, police: Partner, kit: Account, role: Role
) -> None:
    made = {
        "kit": kit.ref,
        "police": police.ref,
        "task": ByHandTask.objects.create(
            partner=police, kind="alert", text="Call.", made_at=factories.NOW, due_at=factories.NOW
        ).ref,
        "restriction": Restriction.objects.create(
            case=session.episode.referral.ref,
            reason="A party is police",
            made_by=kit.ref,
            made_at=factories.NOW,
        ).ref
        if role is Role.ADMINISTRATOR
        else "",
        "concern": factories.concern(session=session).ref,
    }
    factories.duty_number()
    client = staff.browser(account=staff.account(name="Ola Reed"), role=role)
    page = browsing(client=client, viewport=PHONE).new_page()

    found = complaints(page, [path.format(**made) for path in SHARED[role]])

    assert found == []


#: pages of triage, agreement, assessment, measures, risk, goals and support; {e} episode, {m} and {f} measures, ...
ASSESSING = (
    "episodes/{e}/",
    "agreement/{e}/",
    "agreement/notice/",
    "agreement/{e}/tell/",
    "agreement/{e}/ask/",
    "agreement/{e}/withdraw/",
    "agreement/task/{t}/",
    "assessments/of/{e}/",
    "assessments/of/{e}/appoint/",
    "assessments/{a}/",
    "assessments/{a}/move/",
    "assessments/{a}/write/",
    "assessments/{a}/finish/",
    "assessments/{a}/cancel/",
    "measures/of/{e}/",
    "measures/of/{e}/pcl-5/",
    "measures/of/{e}/core-10/",
    "measures/of/{e}/phq-9/total/",
    "measures/{m}/",
    "measures/{m}/strike/",
    "measures/{f}/safety/",
    "risk/",
    "risk/{e}/",
    "risk/{e}/record/",
    "plans/{e}/",
    "plans/{e}/goal/",
    "plans/goal/{g}/change/",
    "plans/goal/{g}/rate/",
    "support/",
    "support/of/{e}/",
    "support/of/{e}/refer/",
    "support/{s}/outcome/",
)
MANAGING = (
    "",
    "triage/",
    "triage/{r}/",
    "triage/{r}/decide/",
    "triage/{r}/advice/",
    "triage/{r}/delay/",
    "triage/criteria/",
    "triage/criteria/change/",
    "support/",
    "support/add/",
    "support/agency/{y}/end/",
    "service/",
    "supervision/",
    "supervision/of/{p}/",
    "supervision/of/{p}/arrange/",
    "supervision/of/{p}/end/",
    "quality/",
    "quality/{q}/",
    "returns/",
    "settings/",
    "settings/practitioners/{p}/",
    "settings/agencies/{y}/",
    "nudges/",
    "history/{e}/",
)
SUPERVISING = (
    "",
    "supervision/",
    "supervision/of/{p}/",
    "supervision/of/{p}/plan/",
    "supervision/{v}/record/",
    "supervision/{v}/cancel/",
    "supervision/debrief/{d}/",
)
OBSERVING = ("quality/", "quality/draw/", "quality/{q}/", "quality/{w}/rate/")


PLANNING = (
    "planner/{e}/",
    "planner/{e}/plan/",
    "moves/{n}/move/",
    "moves/{n}/cancel/",
    "moves/{e}/add/",
    "busy/{e}/add/",
    "curriculum/",
    "calendar/",
    "team/links/",
    "team/links/declare/",
    "sessions/{n}/prepare/",
)
LEADING = (
    "",
    "allocation/{e}/",
    "allocation/{p}/hand-over/",
    "team/",
    "team/add/",
    "team/{p}/",
    "team/{p}/change/",
    "leave/",
    "leave/{p}/add/",
    "premises/",
    "premises/add/",
    "premises/{b}/room/",
    "curriculum/",
    "curriculum/{u}/",
    "curriculum/{u}/module/",
    "curriculum/{u}/use/",
    "curriculum/module/{um}/",
    "curriculum/session/{us}/",
)


@pytest.fixture
def plan(session: Session) -> dict[str, str]:
    """A plan with everything in its way, by the letters of the pages."""
    episode, practitioner = session.episode, session.practitioner
    room = factories.room()
    start = timezone.now() + timedelta(days=5)
    ahead = factories.session(
        episode=episode, number=2, period=TimestamptzRange(start, start + timedelta(hours=1)), room=room
    )
    cover = factories.practitioner(account=factories.account(name="Noor Hale"), trained_on=None)
    days = DateRange(start.date(), start.date() + timedelta(days=3))
    factories.leave(practitioner=practitioner, cover=cover, days=days)
    factories.order(referral=episode.referral)
    factories.busy_time(episode=episode)
    factories.declaration(practitioner=practitioner, case="", family_name="Nobody-Marsh", given_names="Quill")
    Move.objects.create(
        session=ahead,
        kind="added",
        decision="one",
        asked_by="person",
        why="missed",
        words="In words",
        after=ahead.period,
        made_by=practitioner.ref,
        made_at=factories.NOW,
    )
    factories.premises(name="Corn Hall", never_book=True)
    draft = factories.curriculum()
    return {
        "e": episode.ref,
        "n": ahead.ref,
        "p": practitioner.ref,
        "b": room.premises.ref,
        "u": draft.ref,
        "um": draft.modules.get().ref,
        "us": draft.sessions.get().ref,
    }


@pytest.mark.parametrize(("role", "pages"), [(Role.PRACTITIONER, PLANNING), (Role.MANAGER, LEADING)])
def test_every_page_of_planning_is_accessible_and_fits_a_phone(
    browsing: Callable[..., BrowserContext],
    signed_in: Callable[..., Client],
    plan: dict[str, str],
    role: Role,
    pages: tuple[str, ...],
) -> None:
    page = browsing(client=signed_in(role=role), viewport=PHONE).new_page()

    found = complaints(page, [path.format(**plan) for path in pages])

    assert found == []


@pytest.fixture
def case(session: Session) -> dict[str, str]:
    """A person with everything that is found out about somebody, by the letters of the pages."""
    episode = session.episode
    factories.agreement(episode=episode)
    for weeks, answers in ((12, [2] * 9), (6, [2, 2, 2, 2, 1, 1, 1, 1, 0]), (0, [1] * 8 + [0])):
        occasion = {12: "baseline", 6: "mid", 0: "closing"}[weeks]
        day = factories.NOW.date() - timedelta(weeks=weeks)
        measure = factories.measure(
            episode=episode, instrument="phq-9", answers=answers, occasion=occasion, taken_on=day
        )
        factories.measure(
            episode=episode,
            instrument="core-10",
            answers=[answers[0]] * 9 + [None],
            occasion=occasion,
            taken_on=day,
        )
    elsewhere = factories.episode(referral=factories.referral(), practitioner=session.practitioner)
    goal = factories.goal(episode=episode)
    factories.rating(
        episode=episode,
        rated_on=date(2025, 1, 1),
        review_on=date(2025, 4, 1),
        rationale="A-very-long-word-" * 12,
    )
    agency = factories.agency()
    session.debrief_wanted, session.saved_at = True, factories.NOW
    session.save()
    sampled = factories.sampled(session=factories.attended(episode=episode, number=9))
    sol = factories.account(name="Sol Arden")
    factories.arrangement(practitioner=session.practitioner, supervisor=sol)
    return {
        "p": session.practitioner.ref,
        "v": factories.supervision(practitioner=session.practitioner, supervisor=sol.ref).ref,
        "d": session.ref,
        "q": sampled.sample.ref,
        "w": sampled.ref,
        "e": episode.ref,
        "t": factories.follow_up(episode=episode).ref,
        "a": factories.assessment(episode=episode, story="A-very-long-word-" * 12).ref,
        "m": measure.ref,
        "f": factories.measure(episode=elsewhere, instrument="phq-9", flagged=True).ref,
        "g": goal.ref,
        "s": factories.support(episode=episode, agency=agency).ref,
        "y": agency.ref,
        "r": factories.referral(completed_at=factories.NOW - timedelta(days=400)).ref,
    }


@pytest.mark.parametrize(
    ("role", "pages"),
    [
        (Role.PRACTITIONER, ASSESSING),
        (Role.MANAGER, MANAGING),
        (Role.SUPERVISOR, SUPERVISING),
        (Role.OBSERVER, OBSERVING),
    ],
)
def test_every_page_of_people_and_of_managing_is_accessible_and_fits_a_phone(
    browsing: Callable[..., BrowserContext],
    signed_in: Callable[..., Client],
    case: dict[str, str],
    role: Role,
    pages: tuple[str, ...],
) -> None:
    page = browsing(client=signed_in(role=role), viewport=PHONE).new_page()

    found = complaints(page, [path.format(**case) for path in pages])

    assert found == []


def test_a_form_is_typed_in_by_keyboard_and_leads_to_the_safety_check(
    browsing: Callable[..., BrowserContext], session: Session
) -> None:
    page = browsing(java_script_enabled=False).new_page()
    page.goto(f"/measures/of/{session.episode.ref}/phq-9/")

    page.get_by_label("Baseline").check()
    page.focus("[name=item_1]")
    for figure in "222111001":
        page.keyboard.type(figure)
        page.keyboard.press("Tab")
    page.get_by_role("button", name="Save the form").click()

    expect(page.locator("h1")).to_have_text("Safety check")
    page.get_by_label("What did you ask").fill("No plans. His brother stays tonight.")
    page.get_by_label("No thought of acting on it").check()
    page.get_by_role("button", name="Record the safety check").click()
    expect(page.locator("main")).to_contain_text("10 of 27, moderate")


def test_measures_are_shown_as_the_guide_pictures_them(
    browsing: Callable[..., BrowserContext], case: dict[str, str]
) -> None:
    page = browsing(viewport={"width": 1200, "height": 1400}).new_page()

    page.goto(f"/measures/of/{case['e']}/")

    expect(page.locator("main")).to_contain_text("Improved")
    expect(page.locator("main svg").first).to_be_visible()
    if folder := os.environ.get("DESIST_PICTURES"):
        page.screenshot(path=f"{folder}/measures.png")
