"""Walking through a zone as one of its people: link after link, then other people's pages, then broken pages."""

import uuid
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date
from http import HTTPStatus
from urllib.parse import urlencode

import requests

from desist.references import reference
from desist.sites import Zone
from tools.leaks import browser, routes
from tools.leaks.browser import Answer, Browser, Fields, Form
from tools.leaks.filling import Hand, filled
from tools.leaks.findings import Finding, Place
from tools.leaks.rules import Medium
from tools.leaks.search import Search
from tools.synthetic.staff import Person

#: following these would end the walk
STAY = frozenset(
    {f"accounts:{name}" for name in ("exit", "sign-out", "lock", "sign-in", "role", "here", "policy-report")}
)
#: forms that would end the walk, or the account of the walker
UNTOUCHED = STAY | {"accounts:leave", "accounts:end-role", "accounts:end-sign-in", "accounts:reset"}
#: where sending a form reveals what is hidden: page -> the form on it
REVEALS = {"vault:locators": "vault:reveal"}
#: how many of the addresses that only other walks reached a role asks for
FEW = 2
#: the field of the page that asks for a fresh sign-in step (desist.accounts.step_up)
STEP_UP = "step_up"
#: forms about members of staff, and the text typed there
OF_STAFF = frozenset({"accounts:invite", "restrictions:reviewer", "duty:add"})
COLLEAGUE = "Someone Invented"
#: the depth to which forms may lead to pages with further forms
ROUNDS = 3
ENDING = (
    *("end", "close", "destroy", "discard", "withdraw", "remove"),
    *("finish", "cancel", "leave", "take-back", "taken-back", "strike"),
)
FAILED = "a page that failed"
TELLING = "a difference between absent and not theirs"


@dataclass
class Seen:
    """What a walk has read: addresses by route, and the leaks."""

    addresses: dict[str, set[str]] = field(default_factory=dict)
    leaks: set[Finding] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)  # kinds that were read where they may appear
    answers: int = 0

    def add(self, other: "Seen") -> None:
        """Add everything that another walk has read."""
        for route, found in other.addresses.items():
            self.addresses.setdefault(route, set()).update(found)
        self.leaks |= other.leaks
        self.kinds |= other.kinds
        self.answers += other.answers


class Walk:
    """One person in one zone; `bound` is how many addresses of one route they look at."""

    def __init__(
        self,
        walker: Browser,
        search: Search,
        *,
        bound: int,
        today: date,
        keep: Callable[[Answer], None] = lambda _: None,
    ) -> None:
        """Start with a browser that is signed in."""
        assert walker.person is not None  # noqa: S101 -- every walker has a name
        self.browser, self.search, self.bound = walker, search, bound
        self.zone: Zone = walker.site.zone
        self.person: Person = walker.person
        self.seen = Seen()
        self.forms: dict[str, Form] = {}  # route -> a form of a page that sends there
        self._counts: Counter[str] = Counter()
        self._pressed: set[str] = set()
        self._broken = False  # True while the search makes the site fail
        self.today, self.keep = today, keep

    def links(
        self, start: Iterable[str] = ("/",), *, medium: Medium = Medium.PAGE, bound: int | None = None
    ) -> None:
        """Follow links from a page to all pages that it names, breadth first."""
        waiting = deque(start)
        known = set(waiting)
        while waiting:
            address = waiting.popleft()
            answer = self._page(address, medium)
            for onward in self._onward(answer):
                if onward not in known and self._wanted(onward, bound or self.bound):
                    known.add(onward)
                    waiting.append(onward)

    def _page(self, address: str, medium: Medium) -> Answer | None:
        """Read a page; where the site asks who it is once more, confirm it first."""
        answer = self.read(address, medium=medium)
        if answer and answer.status == HTTPStatus.UNAUTHORIZED:
            self._confirmed(answer)
            answer = self.read(address, medium=medium)
        return answer

    def read(
        self,
        address: str,
        *,
        medium: Medium = Medium.PAGE,
        fields: Fields | None = None,
    ) -> Answer | None:
        """Request an address, or send it a form's fields, and search the answer; return None where none came."""
        route = self._route(address)
        try:
            answer = self.browser.get(address) if fields is None else self.browser.post(address, fields)
        except requests.RequestException:
            self.seen.leaks.add(self._place(route, address, Medium.ERROR).finding(FAILED, "no answer"))
            return None
        self.seen.answers += 1
        self.keep(answer)
        if answer.status >= HTTPStatus.BAD_REQUEST and answer.status != HTTPStatus.UNPROCESSABLE_ENTITY:
            medium = Medium.ERROR
        else:
            self.seen.addresses.setdefault(route, set()).add(address)
        place = self._place(route, address, medium)
        hits = self.search.hits(answer.heading) | self.search.hits(answer.body)
        leaks = set(place.leaks(hits))
        self.seen.leaks |= leaks
        self.seen.kinds |= {hit.secret.kind for hit in hits} - {leak.kind for leak in leaks}
        if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR and not self._broken:
            self.seen.leaks.add(place.finding(FAILED, f"status {answer.status}"))
        return answer

    def place(self, address: str) -> Place:
        """Return the place of an address, as this walk reads it."""
        return self._place(self._route(address), address, Medium.PAGE)

    def strange(self, known: Mapping[str, Iterable[str]], foreign: Sequence[str]) -> None:
        """Request the addresses that only others reached, and every route with another site's reference in it.

        A 404 must be the same as for an absent row, byte for byte. A role that gets 403 is refused before the site asks
        for any row, so that one address is enough.
        """
        for number, (name, route) in enumerate(routes.of(self.zone).items()):
            if name in UNTOUCHED or not route.arguments:
                continue
            others = sorted(set(known.get(name, ())) - self.seen.addresses.get(name, set()))[:FEW]
            samples = others or sorted(known.get(name, ()))[:1]
            ref = foreign[number % len(foreign)] if foreign else reference()
            self._compare(name, [self._with(name, ref, samples), *others], self._absent(name, samples))

    def reveal(self, words: str) -> None:
        """Reveal what is hidden behind a form, and read it."""
        for page, button in REVEALS.items():
            for address in sorted(self.seen.addresses.get(page, ()))[:FEW]:
                for form in self._forms_on(address):
                    if self._route(form.action) == button:
                        self.send(form, filled(form.element, self._hand(form, words)))
                self.read(address, medium=Medium.REVEALED)

    def press(self, words: str, *, without: Set[str] = frozenset()) -> None:
        """Send every form that was seen, one a route: as it stands, then filled in; forms that end things come last."""
        for _ in range(ROUNDS):
            waiting = sorted(set(self.forms) - self._pressed - UNTOUCHED - without, key=_ends)
            self._counts.clear()
            for route in waiting:
                self._pressed.add(route)
                form = self.forms[route]
                self.send(form, form.fields)
                self._press_filled(form, self._hand(form, words))

    def _press_filled(self, form: Form, hand: Hand) -> None:
        """Send a picture for a file field, or a page of paper where the site refuses the picture."""
        for one in (hand, replace(hand, pictures=False)):
            onward = self.send(form, filled(form.element, one))
            if onward:
                self.links([onward], medium=Medium.REVEALED, bound=FEW)
            if onward or form.element.find(".//input[@type='file']") is None:
                return

    def fail(self, words: str, *, most: int) -> int:
        """Request and send while the site is broken on purpose, at most `most` each; return how often it said so."""
        self._broken = True
        faults = 0
        for addresses in list(self.seen.addresses.values())[:most]:
            answer = self.read(min(addresses))
            faults += answer is not None and answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR
        for form in list(self.forms.values())[:most]:
            if self._route(form.action) not in UNTOUCHED:
                self.send(form, filled(form.element, self._hand(form, words)))
        self._broken = False
        return faults

    def send(self, form: Form, fields: Fields) -> str:
        """Send a form and read the answer; return where it leads, "" where nowhere."""
        answer = self.read(form.action, medium=Medium.REVEALED, fields=fields)
        if answer and answer.status == HTTPStatus.UNAUTHORIZED:
            answer = self._confirmed(answer)
        onward = browser.own(answer.header("location"), form.action) if answer else ""
        return onward if onward and self._route(onward) not in STAY else ""

    def _confirmed(self, asked: Answer) -> Answer | None:
        """Confirm the identity where the site asks for it; in an invented area a button is enough."""
        tree = asked.tree()
        forms = () if tree is None else browser.forms(tree, asked.address)
        again = next((form for form in forms if STEP_UP in dict(form.fields)), None)
        return self.read(again.action, medium=Medium.REVEALED, fields=again.fields) if again else asked

    def guess(self, reached: Set[str], words: str) -> None:
        """Request every route that no walk reached, with every kind of reference that it met, by GET and by POST."""
        met = {routes.route_of(self.zone, min(one))[1][:1] for one in self.seen.addresses.values() if one}
        for name, route in routes.of(self.zone).items():
            if name not in reached | UNTOUCHED and len(route.arguments) <= 1:
                values = sorted(filter(None, met)) if route.arguments else [()]
                tried = (route.address(self.zone, one) for one in values)
                self._try(name, filter(None, tried), words)

    def _try(self, name: str, addresses: Iterable[str], words: str) -> None:
        """Try until an address answers with a page, or the site refuses the role."""
        token = next((form.fields for form in self.forms.values()), ())
        for address in addresses:
            answer = self._page(address, Medium.REVEALED)
            if answer and answer.status == HTTPStatus.METHOD_NOT_ALLOWED:
                answer = self.read(address, medium=Medium.REVEALED, fields=(*token, ("words", words)))
            if answer is None or answer.status == HTTPStatus.FORBIDDEN or name in self.seen.addresses:
                return

    def _hand(self, form: Form, words: str) -> Hand:
        """Return what to type: a field that names a colleague gets a name and no secret, as the site e-mails them."""
        met = Counter(
            values[0]
            for addresses in self.seen.addresses.values()
            for address in addresses
            if (values := routes.route_of(self.zone, address)[1])
        )
        own = next((ref for ref, _ in met.most_common(1)), "")
        return Hand(COLLEAGUE if self._route(form.action) in OF_STAFF else words, self.today, own)

    def _forms_on(self, address: str) -> tuple[Form, ...]:
        answer = self.read(address)
        tree = answer.tree() if answer else None
        return () if tree is None else tuple(browser.forms(tree, address))

    def _compare(self, name: str, addresses: Iterable[str], absent: str) -> None:
        nothing: Answer | None = None
        for address in filter(None, addresses if absent else ()):
            answer = self.read(address)
            if answer is None or answer.status == HTTPStatus.FORBIDDEN:
                return
            if answer.status == HTTPStatus.NOT_FOUND:
                nothing = nothing or self.read(absent)
                if nothing and answer.body != nothing.body:
                    self.seen.leaks.add(
                        self._place(name, address, Medium.ERROR).finding(TELLING, "its bytes")
                    )

    def _absent(self, name: str, samples: Iterable[str]) -> str:
        """Return an address of a route for a row that does not exist."""
        texts = (reference(), str(uuid.uuid4()), "0")
        return next(filter(None, (self._with(name, text, samples) for text in texts)), "")

    def _with(self, name: str, ref: str, samples: Iterable[str]) -> str:
        """Return an address of a route with another reference in it; arguments that are no reference stay."""
        route = routes.of(self.zone)[name]
        values = next((routes.route_of(self.zone, one)[1] for one in samples), (ref,) * len(route.arguments))
        return route.address(self.zone, (ref, *values[1:]))

    def _onward(self, answer: Answer | None) -> Iterator[str]:
        if answer is None:
            return
        if onward := browser.own(answer.header("location"), answer.address):
            yield onward
        tree = answer.tree()
        if tree is None:
            return
        yield from browser.links(tree, answer.address)
        for form in browser.forms(tree, answer.address):
            if form.method == "get":
                yield f"{form.action.partition('?')[0]}?{urlencode(form.fields)}"
            else:
                self.forms.setdefault(self._route(form.action), form)

    def _wanted(self, address: str, bound: int) -> bool:
        route = self._route(address)
        if not route or route in STAY or self._counts[route] >= bound:
            return False
        self._counts[route] += 1
        return True

    def _route(self, address: str) -> str:
        return routes.route_of(self.zone, address)[0]

    def _place(self, route: str, address: str, medium: Medium) -> Place:
        return Place(self.zone, medium, f"{route or 'no route'} {address}", self.person)


def _ends(route: str) -> tuple[bool, str]:
    """Return a number that orders routes: their forms are sent in that order."""
    return any(word in route.partition(":")[2] for word in ENDING), route
