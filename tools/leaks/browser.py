"""A person of the synthetic area at their pages: signed in by name, link by link, without a browser's window."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TypeAlias
from urllib.parse import urljoin, urlsplit

import lxml.html
import requests
from lxml.etree import LxmlError

from desist import addresses
from desist.sites import Site
from tools.synthetic.staff import Person

SIGN_IN = "/account/sign-in/"
PATIENCE = 60  # seconds
#: HTML attributes in which a page names another page
NAMES = ("href", "src", "hx-get", "data-href", "data-url")


#: what a form sends: name and text, or name and (file's name, its bytes, its media type)
Fields: TypeAlias = tuple[tuple[str, "str | tuple[str, bytes, str]"], ...]


class NotSignedIn(Exception):
    """The site did not let an invented person in by name."""


@dataclass(frozen=True)
class Form:
    """A form of a page: where it goes and what it would send untouched."""

    action: str
    method: str
    fields: Fields
    element: "lxml.html.FormElement" = field(repr=False, compare=False)


@dataclass(frozen=True)
class Answer:
    """What a site answered to one request."""

    address: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = field(repr=False)

    def header(self, name: str) -> str:
        """Return a header's value, "" where there is none."""
        return next((value for key, value in self.headers if key.lower() == name), "")

    @property
    def html(self) -> bool:
        """Return whether the answer is a page."""
        return self.header("content-type").startswith("text/html")

    @property
    def heading(self) -> bytes:
        """Return the header text, since the name of a file can tell as much as the file."""
        return "\n".join(value for _, value in self.headers).encode()

    def tree(self) -> "lxml.html.HtmlElement | None":
        """Return the page's elements, where the answer is a page."""
        if not self.html or not self.body:
            return None
        try:
            return lxml.html.document_fromstring(self.body.decode("utf-8", "replace"))
        except LxmlError:
            return None


class Browser:
    """One person's session with one site."""

    def __init__(self, site: Site, *, listed: tuple[Site, ...], person: Person | None = None) -> None:
        """Begin without a sign-in."""
        self.site, self.person = site, person
        self._origin = f"http://127.0.0.1:{site.port}"
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers["Host"] = f"{addresses.host(site, listed=listed)}:{site.port}"

    def get(self, address: str) -> Answer:
        """Ask for an address of the site; redirects are not followed."""
        return self._send("GET", address, ())

    def post(self, address: str, fields: Fields) -> Answer:
        """Send a form. A field whose value has a file's name is a file."""
        return self._send("POST", address, fields)

    def sign_in(self) -> None:
        """Sign in as on the demo's sign-in page. Raises NotSignedIn."""
        assert self.person is not None  # noqa: S101 -- each person who signs in has a name
        tree = self.get(SIGN_IN).tree()
        for button in [] if tree is None else tree.xpath("//button[@name='grant']"):
            if button.text_content().strip() == self.person.name:
                form = next(form for form in forms(tree, SIGN_IN) if form.method == "post")
                answer = self.post(SIGN_IN, (*form.fields, ("grant", button.get("value", ""))))
                if answer.status == HTTPStatus.FOUND:
                    return
        raise NotSignedIn(f"{self.site.title} does not let {self.person.name} in.")

    def _send(self, method: str, address: str, fields: Fields) -> Answer:
        headers = {"Referer": f"http://{self._session.headers['Host']!s}/"} if method == "POST" else {}
        found = self._session.request(
            method,
            self._origin + address,
            data=[(name, value) for name, value in fields if isinstance(value, str)] or None,
            files=[(name, value) for name, value in fields if not isinstance(value, str)] or None,
            headers=headers,
            allow_redirects=False,
            timeout=PATIENCE,
        )
        return Answer(address, found.status_code, tuple(found.headers.items()), found.content)


def links(tree: "lxml.html.HtmlElement", address: str) -> Iterator[str]:
    """Return every address of the same site that a page names, without those of its forms."""
    for name in NAMES:
        for element in tree.iterfind(f".//*[@{name}]"):
            if element.tag != "form" and (found := own(element.get(name, ""), address)):
                yield found


def own(text: str, address: str) -> str:
    """Return an address of this site from one as a page writes it; "" where there is none or it leads elsewhere."""
    if not text.strip():
        return ""
    try:
        parts = urlsplit(urljoin(f"http://here{address}", text.strip()))
    except ValueError:
        return ""
    if parts.netloc != "here" or parts.scheme != "http":
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")


def forms(tree: "lxml.html.HtmlElement", address: str) -> Iterator[Form]:
    """Return every form of a page as it stands, with where its buttons and its interim saving send it."""
    for form in tree.forms:
        method = (form.get("method") or "get").lower()
        fields = tuple((name, value or "") for name, value in form.form_values())
        others = [button.get("formaction") for button in form.iterfind(".//*[@formaction]")]
        others += [form.get(name) for name in ("hx-post", "data-autosave", "data-save") if form.get(name)]
        if action := own(form.get("action") or address, address):
            yield Form(action, method, fields, form)
        for other in others:
            if action := own(other, address):
                yield Form(action, "post", fields, form)
