"""Walking through one zone as each of its people, one after the other."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus

from desist.references import reference
from desist.sites import Site
from tools.leaks import routes
from tools.leaks.browser import Answer, Browser
from tools.leaks.crawl import Seen, Walk
from tools.leaks.filling import PICTURE
from tools.leaks.findings import Place
from tools.leaks.rules import Medium
from tools.leaks.search import Search
from tools.leaks.starts import Ways
from tools.synthetic.staff import STAFF, Person

#: routes that a visitor may request without signing in
OUTSIDE = ("/", "/account/sign-in/", "/account/recover/", "/nowhere/", "/account/accept/nothing/")


class NotSent(Exception):
    """A client's link did not work, so that its pages were not read as she reads them."""


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
    ways: Ways  # into the zone, besides its first page


def walk(task: Task, *, done: Callable[[], None]) -> list[Walk]:
    """Walk every person through the zone, then ask for more; `done` is called after each walk. They can go on."""
    known = Seen()
    walks = []
    for person in STAFF:
        if person.zone is task.site.zone:
            walker = Browser(task.site, listed=task.listed, person=person)
            walker.sign_in()
            walks.append(Walk(walker, task.search, bound=task.bound, today=task.today))
            walks[-1].links(("/", *task.ways.starts))
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
    """Read what a person outside the zone reads, and the end of a client's link, which any code gets."""
    stranger = Browser(task.site, listed=task.listed)
    ended = (
        [stranger.post("/send/end/", (("code", task.ways.link),))] if task.ways.link and task.touching else []
    )
    return _read(task, (*map(stranger.get, OUTSIDE), *ended))


def by_link(task: Task) -> Seen:
    """Send what a client sends by their link, and read what they read; nothing where there is none.

    It comes before the walks, since those press every button, and so end and replace links.
    """
    client = Browser(task.site, listed=task.listed)
    return _read(task, _sent(task, client) if task.ways.link and task.touching else ())


def _read(task: Task, answers: Iterable[Answer]) -> Seen:
    seen = Seen()
    for answer in answers:
        place = Place(task.site.zone, Medium.PAGE, answer.address)
        seen.leaks.update(place.leaks(task.search.hits(answer.heading) | task.search.hits(answer.body)))
        route = routes.route_of(task.site.zone, answer.address)[0]
        seen.addresses.setdefault(route, set()).add(answer.address)
        seen.answers += 1
    return seen


def _sent(task: Task, client: Browser) -> Iterator[Answer]:
    """Send words and a file by a client's link. Raises NotSent where a page does not answer that it worked."""
    code, piece = ("code", task.ways.link), ("piece", ("piece", PICTURE, "image/png"))
    of_file = (("name", f"{task.words}.png"), ("size", str(len(PICTURE))), ("number", "0"), piece)
    yield client.get("/send/")
    yield client.get(f"/send/{task.ways.link}")
    for address, fields in (
        ("/send/", (code,)),
        # a whole message, as a client writes it, and no words alone: their hash is kept in clear beside the piece
        ("/send/files/", (code, ("words", f"{task.words}. {reference()}"))),
        ("/send/piece/", (code, *of_file)),
    ):
        answer = client.post(address, fields)
        if answer.status != HTTPStatus.OK:
            raise NotSent(f"{address} answers a client's link with {answer.status}")
        yield answer
