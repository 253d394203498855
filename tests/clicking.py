"""Clicking through a site as a person does: each link and button that leads to a page, and the heading that comes.

A page is opened by its address only after a click on it. Of elements that look alike and lead to one route, one is
clicked, or each where a script may act on the click. The addresses of the others are requested in the end, so that no
link of any page leads to an error. Of a list that starts with "Choose" the first answer is chosen before its form is sent.
"""

import warnings
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, TypeAlias
from urllib.parse import parse_qsl, urlsplit

import lxml.html
from playwright.sync_api import ConsoleMessage, Download, Error, Page, Response

#: the page of the element, where scripts act; its kind; its look; the route it leads to; the query of that route
Key: TypeAlias = tuple[str, str, str, str, tuple[str, ...]]

LOOKS = 2000  # at a page after a click, 10 milliseconds apart: as long as `expect` waits
BESIDE = 10  # without an answer, how many looks at a link without a script are one
PATIENCE = 5000  # milliseconds until an element can be clicked
CLICKABLE = "a[href], summary, form:not([method=post]) button, form:not([method=post]) input[type=submit]"
HEADINGS = "h1, h2, h3, caption, tbody th"
#: what Playwright says while one page gives way to another
ON_ITS_WAY = ("context was destroyed", "Cannot find context", "navigating", "Target crashed")

#: what a page shows once it is whole, null before
LOOK = """([clickable, headings]) => {
  if (document.readyState !== 'complete' || document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling'))
    return null;
  if (document.querySelector('.desist-date:not(:has(.moj-js-datepicker-toggle))')) // its calendar is on its way
    return null;
  const main = document.querySelector('main');
  const said = (one) => one.textContent.replace(/\\s+/g, ' ').trim();
  const sent = (form) => new URL(form.getAttribute('action') ?? '', location).href.split('?')[0] + '?'
    + new URLSearchParams(new FormData(form));
  const folds = (one) => {
    const found = [];
    let inside = one.localName === 'summary' ? one.parentElement.parentElement : one;
    while ((inside = inside.closest('details:not([open])'))) {
      found.unshift(all.indexOf(inside.querySelector('summary')));
      inside = inside.parentElement;
    }
    return found;
  };
  const address = (one) => one.hasAttribute('href') ? new URL(one.getAttribute('href'), document.baseURI) : null;
  const part = (one) => address(one)?.hash && address(one).href.split('#')[0] === location.href.split('#')[0];
  for (const one of document.querySelectorAll('form:not([method=post]) select'))
    if (!one.value && one.options[1] && one.options[0].text.startsWith('Choose')) one.selectedIndex = 1;
  const all = [...document.querySelectorAll(clickable)];
  return {
    address: location.href,
    before: 'before' in (document.documentElement?.dataset ?? {}),
    headings: main ? [...main.querySelectorAll(headings)].map(said) : [],
    h1: [...document.querySelectorAll('h1')].map(said).join(' / '),
    words: main ? said(main) : '',
    elements: all.map((one, number) => ({
      number, kind: one.localName, look: one.getAttribute('class') ?? '', words: said(one),
      address: one.form ? sent(one.form) : address(one)?.href ?? '',
      scripted: one.closest('[hx-boost], [hx-get], [hx-target], main [data-module], main [data-chain]') !== null,
      shown: one.checkVisibility(),
      folds: folds(one),
      lost: Boolean(part(one)) && !document.getElementById(address(one).hash.slice(1)),
    })),
  };
}"""
#: marks the document, which counts its clicks from now on; whether the element's fold stands open, and where a mouse reaches it, null where something covers it
REACH = """([clickable, number]) => {
  const one = document.querySelectorAll(clickable)[number];
  document.documentElement.dataset.before = '';
  window.clicked = 0;
  addEventListener('click', () => { window.clicked += 1; }, true);
  one.scrollIntoViewIfNeeded();
  const box = [...one.getClientRects()].find((each) => each.width * each.height > 1);
  const place = box && !one.matches(':disabled') ? [box.x + box.width / 2, box.y + box.height / 2] : null;
  const reached = place && one.contains(document.elementFromPoint(...place));
  return [Boolean(one.parentElement.open), reached ? place : null];
}"""
ASK = """(addresses) => Promise.all(addresses.map(async (one) => {
  const answer = await fetch(one);
  await answer.blob();
  return answer.status;
}))"""
READ = "(address) => fetch(address).then((answer) => answer.text())"
OPEN = "([clickable, number]) => document.querySelectorAll(clickable)[number].parentElement.open"


@dataclass(frozen=True)
class Element:
    """A link, a button or a fold of a page."""

    number: int
    kind: str
    look: str
    words: str
    address: str
    scripted: bool  # whether a script may act on a click
    shown: bool
    folds: list[int]  # the numbers of the folds that hide it, the outermost first
    lost: bool  # whether it leads to a missing part of this page


@dataclass(frozen=True)
class Shown:
    """What a browser shows at one moment."""

    address: str
    before: bool  # whether it is still the document that was clicked
    headings: list[str]
    h1: str
    words: str
    elements: list[Element]


@dataclass
class Clicks:
    """One person on one site, signed in. `route` names the route of an address, "" where no route matches.

    `done` holds what every person clicked so far; `bound` is how many addresses of each route this person looks at;
    `confirmed` are routes that ask who one is where the sign-in is some minutes old, and answer 401 then.
    """

    page: Page
    route: Callable[[str], str]
    done: set[Key] = field(default_factory=set)
    untouched: frozenset[str] = frozenset()
    confirmed: frozenset[str] = frozenset()
    bound: int = 1
    scripts: bool = True
    found: list[str] = field(default_factory=list)
    count: int = 0

    def __post_init__(self) -> None:
        """Listen to what the browser reports."""
        self._came: dict[str, set[str]] = defaultdict(set)  # route -> its addresses that were clicked
        self._led: set[tuple[str, str]] = set()  # from route to route
        self._asked: dict[str, str] = {}  # address to request -> the page that leads to it
        self._answered: set[str] = set()  # addresses whose answer a click showed
        self._left: list[tuple[Shown, list[Element]]] = []  # pages, and what was left to click on each
        self._answer: Response | None = None
        self._saved: list[Download] = []
        self._listening = False
        self.page.on("download", self._save)
        self.page.on("pageerror", lambda error: self._say(f"a script failed: {error}"))
        self.page.on("console", self._hear)

    def everything(self) -> None:
        """Click until nothing is left to click, then request what no click showed."""
        first = self._whole()
        here: Shown | None = first
        while here:
            self._note(here)
            wanted = [one for one in here.elements if self._is_wanted(one, here)]
            if len(wanted) > 1:
                self._left.append((here, wanted[1:]))
            here = self._click(wanted[0], here) if wanted else self._return()
        self._ask(first.address)

    def _is_wanted(self, one: Element, here: Shown) -> bool:
        """Return whether nothing like it was clicked, or it leads to one more address of a route within the bound."""
        new = self._key(one, here) not in self.done
        if one.kind == "summary" or one.lost:
            return one.shown and new
        if not self._leads_away(one, here) or not (one.shown or one.folds):
            return False
        came = self._came[self._to(one)]
        return new or (self.scripts and local(one.address) not in came and len(came) < self.bound)

    def _leads_away(self, one: Element, here: Shown) -> bool:
        """Return whether it leads to another page of this site that may be looked at."""
        there, now = urlsplit(one.address), urlsplit(here.address)
        same = one.address.partition("#")[0] == here.address.partition("#")[0]
        return there[:2] == now[:2] and not same and self._to(one) not in self.untouched

    def _to(self, one: Element) -> str:
        return self.route(urlsplit(one.address).path) if one.address else ""

    def _key(self, one: Element, here: Shown) -> Key:
        on = self.route(urlsplit(here.address).path) if self.scripts and one.scripted else ""
        look = one.words if one.kind == "summary" or one.lost else one.look
        return on, one.kind, look, self._to(one), tuple(sorted(dict(parse_qsl(urlsplit(one.address).query))))

    def _note(self, here: Shown) -> None:
        """Remember each address that this page is the first of its route to lead to."""
        on = self.route(urlsplit(here.address).path)
        for one in here.elements if self.scripts else ():
            way = (on, self._to(one))
            if way not in self._led and self._leads_away(one, here):
                self._led.add(way)
                self._asked.setdefault(local(one.address), local(here.address))

    def _ask(self, first: str) -> None:
        """Request from the first page, which forbids none, what was noted and not shown, and report what fails."""
        if asked := [address for address in self._asked if address not in self._answered]:
            self.page.goto(first)
            for address, status in zip(asked, self.page.evaluate(ASK, asked), strict=True):
                if self._is_refused(status, address):
                    self.found.append(
                        f"{self._asked[address]}: leads to {address}, which is answered {status}"
                    )

    def _click(self, one: Element, here: Shown) -> Shown | None:
        """Click the element and return what the browser shows afterwards."""
        self.done.add(self._key(one, here))
        self._came[self._to(one)].add(local(one.address))
        self.count += 1
        self._answer, said = None, f"“{one.words}” on {local(here.address)}"
        self._saved.clear()
        self._listen()
        try:
            for number in (*one.folds, one.number):
                stood_open = self._press(number)
        except Error as why:
            self._say(f"{said} cannot be clicked: {why.message.partition(chr(10))[0]}")
            return self._return()
        if one.lost:
            self._say(f"{said} leads to no part of the page")
        elif one.kind == "summary":
            if not (self._turned(one, stood_open) or (self._missed(one) and self._turned(one, stood_open))):
                self._say(f"{said} does not {'close' if stood_open else 'open'}")
        else:
            return self._arrive(one, here, said)
        return self._whole()

    def _press(self, number: int) -> bool:
        """Click an element; return whether its fold stood open.

        Where nothing covers it, the mouse clicks it at once. Elsewhere Playwright waits, or says why it cannot; to each page
        it first sends a program of its own, which takes longer than the page.
        """
        stood_open, place = self.page.evaluate(REACH, [CLICKABLE, number])
        if place:
            self.page.mouse.click(*place)
        else:
            self.page.locator(CLICKABLE).nth(number).click(timeout=PATIENCE)
        return bool(stood_open)

    def _turned(self, one: Element, stood_open: bool) -> bool:
        """Return whether the element's fold stands otherwise than before."""
        return bool(self.page.evaluate(OPEN, [CLICKABLE, one.number]) != stood_open)

    def _missed(self, one: Element) -> bool:
        """Return whether a busy browser dropped the click, and the page had none; it is made again then, as by a person."""
        missed: bool = self.page.evaluate("window.clicked === 0")
        if missed:
            warnings.warn(f"A click led nowhere on {self.page.url}: the page had none", stacklevel=2)
            self.page.locator(CLICKABLE).nth(one.number).click(timeout=PATIENCE)
        return missed

    def _arrive(self, one: Element, here: Shown, said: str) -> Shown | None:
        came = self._other(one, here)
        if came is None and not self._saved and self._missed(one):
            came = self._other(one, here)
        if self._saved:
            self._saved[0].cancel()
            return self._whole()
        if came is None:
            self._say(f"{said} leads nowhere")
            return self._return()
        if self._answer and not came.before:
            self._answered |= {local(one.address), local(self._answer.url)}
        for complaint in self._against(came, one.address if came.address == here.address else came.address):
            self._say(f"{said} {complaint}")
        return came

    def _against(self, came: Shown, address: str) -> Iterator[str]:
        """Return the objections to the page that came; `address` is where the element's link would have opened."""
        if came.before:  # drawn in place
            expected = headings(self.page.evaluate(READ, address).encode())
            if came.headings != expected:
                yield f"shows {came.headings[:3]}, and {local(address)} is {expected[:3]}"
        elif self._answer and self._is_refused(self._answer.status, self._answer.url):
            yield f"is answered {self._answer.status}"
        elif self._answer and came.headings[:1] != headings(self._answer.body())[:1]:
            yield f"shows {came.h1}, and {local(address)} is another page"
        if not came.h1:
            yield "leads to a page without a heading"
        if not came.words.removeprefix(came.h1).strip():
            yield "leads to an empty page"

    def _other(self, one: Element, here: Shown) -> Shown | None:
        """Return what came after a click: another page, or this one with another address or words; else None."""
        for look in range(1, LOOKS + 1):
            may_have_come = one.scripted or self._answer or look % BESIDE == 0
            came = self._look() if may_have_come else None
            if self._saved:
                return None
            if came and _is_other(came, here, one):
                return came
            self.page.wait_for_timeout(10)
        return None

    def _return(self) -> Shown | None:
        """Go back to the last page on which something is still left to click; return None where there is none."""
        while self._left:
            there, wanted = self._left.pop()
            if any(self._is_wanted(one, there) for one in wanted):
                self.page.goto(there.address)
                return self._whole()
        return None

    def _whole(self) -> Shown:
        """Return the page once it is whole."""
        for _ in range(LOOKS):
            if shown := self._look():
                return shown
            self.page.wait_for_timeout(10)
        raise AssertionError(f"{self.page.url} does not come to rest")

    def _look(self) -> Shown | None:
        """Return what the browser shows, or None while a page is on its way."""
        try:
            seen: dict[str, Any] | None = self.page.evaluate(LOOK, [CLICKABLE, HEADINGS])
        except Error as why:
            if any(sign in why.message for sign in ON_ITS_WAY):
                return None
            raise
        return Shown(**{**seen, "elements": [Element(**one) for one in seen["elements"]]}) if seen else None

    def _is_refused(self, status: int, address: str) -> bool:
        asks = status == HTTPStatus.UNAUTHORIZED and self.route(urlsplit(address).path) in self.confirmed
        return status >= HTTPStatus.BAD_REQUEST and not asks

    def _hear(self, said: ConsoleMessage) -> None:
        asks = (
            "status of 401" in said.text and self.route(urlsplit(said.location["url"]).path) in self.confirmed
        )
        if said.type == "error" and not asks:
            self._say(said.text)

    def _listen(self) -> None:
        if not self._listening:
            self._listening = True
            self.page.on("response", self._keep)

    def _keep(self, answer: Response) -> None:
        """Keep the page's answer, then hear no more: the two dozen files that come with a page tell nothing."""
        if answer.request.is_navigation_request():
            self._answer = answer
            if self._listening and answer.status // 100 != 3:  # another follows where it leads on
                self._listening = False
                self.page.remove_listener("response", self._keep)

    def _save(self, saved: Download) -> None:
        self._saved.append(saved)

    def _say(self, complaint: str) -> None:
        self.found.append(f"{local(self.page.url)}: {complaint}")


def _is_other(came: Shown, here: Shown, one: Element) -> bool:
    """Return whether another page came. A plain link draws nothing in place, though a page may add words by itself."""
    return not came.before or (one.scripted and (came.address, came.words) != (here.address, here.words))


def local(address: str) -> str:
    """Return the path and query of an address."""
    parts = urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def headings(page: bytes) -> list[str]:
    """Return the headings of a page as the server answers it, in order, as HEADINGS names them."""
    main = lxml.html.document_fromstring(page.decode("utf-8", "replace")).find(".//main")
    found = () if main is None else main.iter("h1", "h2", "h3", "caption", "th")
    return [
        " ".join("".join(map(str, one.itertext())).split())
        for one in found
        if one.tag != "th" or list(one.iterancestors("tbody"))
    ]
