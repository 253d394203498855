"""Two areas that differ only in whether victims have advocates: programme and phones must not be able to tell them apart.

Both hold the same invented people at the same moment and live through the same acts. In one of them the advocates have
clients and do their work; in the other they have none. Then the search reads every page of the programme in both, and of
three people's phones.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import date

from desist.sites import Zone
from tools.leaks import phones, routes, running, settled
from tools.leaks.browser import Answer, Browser
from tools.leaks.crawl import Walk
from tools.leaks.findings import Finding, Place
from tools.leaks.rules import Medium
from tools.leaks.running import Area
from tools.leaks.search import Search
from tools.synthetic.staff import STAFF, Person

DIFFERENCE = "whether a victim is engaged"
WORDS = "the same words in both"
BOUND = 3
#: what tells two readings of the same page apart
PASSING = re.compile(
    r'(?<=nonce=")[^"]*|(?<=name="csrfmiddlewaretoken" value=")[^"]*|(?<=name="form_submission" value=")[^"]*'
    r'|(?<=datetime=")[^"]*|(?<=data-passkey-question=")[^"]*|\b\d{4}(?:\s+\d{4}){5,}\b'  # moments, and the fingerprints of keys
    r"|(?<=localhost:)\d+\b"  # the port of the area
    r'|(?<=\{"key": ")[^"]*'  # what a phone locks its waiting notes with, made of a secret of the site
    r"|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"
    r"|\b[acdefghjklmnpqrtuvwxy34679]{10}\b|\b[ACDEFGHJKLMNPQRTUVWXY34679]{4}-[ACDEFGHJKLMNPQRTUVWXY34679]{4}-[ACDEFGHJKLMNPQRTUVWXY34679]{2}\b"
    r"|\b\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[ap]m)?\b|\b\d{1,2}[ap]m\b|\b\d+ (?:second|minute)s?\b"
)
_READERS = "tells who signed in and who read what: in the two areas other people did other things"
#: slices and pages that differ between any two areas, with the reason
DIFFERENT_ANYHOW = {
    "audit": _READERS,
    "accounts": _READERS,
    "restrictions": _READERS,
    "quality": "a sample is drawn by a seed that nobody chose",
    "post:partner": "the keys of an area are its own",
}
#: stands in a table that sorts: of rows that are equal in its column, the lowest reference comes first
SORTS = 'class="desist-sort"'
#: forms that would make a client in the area without clients
NOT_SENT = frozenset({"victims:start"})

Pages = dict[tuple[Person, str], frozenset[str]]


def differences(*, step: Callable[[str], None]) -> tuple[Finding, ...]:
    """Return what the programme shows in one of the two areas and not in the other."""
    with ExitStack() as until_the_end:
        areas = [
            until_the_end.enter_context(running.own(step=step, victims=engaged)) for engaged in (True, False)
        ]
        routes.set_up()  # not before the areas are forked: their processes have settings of their own
        step("Living through the same in both")
        with ThreadPoolExecutor(max_workers=2) as pool:
            list(pool.map(live, areas))
            engaged, alone = pool.map(read, areas)
        begun = [phones.begin(area) for area in areas]
        return (*compare(engaged, alone), *compare(*map(read_phones, begun)))


def live(area: Area) -> None:
    """Do everything once as each role of the police and the programme; then as the advocates, if they have clients."""
    for zone in (Zone.PARTNERSHIP, Zone.PROGRAMME, Zone.ADVOCACY):
        for walk in _walks(area, zone, lambda _: None):
            walk.links()
            walk.press(WORDS, without=NOT_SENT)
        settled.wait(area)


def read(area: Area) -> Pages:
    """Read every page of the programme as each role there sees it, without what is new on every reading."""
    found: dict[tuple[Person, str], set[str]] = {}
    for person in (one for one in STAFF if one.zone is Zone.PROGRAMME):

        def keep(answer: Answer, person: Person = person) -> None:
            route, _ = routes.route_of(Zone.PROGRAMME, answer.address)
            if answer.html and not {route, route.partition(":")[0]} & DIFFERENT_ANYHOW.keys():
                found.setdefault((person, route), set()).add(still(answer.body))

        for walk in _walks(area, Zone.PROGRAMME, keep, people=(person,)):
            walk.links()
    return {key: frozenset(pages) for key, pages in found.items()}


def read_phones(begun: Iterable[phones.Phone]) -> Pages:
    """Read every page of three phones in the same way."""
    found: dict[tuple[Person, str], set[str]] = {}
    for one in begun:
        holder = replace(one.holder, ref="")

        def keep(answer: Answer, holder: Person = holder) -> None:
            route, _ = routes.route_of(Zone.PARTICIPANT, answer.address)
            found.setdefault((holder, route), set()).add(still(answer.body))

        today = date.today()  # noqa: DTZ011 -- as below
        phones.read(one, Search(()), today=today, keep=keep)
    return {key: frozenset(pages) for key, pages in found.items()}


def still(body: bytes) -> str:
    """Return a page without its tokens, references and times of day; where a table sorts, its lines in order.

    References are drawn by chance, and so is the order of rows that only their references tell apart.
    """
    page = PASSING.sub("", body.decode("utf-8", "replace"))
    return "\n".join(sorted(page.splitlines())) if SORTS in page else page


def compare(engaged: Pages, alone: Pages) -> Iterator[Finding]:
    """Return one finding for each route of a person that reads otherwise where a victim is engaged."""
    for person, route in sorted(engaged.keys() | alone.keys(), key=str):
        one, other = engaged.get((person, route), frozenset()), alone.get((person, route), frozenset())
        if one != other:
            yield Place(person.zone, Medium.PAGE, route, person).finding(DIFFERENCE, _first(one, other))


def _first(one: frozenset[str], other: frozenset[str]) -> str:
    """Return where two readings part, in a few words."""
    if not one or not other:
        return "the page is there only once"
    left, right = min(one - other, default=""), min(other - one, default="")
    place = next((at for at, pair in enumerate(zip(left, right, strict=False)) if pair[0] != pair[1]), 0)
    return f"“…{left[max(0, place - 30) : place + 30]}…”, “…{right[max(0, place - 30) : place + 30]}…”"


def _walks(
    area: Area, zone: Zone, keep: Callable[[Answer], None], people: Iterable[Person] = STAFF
) -> Iterator[Walk]:
    (site,) = (one for one in area.staffed if one.zone is zone)
    for person in people:
        if person.zone is zone:
            walker = Browser(site, listed=area.listed, person=person)
            walker.sign_in()
            today = date.today()  # noqa: DTZ011 -- the day that a person would type as today
            yield Walk(walker, Search(()), bound=BOUND, today=today, keep=keep)
