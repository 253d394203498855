"""Clicking finds what opening by address does not: here are small sites with something wrong in each of them."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import override_settings
from django.urls import Resolver404, path, resolve
from playwright.sync_api import Browser, BrowserContext
from tests import clicking, looking
from tests.clicking import Clicks, Key

from desist.ui.context import Navigation

pytestmark = pytest.mark.browser

#: as lists were once: whatever is clicked in them is drawn in their place
BOOSTED = (
    '<div id="results" hx-boost="true" hx-target="#results" hx-select="#results" hx-swap="outerHTML">{}</div>'
)
SORTED = """{% call tables.results() %}
{% call tables.table("Rows", [("Row", "name")], sort=sort, current=request.GET, within="results") %}
{% call tables.row() %}{{ tables.name("One", "/one/") }}{% endcall %}
{% endcall %}
{% endcall %}"""
LISTED: dict[str, str] = {}
#: drops the first click on each page
DROPS = """let dropped = 0; addEventListener('click', (event) => {
  if (!dropped++) { event.preventDefault(); event.stopImmediatePropagation(); } }, true);"""

#: adds words to a page, as a calendar that is loaded late, before a busy browser follows the link that was clicked
ADDS = """addEventListener('click', (event) => {
  const link = event.target.closest('main a');
  if (!link) return;
  event.preventDefault();
  link.after(' January February');
  setTimeout(() => { location.href = link.href; }, 300); }, true);"""

Walk = Callable[[str], list[str]]


def nowhere(request: HttpRequest) -> Navigation:
    """A menu with nothing in it."""
    return Navigation()


def shown(request: HttpRequest, heading: str = "All", content: str = "") -> HttpResponse:
    """A page: the first one shows what a test wrote."""
    from desist.ui.tables import Sort

    words = content or LISTED["content"]
    page = f'{{% extends "ui/page.html" %}}{{% set heading = "{heading}" %}}{{% block content %}}{words}{{% endblock %}}'
    sort = Sort.read(request.GET, allowed=("name",), default="-name")
    return HttpResponse(engines["jinja2"].from_string(page).render({"sort": sort}, request))


def chosen(request: HttpRequest) -> HttpResponse:
    """Refuse a form without an answer."""
    return shown(request, "One", "Chosen.") if request.GET.get("who") else HttpResponse(status=422)


def asks(request: HttpRequest) -> HttpResponse:
    """Ask who is there first."""
    answer = shown(request, "Confirm who you are", "Here.")
    answer.status_code = 401
    return answer


def shut(request: HttpRequest) -> HttpResponse:
    """A page on which no script may request anything, as a document that was sent has."""
    answer = shown(request, "Shut", '<a href="/lost/">Lost</a>')
    answer["Content-Security-Policy"] = "connect-src 'none'"
    return answer


urlpatterns = [
    path("", shown, name="all"),
    path("one/", shown, {"heading": "One", "content": "The first."}, name="one"),
    path("two/", shown, {"heading": "Two", "content": '<a href="/one/">One</a>'}, name="two"),
    path("shut/", shut, name="shut"),
    path("bare/", shown, {"heading": "Bare", "content": " "}, name="bare"),
    path("chosen/", chosen, name="chosen"),
    path("asks/", asks, name="asks"),
    path("refuses/", asks, name="refuses"),
]


def route(address: str) -> str:
    try:
        return resolve(address, urlconf=__name__).view_name
    except Resolver404:
        return ""


@pytest.fixture(params=[True, False], ids=["scripts", "plain"])
def scripts(request: pytest.FixtureRequest) -> bool:
    """Whether the browser runs JavaScript."""
    return bool(request.param)


@pytest.fixture
def walk(browser: Browser, base_url: str, scripts: bool) -> Walk:
    """Click through a site whose first page has this content; returns what is wrong with it."""

    def walk(content: str) -> list[str]:
        with browser.new_context(base_url=base_url, java_script_enabled=scripts) as context:
            return walked(context, content, scripts=scripts)

    return walk


def walked(context: BrowserContext, content: str, *, scripts: bool = True) -> list[str]:
    """Click through the site; returns what is wrong with it."""
    LISTED["content"] = content
    with override_settings(ROOT_URLCONF=__name__, DESIST_NAVIGATION=f"{__name__}.nowhere"):
        page = context.new_page()
        page.goto("/")
        clicks = Clicks(page, route, confirmed=frozenset({"asks"}), scripts=scripts)
        clicks.everything()
        page.close()
    assert clicks.count
    return clicks.found


def test_a_click_that_a_busy_browser_drops_is_made_again(
    context: BrowserContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clicking, "LOOKS", 50)
    context.add_init_script(DROPS)

    with pytest.warns(UserWarning, match="A click led nowhere on http.*: the page had none"):
        found = walked(context, '<a href="/one/">One</a> <details><summary>More</summary>Words</details>')

    assert found == []


def test_words_that_a_page_adds_by_itself_are_not_taken_for_the_page_that_a_plain_link_leads_to(
    context: BrowserContext,
) -> None:
    context.add_init_script(ADDS)

    assert walked(context, '<a href="/one/">One</a>') == []


def test_a_page_that_links_to_an_error_is_found_where_pages_are_looked_at(
    browser: Browser, base_url: str
) -> None:
    LISTED["content"] = '<a href="/one/">One</a> <a href="/lost/">Lost</a>'
    with override_settings(ROOT_URLCONF=__name__, DESIST_NAVIGATION=f"{__name__}.nowhere"):
        page = browser.new_page(base_url=base_url)
        page.goto("/")
        asked: set[str] = set()

        assert looking.dead(page, asked) == ["/lost/, which is answered 404"]
        assert looking.dead(page, asked) == []
        page.close()


def test_a_page_that_is_opened_is_not_asked_for_as_well_and_is_reported_where_it_is_an_error(
    browser: Browser, base_url: str
) -> None:
    LISTED["content"] = '<a href="/one/">One</a> <a href="/lost/">Lost</a> <a href="/gone/">Gone</a>'
    with override_settings(ROOT_URLCONF=__name__, DESIST_NAVIGATION=f"{__name__}.nowhere"):
        page = browser.new_page(base_url=base_url)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(urlsplit(request.url).path))

        found = looking.complaints(page, ("", "one/", "lost/"), {})

        assert "lost/ is answered 404" in found
        assert " leads to /gone/, which is answered 404" in found
        assert [asked.count(path) for path in ("/one/", "/lost/", "/gone/")] == [1, 1, 1]
        page.close()


def test_a_list_that_sorts_in_place_and_whose_rows_open_is_right(walk: Walk) -> None:
    assert walk(SORTED) == []


def test_a_list_whose_rows_are_drawn_in_its_place_is_found(walk: Walk, scripts: bool) -> None:
    found = walk(BOOSTED.format('<a href="/one/">One</a>'))

    assert found[:1] == (["/one/: “One” on / shows ['All'], and /one/ is ['One']"] if scripts else [])


@pytest.mark.parametrize(
    "link", ['<a href="/lost/">Lost</a>', '<form action="/lost/"><button>Lost</button></form>']
)
def test_a_link_or_a_button_that_leads_to_an_error_is_found(walk: Walk, link: str) -> None:
    assert any("“Lost” on / is answered 404" in one for one in walk(link))


def test_what_another_person_clicked_is_requested_in_the_end_and_what_a_click_showed_is_not(
    browser: Browser, base_url: str
) -> None:
    """The page that leads to an error forbids every request of its own."""
    LISTED["content"] = '<a href="/shut/">Shut</a> <a href="/one/">One</a>'
    done: set[Key] = {("", "a", "", "", ())}  # a link to no route, as the one to /lost/
    requested: list[str] = []
    with override_settings(ROOT_URLCONF=__name__, DESIST_NAVIGATION=f"{__name__}.nowhere"):
        page = browser.new_page(base_url=base_url)
        page.on("request", lambda request: requested.append(urlsplit(request.url).path))
        page.goto("/")
        clicks = Clicks(page, route, done=done, bound=0)
        clicks.everything()
        page.close()

    assert clicks.found[-1:] == ["/shut/: leads to /lost/, which is answered 404"]
    assert requested.count("/one/") == 1


def test_a_page_on_which_nothing_is_left_to_click_is_not_opened_again(
    browser: Browser, base_url: str
) -> None:
    LISTED["content"] = '<a href="/two/">Two</a> <a href="/one/">One</a>'
    opened: list[str] = []
    with override_settings(ROOT_URLCONF=__name__, DESIST_NAVIGATION=f"{__name__}.nowhere"):
        page = browser.new_page(base_url=base_url)
        page.goto("/")
        page.on("request", lambda request: opened.append(urlsplit(request.url).path))
        clicks = Clicks(page, route)
        clicks.everything()
        page.close()

    assert clicks.found == []
    by_clicks = ["/two/", "/", "/one/"]  # the name of the site leads to the first page
    assert [one for one in opened if not one.startswith("/static")] == by_clicks


def test_a_page_that_may_ask_who_is_there_is_right_and_another_is_not(walk: Walk) -> None:
    assert walk('<a href="/asks/">One</a>') == []
    assert walk('<a href="/refuses/">One</a>')


def test_a_page_with_nothing_on_it_is_found(walk: Walk) -> None:
    assert walk('<a href="/bare/">Bare</a>') == ["/bare/: “Bare” on / leads to an empty page"]


def test_a_link_to_a_part_that_is_not_there_is_found(walk: Walk) -> None:
    found = walk(
        '<a href="#here">Here</a> <a href="#gone">Gone</a> <p id="here">Here</p> <a href="/one/">One</a>'
    )

    assert found == ["/: “Gone” on / leads to no part of the page"]


def test_a_link_in_a_fold_is_clicked_once_the_fold_is_open(walk: Walk) -> None:
    found = walk('<details><summary>More</summary><a href="/bare/">Bare</a></details>')

    assert found == ["/bare/: “Bare” on / leads to an empty page"]


def test_a_link_in_a_fold_of_a_fold_is_clicked_once_both_are_open(walk: Walk) -> None:
    fold = "<details><summary>Late</summary><details><summary>More</summary>{}</details></details>"

    found = walk(fold.format('<a href="/one/">One</a>') + fold.format('<a href="/bare/">Bare</a>'))

    assert found == ["/bare/: “Bare” on / leads to an empty page"]


def test_a_fold_that_stands_open_is_closed_and_opened_again(walk: Walk) -> None:
    found = walk('<details open><summary>More</summary><a href="/bare/">Bare</a></details>')

    assert found == ["/bare/: “Bare” on / leads to an empty page"]


@pytest.mark.parametrize(("first", "refused"), [("Choose a person", False), ("Anyone", True)])
def test_a_list_to_choose_from_is_answered_before_its_form_is_sent(
    walk: Walk, first: str, refused: bool
) -> None:
    who = f'<select name="who"><option value="">{first}</option><option value="1">One</option></select>'

    found = walk(f'<form action="/chosen/">{who}<button>Continue</button></form>')

    assert any("“Continue” on / is answered 422" in one for one in found) is refused


def test_a_button_that_cannot_be_pressed_is_found(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.clicking.PATIENCE", 500)

    found = walk('<fieldset disabled><form action="/one/"><button>One</button></form></fieldset>')

    assert any("“One” on / cannot be clicked" in one for one in found)


def test_a_link_that_no_mouse_reaches_is_found(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.clicking.PATIENCE", 500)

    found = walk('<div inert><a href="/one/">One</a></div> <a href="/two/">Two</a>')

    assert any("“One” on / cannot be clicked" in one for one in found)
