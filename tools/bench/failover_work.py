"""People at work while the database fails over: each saves and reads again and again, and keeps what was acknowledged."""

import re
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from tools.bench.line import Answer, Line, request
from tools.bench.pages_work import COOKIE, TOKEN

VERSION = re.compile(rb'name="form_version" value="(\d+)"')
PAUSE = 0.02  # seconds


@dataclass
class Kept:
    """What the site has acknowledged, and when: by session its newest version, and the words of that."""

    versions: dict[str, tuple[int, str]] = field(default_factory=dict)
    moments: list[float] = field(default_factory=list)
    refused: int = 0
    lost: int = 0  # of those that were acknowledged, as the form shows when it is read again


class Hand:
    """One practitioner's work at one session, in a thread of its own."""

    def __init__(self, port: int, session: dict[str, str], ask: dict[str, Any], beside: str) -> None:
        """`ask` is a save as the plan of the pages has it; `beside` is a page that is read after each."""
        self.kept = Kept()
        self._port, self._cookies, self._sent = port, session, dict(ask["sent"])
        self._save, self._beside = ask["path"], beside
        self._page = ask["path"].replace("/save/", "/record/")
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._work, daemon=True)

    @property
    def ref(self) -> str:
        """The session's reference."""
        return str(self._save.split("/")[2])

    def begin(self) -> None:
        """Begin to work."""
        self._thread.start()

    def end(self) -> None:
        """Finish the last request and stop."""
        self._ended.set()
        self._thread.join(60)

    def _work(self) -> None:
        number = 0
        while not self._ended.is_set():
            with suppress(OSError), Line(self._port) as line:
                self._open(line)
                while not self._ended.is_set() and self._saved(line, number):
                    number += 1
                    line.ask(self._asked("GET", self._beside))
            self._ended.wait(PAUSE)

    def _open(self, line: Line) -> None:
        """Read the form: its token, and the version that the record has now."""
        answer = line.ask(self._asked("GET", self._page))
        token, version = TOKEN.search(answer.body), VERSION.search(answer.body)
        if token is None or version is None:
            return
        known, _ = self.kept.versions.pop(self.ref, (0, ""))
        self.kept.lost += max(0, known - int(version[1]))
        secret = answer.header(b"set-cookie").partition(f"{COOKIE}=")[2].partition(";")[0]
        self._cookies = self._cookies | ({COOKIE: secret} if secret else {})
        self._sent |= {"csrfmiddlewaretoken": token[1].decode(), "form_version": version[1].decode()}

    def _saved(self, line: Line, number: int) -> bool:
        """Save new words; return whether the site acknowledged them."""
        words = f"Write down urge {number} with its time."
        answer = self._send(line, words)
        version = answer.header(b"desist-version")
        if not version:
            self.kept.refused += 1
            return False
        self._sent["form_version"] = version
        self.kept.versions[self.ref] = (int(version), words)
        self.kept.moments.append(time.monotonic())
        return True

    def _send(self, line: Line, words: str) -> Answer:
        return line.ask(self._asked("POST", self._save, urlencode(self._sent | {"homework_set": words})))

    def _asked(self, method: str, path: str, body: str = "") -> bytes:
        host = f"programme.localhost:{self._port}"
        return request(method, path, host=host, cookies=self._cookies, body=body)
