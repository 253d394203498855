"""Walking through one zone as each of its people, one after the other."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date

from desist.sites import Site
from tools.leaks import routes
from tools.leaks.browser import Browser
from tools.leaks.crawl import Seen, Walk
from tools.leaks.findings import Place
from tools.leaks.rules import Medium
from tools.leaks.search import Search
from tools.synthetic.staff import STAFF, Person

#: routes that a visitor may request without signing in
OUTSIDE = ("/", "/account/sign-in/", "/account/recover/", "/nowhere/", "/account/accept/nothing/")


@dataclass(frozen=True)
class Task:
    """One zone's walk."""

    site: Site
    listed: tuple[Site, ...]
    search: Search
    foreign: tuple[str, ...]  # references of other sites
    bound: int
    words: str  # the text typed into forms
    strange: bool  # whether what only others reached is requested
    touching: bool  # whether forms are sent
    today: date


def walk(task: Task, *, done: Callable[[], None]) -> list[Walk]:
    """Walk every person through the zone, then ask for more; `done` is called after each walk. They can go on."""
    known = Seen()
    walks = []
    for person in STAFF:
        if person.zone is task.site.zone:
            walker = Browser(task.site, listed=task.listed, person=person)
            walker.sign_in()
            walks.append(Walk(walker, task.search, bound=task.bound, today=task.today))
            walks[-1].links()
            known.add(walks[-1].seen)
            done()
    for one in _first(walks, lambda person: (person.role, person.area)) if task.strange else ():
        one.strange(known.addresses, task.foreign)
        done()
    if task.touching:
        _touch(task, walks, done)
    return walks


def _touch(task: Task, walks: list[Walk], done: Callable[[], None]) -> None:
    """Send every form as one person of each role; request what no walk reached once more, with every reference met."""
    of_a_role = _first(walks, lambda person: person.role)
    for one in of_a_role:
        one.reveal(task.words)
        one.press(task.words)
        done()
    for one in of_a_role:
        one.guess({route for walked in walks for route in walked.seen.addresses}, task.words)


def _first(walks: list[Walk], of: Callable[[Person], Hashable]) -> list[Walk]:
    """Return the first walk of each kind of person, in order: administrators, who change roles, come late."""
    found: dict[Hashable, Walk] = {}
    for one in walks:
        found.setdefault(of(one.person), one)
    return list(found.values())


def outside(task: Task) -> Seen:
    """Read what a person outside the zone reads."""
    seen = Seen()
    stranger = Browser(task.site, listed=task.listed)
    for address in OUTSIDE:
        answer = stranger.get(address)
        place = Place(task.site.zone, Medium.PAGE, address)
        seen.leaks.update(place.leaks(task.search.hits(answer.heading) | task.search.hits(answer.body)))
        seen.addresses.setdefault(routes.route_of(task.site.zone, address)[0], set()).add(address)
        seen.answers += 1
    return seen
