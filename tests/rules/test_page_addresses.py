"""A page's address shows its code: the first part names the slice that answers."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from tests.rules.code import ROOT, ZONES
from tests.rules.test_policy import STAFF_ZONES

from desist.desk.duty import views as duty
from desist.programme.triage import views as triage
from desist.sites import Zone

#: slice -> (the first part of its addresses, why it is another word)
OTHER_WORDS = {
    "home": ("", "where everybody arrives"),
    "person": ("episodes", "a person's page is about their time on the programme"),
    "session": ("sessions", "the page is of one of them"),
    "client": ("victims", "the word that the law has for them"),
    "order": ("orders", "the page is of one of them"),
    "referral": ("referrals", "the page is of one of them"),
    "accounts": ("account", "one's own"),
    "feeds": ("calendar", "the word that people have for it"),
    "answering": ("answers", "what an agency gives there"),
}

#: further first words of a slice -> why
FURTHER = {
    "team-to-do": "the first page of those whom one leads",
    "answer-files": "what staff read back of an agency: apart from /answers/, which a proxy opens to agencies",
    "home": "what the menu of every page asks of the first page",
}

Route = tuple[str, Callable[..., Any]]


def routes(patterns: Iterable[URLPattern | URLResolver], before: str = "") -> Iterator[Route]:
    """Return every address with the view that answers it."""
    for pattern in patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, address)
        else:
            yield address, pattern.callback


def slice_of(view: Callable[..., Any]) -> str:
    """Return the folder of a view: in a zone or the desk its slice, else the package."""
    package, *rest = view.__module__.split(".")[1:]
    if package == "audit" and rest[0] == "downloads":  # files with names, the audit's among them
        return rest[0]
    return rest[-2] if package in {*ZONES, "desk"} else package


def astray(found: Iterable[Route]) -> list[str]:
    """Return the addresses whose first part is not the word for the slice that answers."""
    wrong = []
    for address, view in found:
        answering = slice_of(view)
        word, _ = OTHER_WORDS.get(answering, (answering.replace("_", "-"), ""))
        if address.partition("/")[0] not in {word, *FURTHER}:
            wrong.append(f"/{address} is answered by {view.__module__}.{view.__name__}")
    return wrong


@pytest.mark.parametrize("zone", STAFF_ZONES)
def test_the_first_part_of_an_address_names_its_slice(zone: Zone) -> None:
    assert astray(routes(get_resolver(f"desist.zones.{zone}_urls").url_patterns)) == []


def test_an_address_that_leads_elsewhere_is_found() -> None:
    planted = [("triage/<slug:ref>/decide/", triage.decide), ("referrals/<slug:ref>/decide/", triage.decide)]

    assert astray([*planted, ("duty/", duty.numbers)]) == [
        "/referrals/<slug:ref>/decide/ is answered by desist.programme.triage.views.decide"
    ]


def test_the_readmes_example_is_true() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    known = dict(routes(get_resolver("desist.zones.programme_urls").url_patterns))

    assert known["triage/<slug:ref>/decide/"] is triage.decide
    assert "`/triage/k7f2m9/decide/` in the programme zone is\n`desist.programme.triage.views.decide`" in text
