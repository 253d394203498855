"""A site's web process as a test starts it, and just enough of a browser to use it."""

import html
import http.client
import os
import re
import subprocess
import sys
import time
import urllib.parse
from dataclasses import dataclass, field
from pathlib import Path

from desist.running import deploy
from desist.sites import Site

PATIENCE = 60.0  # seconds


@dataclass
class Window:
    """A minimal browser: cookies, and the token of the form that it saw last."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""
    version: str = ""

    def ask(self, method: str, path: str, **form: str) -> tuple[int, str]:
        """Request a page, or send a form of the last one; return the status and the page."""
        wire = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {
            "Host": f"programme.localhost:{self.port}",
            "Cookie": cookies,
            "Sec-Fetch-Site": "same-origin",
        }
        body = urllib.parse.urlencode({**form, "csrfmiddlewaretoken": self.token}) if form else None
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        wire.request(method, path, body, headers)
        answer = wire.getresponse()
        page = html.unescape(answer.read().decode())
        for cookie in answer.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        wire.close()
        self.token = _hidden(page, "csrfmiddlewaretoken") or self.token
        self.version = _hidden(page, "form_version") or self.version
        return answer.status, page


def _hidden(page: str, name: str) -> str:
    found = re.search(f'name="{name}" value="([^"]*)"', page)
    return found[1] if found else ""


def serving(site: Site, folder: Path, **settings: str) -> subprocess.Popen[bytes]:
    """Run the web process of a site, in a process group of its own."""
    told = {**os.environ, **deploy.environment(site, folder, demo=True), **settings}
    run = "from desist.running import web; web.serve()"
    with (folder / "log" / f"web-{site.port}.log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-c", run], env=told, stdout=log, stderr=log, start_new_session=True
        )


def until(status: int, window: Window, path: str) -> str:
    """Wait until the site answers with this status, and return the page."""
    end, found = time.monotonic() + PATIENCE, (0, "")
    while found[0] != status and time.monotonic() < end:
        try:
            found = window.ask("GET", path)
        except OSError:
            time.sleep(0.2)
    assert found[0] == status
    return found[1]
