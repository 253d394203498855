"""A person at a site that runs: a browser without a screen, behind the site's proxy, with a passkey in software."""

import html
import json
import re
import time
from http.cookies import SimpleCookie
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import requests
from tests.accounts.softkey import SoftKey

LINK = re.compile(r"https://[a-z.-]+(/account/accept/[^/<\s]+/)")


class Visitor:
    """Someone who asks the site on `port` by its own name, as its proxy passes requests on."""

    def __init__(self, *, host: str, port: int) -> None:
        self.key = SoftKey(origin=f"https://{host}")
        self.place = f"http://127.0.0.1:{port}"
        self.headers = {"Host": host, "Origin": "null", "Sec-Fetch-Site": "same-origin"}
        self.cookies: dict[str, str] = {}

    def read(self, path: str, *, expected: int = 200) -> str:
        """Open a page and return it."""
        return self._said(self._ask("GET", path), expected)

    def words(self, path: str) -> str:
        """Open a page and return its words."""
        return " ".join(html.unescape(re.sub("<[^>]+>", " ", self.read(path))).split())

    def send(self, path: str, file: str = "", **answers: Any) -> str:
        """Fill in the form of a page and send it; return the page that comes. `file`: the text of a file to choose."""
        typed = self._form(path) | answers
        chosen = {"file": ("partner.json", file.encode())} if file else None
        return self._said(self._ask("POST", path, data=typed, files=chosen), 200)

    def join(self, link: str) -> None:
        """Open the link of an invitation and make a passkey; the browser is signed in then."""
        found = LINK.search(link)
        assert found, link
        page = self.read(found[1])
        asked = re.search(r'data-passkey-question="([^"]*)"', page)
        assert asked, page
        self.send(found[1], credential=self.key.make(html.unescape(asked[1])))
        codes = self.read("/account/codes/")
        assert "<code>" in codes, codes

    def invite(self, **person: str) -> str:
        """As an administrator invite a person; return the page with their link."""
        return self.send("/account/people/invite/", **person)

    def until(self, path: str, words: str, *, seconds: float = 90) -> str:
        """Open a page again and again until it says the words."""
        end = time.monotonic() + seconds
        while words not in (said := self.words(path)):
            assert time.monotonic() < end, said
            time.sleep(0.5)
        return said

    def _ask(self, method: str, path: str, **sent: Any) -> requests.Response:
        """Ask, and go where the answer leads; cookies that demand TLS are sent, as the proxy before the site speaks it."""
        kept = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        answer = requests.request(
            method,
            self.place + path,
            headers={**self.headers, "Cookie": kept},
            allow_redirects=False,
            timeout=60,
            **sent,
        )
        for line in answer.raw.headers.getlist("Set-Cookie"):
            for cookie in SimpleCookie(line).values():
                self.cookies[cookie.key] = cookie.value
        place = answer.headers.get("Location", "")
        return self._ask("GET", place) if place.startswith("/") else answer

    def _form(self, path: str) -> dict[str, Any]:
        """What the form of a page holds before anyone types: its hidden fields, and the answers that it has."""
        page = html5lib.parse(self.read(path), namespaceHTMLElements=False)
        main: Element = page.find(".//main")
        form = main.find(".//form[@method='post']")
        assert form is not None, path
        fields = {}
        for field in form.iter("input"):
            if field.get("type") == "hidden" or (
                field.get("type") in {"text", "email", "tel"} and field.get("value")
            ):
                fields[str(field.get("name"))] = field.get("value", "")
        return fields

    def _said(self, response: requests.Response, expected: int) -> str:
        assert response.status_code == expected, f"{response.url}: {response.status_code}\n{_plain(response)}"
        return response.text


def _plain(response: requests.Response) -> str:
    text: str = re.sub("<[^>]+>", " ", response.text)
    return " ".join(text.split())[:3000]


def digits(file: str) -> str:
    """The digits that the partner's administrator reads out from their own page."""
    told: str = json.loads(file)["fingerprint"]
    return told
