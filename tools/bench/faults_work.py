"""Two people at work while an area is broken: one saves at the programme, one refers at the police; both keep count."""

import html
import itertools
import re
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus

import requests

from desist import addresses
from desist.sites import Zone
from tools.bench.faults_area import Area

PERSON = "Ashby Quillon"
PAUSE = 0.1  # seconds between saves
LONGEST = 30.0  # seconds for an answer
CASE = (
    "SELECT r.ref FROM programme_episode e JOIN programme_referral r ON r.id = e.referral_id "
    "JOIN programme_allocation a ON a.episode_id = e.id JOIN programme_practitioner p ON p.id = a.practitioner_id "
    "WHERE p.name = %s AND a.ended_at IS NULL AND EXISTS (SELECT 1 FROM programme_session s "
    "WHERE s.episode_id = e.id AND s.state = 'planned') LIMIT 1"
)
NOTE = {
    "party": "person",
    "who": "",
    "held_time": "00:05",
    "begun": "them",
    "way": "telephone",
    "purpose": "support",
    "outcome": "spoke",
}
TITLE = re.compile(r"<h1[^>]*>\s*(.*?)\s*</h1>", re.DOTALL)


@dataclass
class Saver:
    """A practitioner who saves one note after the other, each with words of its own."""

    area: Area
    kept: list[str] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)
    good: list[float] = field(default_factory=list)
    longest: float = 0.0
    words_lost: int = 0
    _running: bool = True

    def __post_init__(self) -> None:
        """Sign in by name and open the form."""
        site = self.area.site(Zone.PROGRAMME)
        self._origin = f"http://127.0.0.1:{site.port}"
        self._session = requests.Session()
        self._session.trust_env = False
        name = addresses.host(site, listed=[site])
        self._session.headers.update({"Host": f"{name}:{site.port}", "Sec-Fetch-Site": "same-origin"})
        self._sign_in()
        ((ref,),) = self.area.ask(Zone.PROGRAMME, CASE, PERSON)
        self._page = f"/contacts/{ref}/note/"
        self._token = _hidden(self._get(self._page).text, "csrfmiddlewaretoken")
        made = (self.area.folder / "synthetic" / "moment").read_text("ascii")
        day = datetime.fromisoformat(made)
        self._day = {
            "held_on-day": str(day.day),
            "held_on-month": str(day.month),
            "held_on-year": str(day.year),
        }
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Go home."""
        self._running = False
        self._thread.join(LONGEST)
        self._session.close()

    def answered_since(self, moment: float) -> bool:
        """Whether something was saved after a moment."""
        return bool(self.good) and self.good[-1] > moment

    def files_answer(self) -> bool:
        """Whether a probe, a static file and the page for signing in are answered at once, to a stranger."""
        paths = ("/health", self._style, "/account/sign-in/?by=passkey")
        with requests.Session() as stranger:
            stranger.trust_env = False
            stranger.headers["Host"] = self._session.headers["Host"]
            try:
                found = [stranger.get(f"{self._origin}{path}", timeout=2) for path in paths]
            except requests.RequestException:
                return False
        return all(answer.status_code == HTTPStatus.OK for answer in found)

    def gap(self, since: float) -> float:
        """The longest time without a good answer since a moment."""
        moments = [max(since, self._before(since)), *(one for one in self.good if one > since)]
        return max((later - sooner for sooner, later in itertools.pairwise(moments)), default=0.0)

    def _before(self, moment: float) -> float:
        return max((one for one in self.good if one <= moment), default=moment)

    def _sign_in(self) -> None:
        page = self._get("/account/sign-in/").text
        style = re.search(r'href="(/static/[^"]+\.css)"', page)
        grant = re.search(r'<button[^>]*value="(\d+)"[^>]*>\s*' + re.escape(PERSON), page)
        assert style is not None  # noqa: S101 -- every page has one
        assert grant is not None  # noqa: S101 -- the demo lists everybody
        self._style = style[1]
        self._post(
            "/account/sign-in/",
            {"grant": grant[1], "csrfmiddlewaretoken": _hidden(page, "csrfmiddlewaretoken")},
        )

    def _work(self) -> None:
        number = 0
        while self._running:
            number += 1
            self._save(f"Note {number} of {id(self)}")
            time.sleep(PAUSE)

    def _save(self, words: str) -> None:
        sent = {
            **NOTE,
            **self._day,
            "words": words,
            "form_submission": words,
            "csrfmiddlewaretoken": self._token,
        }
        begun = time.monotonic()
        try:
            answer = self._post(self._page, sent)
        except requests.RequestException as failure:
            self.seen[type(failure).__name__] += 1
            return
        finally:
            self.longest = max(self.longest, time.monotonic() - begun)
        if answer.status_code == HTTPStatus.FOUND:
            self.kept.append(words)
            self.good.append(time.monotonic())
            return
        title = TITLE.search(answer.text)
        self.seen[f"{answer.status_code} {html.unescape(title[1]) if title else ''}".strip()] += 1
        fault = answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
        self.words_lost += fault and words not in html.unescape(answer.text)

    def _get(self, path: str) -> requests.Response:
        return self._session.get(self._origin + path, timeout=LONGEST)

    def _post(self, path: str, sent: dict[str, str]) -> requests.Response:
        return self._session.post(self._origin + path, data=sent, timeout=LONGEST, allow_redirects=False)


class Referrer:
    """The police's process that refers one person after the other."""

    def __init__(self, area: Area) -> None:
        """Begin."""
        self.threads: list[str] = []
        command = [sys.executable, "-m", "tools.bench.faults_sender", area.site(Zone.PROGRAMME).name]
        self._process = subprocess.Popen(
            command, env=area.environment(Zone.PARTNERSHIP), stdout=subprocess.PIPE, text=True
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def stop(self) -> None:
        """Go home."""
        self._process.kill()
        self._reader.join(LONGEST)
        self._process.communicate()

    def _read(self) -> None:
        assert self._process.stdout is not None  # noqa: S101 -- it was asked for
        for line in self._process.stdout:
            self.threads.append(line.strip())


def _hidden(page: str, name: str) -> str:
    found = re.search(f'name="{name}" value="([^"]*)"', page)
    return found[1] if found else ""
