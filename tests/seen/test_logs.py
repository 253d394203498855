"""What the logs hold of a failure: its kind, place, status and duration, and nothing that a person typed or is."""

import json
import logging
from datetime import datetime

import pytest

from desist import logs
from desist.sites import Zone
from tests.seen.conftest import ZONES, Sites
from tests.seen.wire import asked

PLANTED = "PLANTED"
FORM = "username=PLANTED-name&password=PLANTED-password&search=PLANTED-words"


def log_of(sites: Sites, port: int | None) -> list[str]:
    return (sites.folder / "log" / f"web-{port}.log").read_text("utf-8").splitlines()


@pytest.mark.slow
@pytest.mark.processes
@pytest.mark.parametrize("zone", ZONES)
def test_nothing_planted_reaches_the_log_of_a_site_through_any_error(running: Sites, zone: Zone) -> None:
    site = next(one for one in running.listed if one.zone is zone)
    begin = len(log_of(running, site.port))
    answers = [
        asked(site, "/nowhere/PLANTED-path/?q=PLANTED-query"),
        asked(site, "/account/accept/PLANTED-token/"),
        asked(site, "/account/sign-in/", host="planted-host.example"),
        asked(site, "/account/sign-in/password/", method="POST", body=FORM),
        asked(site, "/account/sign-in/?next=%FF%00PLANTED"),
    ]
    with running.cluster.connect(site.database) as connection:
        connection.execute("ALTER TABLE accounts_invitation RENAME TO away")
        try:
            answers.append(asked(site, "/account/accept/PLANTED-token/?q=PLANTED", method="GET"))
        finally:
            connection.execute("ALTER TABLE away RENAME TO accounts_invitation")

    lines = log_of(running, site.port)[begin:]
    told = [json.loads(line) for line in lines]
    assert [status for status, _ in answers][-1] == 500
    assert not [line for line in lines if PLANTED.lower() in line.lower()]
    refused = [one for one in told if one.get("status") == 400]
    assert refused
    failed = [one for one in told if one.get("status") == 500]
    assert [one["error"] for one in failed] == ["ProgrammingError"]
    assert failed[0]["route"] == "accounts:accept"
    assert failed[0]["place"].startswith("accounts/invitations/queries.py:")
    for one in told:
        assert (one["site"], one["level"] in {"WARNING", "ERROR"}) == (site.name, True)
        assert datetime.fromisoformat(one["at"]).utcoffset() is not None
        assert one["ms"] >= 0
        assert len(one["request"]) == 12
    assert len({one["request"] for one in told}) == len(answers) - 1  # the sign-in page answered


def record(name: str, text: str, *arguments: object, **more: object) -> logging.LogRecord:
    made = logging.LogRecord(name, logging.WARNING, "place.py", 7, text, arguments, None)
    made.__dict__.update(more)
    return made


def test_another_librarys_words_are_not_written() -> None:
    line = json.loads(logs.Lines().format(record("psycopg.pool", "cannot reach %s", "PLANTED")))

    assert line["kind"] == "psycopg.pool"
    assert line["place"] == "place:7"
    assert PLANTED not in str(line)


def test_our_own_words_are() -> None:
    line = json.loads(logs.Lines().format(record("desist.zones.worker", "The chore %s failed.", "send")))

    assert line["words"] == "The chore send failed."


def test_an_exception_is_its_kind_and_place() -> None:
    made = record("django.request", "PLANTED")
    made.exc_info = (ValueError, ValueError("PLANTED"), None)

    line = json.loads(logs.Lines().format(made))

    assert line["error"] == "ValueError"
    assert PLANTED not in str(line)


def test_a_refused_start_is_sentences_in_a_terminal_and_one_line_in_a_log(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DESIST_LOGS", "json")
    monkeypatch.delenv(logs.PROCESS, raising=False)
    in_a_terminal = logs.last_words("- One.\n- Two.")
    monkeypatch.setenv(logs.PROCESS, "northmere-police-web")
    in_a_log = logs.last_words("- One.\n- Two.")

    assert in_a_terminal == "- One.\n- Two."
    line = json.loads(in_a_log)
    assert "\n" not in in_a_log
    assert (line["words"], line["process"], line["level"]) == (
        in_a_terminal,
        "northmere-police-web",
        "CRITICAL",
    )


def test_the_end_of_a_process_by_a_fault_names_its_kind_and_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESIST_LOGS", "json")
    try:
        int("PLANTED")
    except ValueError:
        line = logs.fault("northmere-police-web")

    assert json.loads(line)["error"] == "ValueError"
    assert PLANTED not in line


@pytest.mark.parametrize(
    ("demo", "told", "kind"),
    [
        ("1", "", logs.Plain),
        ("", "", logs.Lines),
        ("1", "json", logs.Lines),
        ("", "plain", logs.Plain),
    ],
)
def test_the_demo_writes_for_people_and_a_site_for_machines(
    monkeypatch: pytest.MonkeyPatch, demo: str, told: str, kind: type
) -> None:
    monkeypatch.setenv("DESIST_DEMO", demo)
    monkeypatch.setenv("DESIST_LOGS", told)

    assert type(logs.formatter()) is kind


def test_a_refused_request_has_its_status_in_the_demos_log_too() -> None:
    line = logs.Plain().format(record("django.request", "Not Found: %s", "/PLANTED/", status_code=404))

    assert "WARNING django.request 404" in line
    assert PLANTED not in line
