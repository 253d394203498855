"""nginx and Caddy take their files, and both do for a site what it counts on."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import crossplane
import pytest
from tests.deploy.files import DEPLOY, installed

from desist.ui.middleware import TLS_ONLY
from desist.zones import base

NGINX = DEPLOY / "nginx" / "desist.conf"
CADDY = (DEPLOY / "caddy" / "Caddyfile", DEPLOY / "compose" / "Caddyfile")
ERROR_PAGE = "/usr/share/desist/error"
CSP = "default-src 'none'; style-src 'unsafe-inline'"
MOST = f"{base.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024 // 1024}"

#: a directive that the parser does not know yet
NEWER = '"ssl_reject_handshake"'

Directive = dict[str, Any]


def parsed(path: Path) -> list[Directive]:
    """Read a file of nginx that stands within its http block."""
    told = crossplane.parse(str(path), single=True, strict=True, check_ctx=False)
    assert [error for error in told["errors"] if NEWER not in error["error"]] == []
    found: list[Directive] = told["config"][0]["parsed"]
    return found


def said(block: Directive, name: str) -> list[list[str]]:
    """Return the arguments of each directive of a name, within a block and nowhere below it."""
    return [one["args"] for one in block["block"] if one["directive"] == name]


def servers() -> Iterator[Directive]:
    """Yield the servers of nginx."""
    yield from (one for one in parsed(NGINX) if one["directive"] == "server")


def site() -> Directive:
    """Return the server of the site."""
    return next(one for one in servers() if said(one, "location"))


def location(path: list[str]) -> Directive:
    """Return one location of the site's server."""
    return next(one for one in site()["block"] if one["directive"] == "location" and one["args"] == path)


def test_nginx_answers_to_the_exact_name_alone_and_to_no_plain_http() -> None:
    refusing, plain, ours = servers()

    assert said(refusing, "return") == [["444"]]
    assert "    ssl_reject_handshake on;\n" in NGINX.read_text("utf-8")
    assert said(plain, "return") == [["301", "https://programme.northmere.example$request_uri"]]
    assert said(ours, "server_name") == said(plain, "server_name") == [["programme.northmere.example"]]


def test_nginx_writes_the_callers_address_anew_and_passes_nothing_on_that_a_browser_says_of_it() -> None:
    told = {args[0]: args[1] for args in said(location(["/"]), "proxy_set_header")}

    assert told["X-Forwarded-For"] == "$remote_addr"
    assert told["Forwarded"] == ""
    assert told["Host"] == "programme.northmere.example"
    assert told["X-Forwarded-Proto"] == "https"


def test_nginx_says_once_and_everywhere_what_desist_says_about_tls() -> None:
    line = ["Strict-Transport-Security", TLS_ONLY, "always"]

    assert said(site(), "proxy_hide_header") == [["Strict-Transport-Security"]]
    assert line in said(site(), "add_header")
    assert line in said(location(["=", "/away.html"]), "add_header")


def test_nginx_keeps_no_readable_copy_of_what_is_sent_and_no_log_of_addresses() -> None:
    ours = site()

    assert said(ours, "client_max_body_size") == said(ours, "client_body_buffer_size") == [[f"{MOST}m"]]
    assert said(ours, "proxy_max_temp_file_size") == [["0"]]
    assert all(said(one, "access_log") == [["off"]] for one in servers())
    assert said(ours, "error_log")[0][1] == "crit"


def test_nginx_shows_the_error_page_only_where_the_site_does_not_answer() -> None:
    page = location(["=", "/away.html"])

    assert said(site(), "error_page") == [["502", "504", "/away.html"]]  # Desist's own 503 says more
    assert said(site(), "proxy_intercept_errors") == []
    assert said(page, "root") == [[ERROR_PAGE]]
    assert ["Content-Security-Policy", CSP, "always"] in said(page, "add_header")
    assert ["Cache-Control", "no-store", "always"] in said(page, "add_header")


def test_nginx_sends_no_form_twice_and_divides_requests_over_the_hosts() -> None:
    upstream = next(one for one in parsed(NGINX) if one["directive"] == "upstream")

    assert said(upstream, "least_conn") == [[]]
    assert [host for host, *_ in said(upstream, "server")] == [
        "127.0.0.1:8701"
    ] * 2  # a page is asked for once more
    assert said(location(["/"]), "proxy_next_upstream") == [["error", "timeout"]]
    assert said(location(["/"]), "proxy_pass") == [[f"http://{upstream['args'][0]}"]]


def test_a_mistake_in_a_file_of_nginx_is_found(tmp_path: Path) -> None:
    planted = tmp_path / "planted.conf"
    for mistake in ("frobnicate on;", "server_tokens off; }"):
        planted.write_text(NGINX.read_text("utf-8").replace("server_tokens off;", mistake))
        with pytest.raises(AssertionError):
            parsed(planted)


def blocks(text: str) -> str:
    """Return a Caddyfile without comments; its braces must balance, each at the end or alone on its line."""
    lines = [re.sub(r"(^|\s)#.*", "", line).rstrip() for line in text.splitlines()]
    depth = 0
    for line in lines:
        depth += line.endswith("{") - (line.strip() == "}")
        assert depth >= 0
    assert depth == 0
    return "\n".join(line for line in lines if line)


@pytest.mark.parametrize("path", CADDY, ids=["caddy", "compose"])
def test_caddy_does_what_nginx_does(path: Path) -> None:
    text = blocks(path.read_text("utf-8"))

    for line in (
        f'header ?Strict-Transport-Security "{TLS_ONLY}"',
        f"max_size {MOST}MB",
        "header_up X-Forwarded-For {remote_host}",
        "header_up -Forwarded",
        "header_up Host programme.northmere.example",
        "exclude http.log.access http.log.error",
        "@away expression `{err.status_code} in [502, 503, 504]`",
        f"root * {ERROR_PAGE}",
        "rewrite * /away.html",
        f'header Content-Security-Policy "{CSP}"',
        'header Cache-Control "no-store"',
    ):
        assert re.search(rf"^\s*{re.escape(line)}$", text, re.M), line
    errors = text[text.index("handle_errors") :]  # where the lines of the site itself do not hold
    assert f'header Strict-Transport-Security "{TLS_ONLY}"' in errors
    assert "trusted_proxies" not in text


def test_a_block_that_is_not_closed_is_found() -> None:
    with pytest.raises(AssertionError):
        blocks("programme.northmere.example {\n\theader {\n}\n")


@pytest.mark.slow
@pytest.mark.parametrize("path", CADDY, ids=["caddy", "compose"])
def test_caddy_takes_its_file(path: Path) -> None:
    command = [installed("caddy"), "validate", "--adapter", "caddyfile", "--config", str(path)]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr


@pytest.mark.slow
def test_nginx_takes_its_file(tmp_path: Path) -> None:
    text = NGINX.read_text("utf-8").replace("/var/log/nginx", str(tmp_path))
    keys = r"ssl_(certificate|certificate_key|reject_handshake) .*;"
    text = re.sub(r"(listen \S+) ssl", r"\1", re.sub(keys, "", text))  # a certificate is the administrator's
    (tmp_path / "desist.conf").write_text(text)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    places = "".join(f"{kind}_temp_path {tmp_path}/{kind}; " for kind in kinds)
    whole = f"pid {tmp_path}/pid; error_log {tmp_path}/error.log; events {{}} http {{ {places}include {tmp_path}/desist.conf; }}"
    (tmp_path / "nginx.conf").write_text(whole)
    command = [installed("nginx"), "-t", "-c", str(tmp_path / "nginx.conf")]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
