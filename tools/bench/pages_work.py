"""Doing a piece of work repeatedly at one server, and checking each answer against the expected references."""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from tools.bench.line import Answer, Line, request
from tools.bench.pages_area import Programme, Server
from tools.bench.pages_plan import askers

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
COOKIE = "programme_csrf"


class WrongAnswer(Exception):
    """An answer lacks an expected reference: a fast refusal would flatter the server."""


@dataclass(frozen=True, kw_only=True)
class Leg:
    """A number of requests in a row: processor seconds a request, and the time and the bytes of each."""

    processor: float
    times: list[float]
    size: int


@dataclass
class Worker:
    """Does one piece of work at the servers of one programme, which share its rows and their versions."""

    programme: Programme
    work: str
    _cookies: dict[str, dict[str, str]] = field(default_factory=dict)
    _turn: int = 0

    def __post_init__(self) -> None:
        """Fetch a form's token at Desist, and keep its cookie as a browser does; the floor needs nothing of the kind."""
        person = self.programme.plan["people"][askers(self.work)]
        session = {name: value for name, value in person.items() if name != "sign_in"}
        self._cookies = {"floor": {"sign_in": person["sign_in"]}, "desist": session}
        self._token = ""
        self._get_token(self.programme.desist)

    @property
    def _asks(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.programme.plan["work"][self.work]
        return found

    def leg(self, server: Server, count: int) -> Leg:
        """Ask a number of times. Raises WrongAnswer."""
        events = self.programme.events()
        with Line(server.port) as line:
            before, times, size = server.used(), [], 0
            for one in self._next(count):
                sent = self._request(server, one)
                began = time.perf_counter()
                answer = line.ask(sent)
                times.append(time.perf_counter() - began)
                size = len(answer.head) + len(answer.body)
                self._check(one, answer)
            used = server.used() - before
        if (written := self.programme.events() - events) != count:
            raise WrongAnswer(
                f"{server.name} wrote {written} audit events for {count} requests of {self.work}"
            )
        return Leg(processor=used / count, times=times, size=size)

    def _next(self, count: int) -> Iterator[dict[str, Any]]:
        for _ in range(count):
            self._turn += 1
            yield self._asks[self._turn % len(self._asks)]

    def _request(self, server: Server, one: dict[str, Any]) -> bytes:
        method, body = "GET", ""
        if one["sent"]:
            token = {"csrfmiddlewaretoken": self._token} if server.name == "desist" else {}
            method, body = "POST", urlencode(one["sent"] | token)
        host = f"programme.localhost:{server.port}"
        return request(method, one["path"], host=host, cookies=self._cookies[server.name], body=body)

    def _check(self, one: dict[str, Any], answer: Answer) -> None:
        if version := answer.header(b"desist-version"):
            fresh = int(one["sent"]["form_version"]) + 1
            if int(version) != fresh:
                raise WrongAnswer(f"{one['path']} answered version {version} and not {fresh}")
            # another text each time, or the save would change no row
            homework = f"Write down {fresh % 7} urges, each with its time and what was done instead."
            one["sent"] |= {"form_version": version, "homework_set": homework}
            return
        missing = [ref for ref in one["expected"] if ref.encode() not in answer.body]
        if answer.status != 200 or missing:
            raise WrongAnswer(f"{one['path']} answered {answer.status} without {len(missing)} of its rows")

    def _get_token(self, server: Server) -> None:
        path = self._asks[0]["path"].replace("/save/", "/record/")
        asked = request(
            "GET", path, host=f"programme.localhost:{server.port}", cookies=self._cookies["desist"]
        )
        with Line(server.port) as line:
            answer = line.ask(asked)
        found = TOKEN.search(answer.body)
        if found is None:
            raise WrongAnswer(f"{path} answered {answer.status} without a form")
        self._token = found[1].decode()
        secret = answer.header(b"set-cookie").partition(f"{COOKIE}=")[2].partition(";")[0]
        self._cookies["desist"] = self._cookies["desist"] | {COOKIE: secret}
