"""A test looks at every page of every zone in a real browser, or a short table gives the reason why not."""

import inspect
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path
from django.urls.resolvers import RegexPattern
from django.views.decorators.http import require_POST, require_safe
from tests import looking
from tests.accounts import pages as accounts
from tests.advocacy import pages as advocacy
from tests.commission import pages as commission
from tests.partnership import pages as partnership
from tests.programme import pages as programme

from desist.sites import Zone

#: zone -> the pages that its page tests look at
LOOKED_AT: dict[Zone, looking.Pages] = {
    Zone.PROGRAMME: programme.PAGES,
    Zone.PARTNERSHIP: partnership.PAGES,
    Zone.ADVOCACY: advocacy.PAGES,
    Zone.COMMISSION: commission.PAGES,
}
ACCOUNTS = (*accounts.BEFORE_SIGN_IN, *accounts.OF_ONESELF, *accounts.OF_AN_ADMINISTRATOR)
#: pages that zones share: a test looks at them in one of the zones
SHARED = re.compile(r"(accounts|post|audit|downloads|restrictions|alerts|duty|feeds|tasks|declarations):")

FILE, ONWARD, JOURNEY = "a file", "leads on to another page", "looked at in a journey of tests/accounts"
#: routes that answer GET with no page of their own -> why
NO_PAGE = {
    "accounts:accept-code": JOURNEY,
    "accounts:codes": JOURNEY,
    "accounts:exit": ONWARD,
    "accounts:here": "says only that somebody is still there",
    "accounts:provider": ONWARD,
    "accounts:provider-back": ONWARD,
    "accounts:set-authenticator": JOURNEY,
    "agreement:given-pdf": FILE,
    "agreement:notice-pdf": FILE,
    "attachments:download": FILE,
    "breaches:case": ONWARD,
    "documents:download": FILE,
    "enclosures:download": FILE,
    "certificates:document": FILE,
    "order_copies:copy": FILE,
    "exit_reports:document": FILE,
    "feeds:ics": "a calendar",
    "home:waiting": "a number alone, which the menu asks for",
    "imports:columns": FILE,
    "imports:template": FILE,
    "moving_in:template": FILE,
    "paper:chain": FILE,
    "paper:sheet": FILE,
    "paper:skill": FILE,
    "papers:fetch": FILE,
    "panel_papers:copy": FILE,
    "panel_packs:file": FILE,
    "guest:read": "looked at in tests/partnership/panels, where nobody is signed in",
    "moving_in:workbook": FILE,
    "post:introduction": FILE,
    "register:counts": FILE,
    "answers:start": "looked at in tests/programme/plans/support, where nobody is signed in",
    "answers:link": "looked at in tests/programme/plans/support, where nobody is signed in",
    "answer_files:form": FILE,
    "agency_links:made": "looked at in tests/programme/plans/support: it is shown once",
    "send:away": ONWARD,
    "send:code": "looked at in tests/advocacy/submissions, where nobody is signed in",
    "send:start": "looked at in tests/advocacy/submissions, where nobody is signed in",
    "evidence:play": FILE,
    "evidence:picture": FILE,
    "submissions:picture": FILE,
    "register:template": FILE,
    "reports:document": FILE,
    "returns:file": FILE,
    "quarterly:file": FILE,
    "extracts:file": FILE,
    "training:file": FILE,
}

Patterns = Sequence[URLPattern | URLResolver]


def routes(patterns: Patterns, space: str = "") -> Iterator[tuple[str, Any]]:
    """Return the name and the view of every route."""
    for entry in patterns:
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from routes(entry.url_patterns, inner)
        else:
            yield f"{space}{entry.name}", entry.callback


def methods(view: Any) -> list[str]:
    """Return the methods that a view answers, from Django's decorators; [] where there are none."""
    while view is not None:
        if said := inspect.getclosurevars(view).nonlocals.get("request_method_list"):
            return list(said)
        view = getattr(view, "__wrapped__", None)
    return []


def seen(patterns: Patterns, paths: Iterable[str]) -> set[str]:
    """Return the routes that answer some addresses; every word in braces stands for a reference."""
    whole = URLResolver(RegexPattern(r"^/"), list(patterns))
    filled = [re.sub(r"\{\w+\}", "2026-03-03", one.partition("?")[0]) for one in paths]
    return {whole.resolve(f"/{one}").view_name for one in filled}


def overlooked(patterns: Patterns, paths: Iterable[str]) -> set[str]:
    """Return the routes that answer GET and that no test looks at."""
    answering = {name for name, view in routes(patterns) if methods(view) != ["POST"]}
    return answering - seen(patterns, paths) - set(NO_PAGE)


def paths(zone: Zone) -> list[str]:
    """Return every address of a zone that a test looks at."""
    return [one for roles in LOOKED_AT[zone].values() for found in roles.values() for one in found]


def patterns(zone: Zone) -> Patterns:
    return get_resolver(f"desist.zones.{zone}_urls").url_patterns


@pytest.fixture(scope="module")
def shared() -> set[str]:
    """Return the pages that zones share, in any zone that looks at them."""
    found = seen(patterns(Zone.PROGRAMME), ACCOUNTS)
    for zone in LOOKED_AT:
        found |= {name for name in seen(patterns(zone), paths(zone)) if SHARED.match(name)}
    return found


@pytest.mark.parametrize("zone", LOOKED_AT)
def test_every_page_is_looked_at(zone: Zone, shared: set[str]) -> None:
    assert overlooked(patterns(zone), paths(zone)) - shared == set()


def test_the_table_of_reasons_names_no_page_that_is_looked_at_or_does_not_exist() -> None:
    every = {name for zone in LOOKED_AT for name, _ in routes(patterns(zone))}
    looked_at = {name for zone in LOOKED_AT for name in seen(patterns(zone), paths(zone))}

    assert set(NO_PAGE) - every == set()
    assert set(NO_PAGE) & looked_at == set()


@require_safe
def planted(request: HttpRequest) -> HttpResponse:
    """A page."""
    return HttpResponse(request)


@require_POST
def only_posted_to(request: HttpRequest) -> HttpResponse:
    """No page."""
    return HttpResponse(request)


def test_a_page_at_which_nobody_looks_is_found() -> None:
    zone = [path("planted/<slug:ref>/", planted, name="planted"), path("do/", only_posted_to, name="do")]

    assert overlooked(zone, ()) == {"planted"}
    assert overlooked(zone, ["planted/{ref}/"]) == set()


def test_a_view_that_does_not_say_what_it_answers_counts_as_a_page() -> None:
    def silent(request: HttpRequest) -> HttpResponse:
        return HttpResponse(request)

    assert overlooked([path("", silent, name="silent")], ()) == {"silent"}
