"""Run in a site of the bench: walk as one person from page to page, and print as JSON what each page costs.

The site's own application answers in this process, so that its processor time, its statements and the processor time of
its database process are those of one request. A first look at a few pages of a route finds the dearest one, which is measured: the
least time of some requests counts, because what others do on the machine can only add to it. All pages are measured in turn and
then again, so that a busy moment of the machine is not the only one that a page was measured in.
"""

import json
import math
import sys
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import Any

import django
import lxml.html
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import Resolver404, resolve

from tools.bench import processor_time
from tools.bench.pages_plan import sign_in
from tools.leaks.browser import forms, links
from tools.leaks.crawl import STAY

#: this many pages of one route are walked to; each is asked for this often to find the dearest
SAMPLES, LOOKS = 3, 2
#: the dearest is asked for this often in each of so many turns: often enough for the plans that PostgreSQL keeps for a
#: statement from its eighth time on, as in a process that serves all day
TIMES, TURNS = 14, 3


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What one page costs a person: milliseconds of processor time, statements, bytes."""

    route: str
    address: str
    status: int
    processor: float
    queries: int
    size: int


class Walker:
    """One person's session in the site of this process."""

    def __init__(self, who: str) -> None:
        """Sign in."""
        self._client = Client(
            headers={"host": f"{settings.DESIST_ZONE}.localhost"}, raise_request_exception=False
        )
        self._client.cookies[settings.SESSION_COOKIE_NAME] = sign_in(who)[settings.SESSION_COOKIE_NAME]

    def costs(self) -> Iterator[Cost]:
        """Return what the dearest page of each route costs that links lead to."""
        found: dict[str, list[str]] = {}
        for route, address in list(self._addresses()):
            found.setdefault(route, []).append(address)
        dearest = {
            route: max(addresses, key=lambda address: self._least(address, LOOKS))
            for route, addresses in found.items()
        }
        least = dict.fromkeys(dearest, math.inf)
        for _ in range(TURNS):
            for route, address in dearest.items():
                least[route] = min(least[route], self._least(address, TIMES))
        for route, address in dearest.items():
            yield self._cost(route, address, least[route])

    def _addresses(self) -> Iterator[tuple[str, str]]:
        """Walk link by link from the first page, breadth first; return each page with its route."""
        waiting, known, counts = deque(["/"]), {"/"}, Counter[str]()
        while waiting:
            address = waiting.popleft()
            answer = self._client.get(address)
            if _is_page(answer):
                yield _route(address), address
            for onward in _onward(answer, address):
                route = _route(onward)
                if onward not in known and route and route not in STAY and counts[route] < SAMPLES:
                    known.add(onward)
                    counts[route] += 1
                    waiting.append(onward)

    def _least(self, address: str, times: int) -> float:
        """Return the least seconds of processor time of some requests."""
        return min(_spent(lambda: self._client.get(address)) for _ in range(times))

    def _cost(self, route: str, address: str, seconds: float) -> Cost:
        answer, queries = _counted(lambda: self._client.get(address))
        return Cost(
            route=route,
            address=address,
            status=answer.status_code,
            processor=1000 * seconds,
            queries=queries,
            size=len(answer.content),
        )


def main() -> None:
    """Print the costs of every page that the person named by the first argument can walk to."""
    django.setup()
    sys.stdout.write(json.dumps([asdict(cost) for cost in Walker(sys.argv[1]).costs()]))


def _is_page(answer: Any) -> bool:  # noqa: ANN401 -- a response of Django's client
    """Return whether an answer is a page, or a page that failed; a file is none."""
    html = not answer.streaming and answer.headers.get("content-type", "").startswith("text/html")
    return html and (
        answer.status_code == HTTPStatus.OK or answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR
    )


def _onward(answer: Any, address: str) -> Iterator[str]:  # noqa: ANN401 -- as above
    """Return where an answer leads."""
    if location := answer.headers.get("location"):
        yield location
    if not _is_page(answer) or not answer.content:
        return
    tree = lxml.html.document_fromstring(answer.content.decode())
    yield from links(tree, address)
    yield from (form.action for form in forms(tree, address) if form.method == "get")


def _route(address: str) -> str:
    """Return the name of the route that answers an address, "" where none does."""
    try:
        return resolve(address.partition("?")[0]).view_name
    except Resolver404:
        return ""


def _counted(ask: Callable[[], Any]) -> tuple[Any, int]:
    """Return an answer, and how many statements it took."""
    seen: list[str] = []

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:  # noqa: ANN401 -- Django's own arguments
        seen.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        return ask(), len(seen)


def _spent(ask: Callable[[], Any]) -> float:
    """Return the seconds of processor time of an answer, in this process and the database's."""
    connection.ensure_connection()
    back_end = connection.connection.info.backend_pid
    before = time.process_time() + processor_time.seconds(back_end)
    ask()
    return time.process_time() + processor_time.seconds(back_end) - before


if __name__ == "__main__":
    main()
