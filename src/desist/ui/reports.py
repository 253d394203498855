"""Browsers' reports of what a page's policy stopped: counted and never kept, since a report quotes addresses."""

import json
import logging
from collections import Counter
from typing import Any

from django.conf import settings
from django.http import HttpRequest

LONGEST = 16 * 1024  # bytes; a browser's own report has a few hundred
#: the parts of a directive that browsers name apart
PARTS = ("script-src-elem", "script-src-attr", "style-src-elem", "style-src-attr", "frame-src", "worker-src")
OTHER = "something else"

log = logging.getLogger(__name__)
_counted: Counter[str] = Counter()


def take(request: HttpRequest) -> None:
    """Count the reports sent: by `report-uri` one object, by `report-to` a list."""
    if int(request.headers.get("Content-Length") or 0) <= LONGEST:
        count(request.body)


def count(body: bytes) -> None:
    """Count the stopped requests under one of our own words; the log notes the 1st, 10th, 100th and so on."""
    for stopped in _stopped(body):
        _counted[stopped] += 1
        number = _counted[stopped]
        if str(number).strip("0") == "1":
            log.warning("Pages' policy stopped %s in a browser, %d since the start.", stopped, number)


def _stopped(body: bytes) -> list[str]:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):  # a few kilobytes of brackets are deeper than can be read
        return [OTHER]
    reports = said[:20] if isinstance(said, list) else [said]
    return [_named(one) for one in reports]


def _named(report: Any) -> str:  # noqa: ANN401 -- whatever was sent
    known = {*settings.CONTENT_SECURITY_POLICY["DIRECTIVES"], *PARTS}
    body = (report.get("csp-report") or report.get("body")) if isinstance(report, dict) else None
    if not isinstance(body, dict):
        return OTHER
    said = body.get("effective-directive") or body.get("effectiveDirective") or body.get("violated-directive")
    return said if isinstance(said, str) and said in known else OTHER
