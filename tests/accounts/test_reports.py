"""What a browser reports of a page is counted by words of ours; nothing that it quotes is kept or logged."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from desist.ui import reports, settings
from desist.ui.middleware import HEADERS

SECRET = "https://advocacy.example/victims/k7f2m9/?q=Ada+Plainly-Invented"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def counted() -> Iterator[Any]:
    """The counts of this process, empty at first."""
    reports._counted.clear()
    yield reports._counted
    reports._counted.clear()


def sent(body: str | bytes) -> int:
    client = Client(enforce_csrf_checks=True)
    return client.post(settings.REPORTS, body, content_type="application/csp-report").status_code


def old(directive: object) -> str:
    return json.dumps({"csp-report": {"effective-directive": directive, "document-uri": SECRET}})


def test_both_ways_of_reporting_are_counted_and_nothing_quoted_is_logged(
    counted: Any, caplog: pytest.LogCaptureFixture
) -> None:
    new = [{"type": "csp-violation", "body": {"effectiveDirective": "img-src", "documentURL": SECRET}}] * 2

    assert [sent(old("script-src-elem")), sent(json.dumps(new))] == [204, 204]

    assert counted == {"script-src-elem": 1, "img-src": 2}
    assert [record.levelno for record in caplog.records] == [logging.WARNING] * 2
    assert "victims" not in caplog.text
    assert "Ada" not in caplog.text


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[",
        "null",
        "7",
        "[[]]",
        '{"csp-report": 3}',
        old("a sentence about Ada"),
        old(["img-src"]),
        b"\xff\x00",
        "[" * reports.LONGEST,
    ],
)
def test_what_is_no_report_is_counted_as_something_else(
    counted: Any, caplog: pytest.LogCaptureFixture, body: str | bytes
) -> None:
    assert sent(body) == 204
    assert counted == {"something else": 1}
    assert "Ada" not in caplog.text


def test_a_flood_fills_no_log_and_a_long_report_is_not_read(
    counted: Any, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(120):
        sent(old("img-src"))
    sent(old("img-src") + " " * reports.LONGEST)

    assert counted == {"img-src": 120}
    assert len(caplog.records) == 3


def test_a_page_says_where_to_report_and_keeps_to_tls_where_there_is_tls() -> None:
    plain = Client().get("/nothing/")
    with override_settings(SESSION_COOKIE_SECURE=True):
        behind_tls = Client().get("/nothing/")

    assert {f"report-uri {settings.REPORTS}", "report-to policy"} <= {
        part.strip() for part in plain["Content-Security-Policy"].split(";")
    }
    assert reverse("accounts:policy-report") == settings.REPORTS
    assert (
        HEADERS["Reporting-Endpoints"] == plain["Reporting-Endpoints"] == 'policy="/account/policy-report/"'
    )
    assert "Strict-Transport-Security" not in plain
    assert behind_tls["Strict-Transport-Security"] == "max-age=31536000"
