"""Bad input and faults: a plain sentence, typed words kept, nothing lost, no personal value in any log."""

import logging

import pytest
from django.test import Client
from tests.programme.reading import text

from desist.logs import Lines
from desist.programme.sessions.models import Session

pytestmark = pytest.mark.django_db

WORDS = "PLANTED-WORDS of a person"


def record(session: Session, **changes: str) -> dict[str, str]:
    return {"form_version": str(session.version), "form_submission": "once", **changes}


def written(caplog: pytest.LogCaptureFixture) -> str:
    """What a zone's log would hold."""
    return "\n".join(Lines().format(line) for line in caplog.records)


@pytest.mark.parametrize(
    ("day", "month", "year"),
    [
        ("31", "2", "2026"),
        ("0", "1", "2026"),
        ("29", "2", "2025"),
        ("x", "y", "z"),
        ("1", "1", "999999999999"),
    ],
)
def test_an_impossible_date_is_refused_in_words_and_the_rest_kept(
    kit_browser: Client, session: Session, day: str, month: str, year: str
) -> None:
    form = {
        "what": WORDS,
        "told_on-day": day,
        "told_on-month": month,
        "told_on-year": year,
        "told_time": "25:99",
    }

    answer = kit_browser.post(f"/concerns/{session.ref}/raise/", form)

    assert answer.status_code == 422
    assert "There is a problem" in text(answer)
    assert WORDS in text(answer)
    assert f'value="{day}"' in answer.content.decode()


def test_a_megabyte_pasted_is_refused_by_its_length_and_comes_back(
    kit_browser: Client, session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    pasted = (WORDS + " ") * 40_000

    with caplog.at_level(logging.DEBUG):
        answer = kit_browser.post(f"/sessions/{session.ref}/record/", record(session, work_done=pasted))

    assert answer.status_code == 422
    assert "must be 20,000 characters or fewer" in text(answer)
    assert answer.content.decode().count(WORDS) >= 40_000
    assert WORDS not in written(caplog)


def test_emoji_and_other_writing_are_kept_as_they_were_typed(kit_browser: Client, session: Session) -> None:
    typed = "\N{SEEDLING} مرحبا שלום Zoë \N{FAMILY}"

    kit_browser.post(f"/sessions/{session.ref}/record/", record(session, work_done=typed))

    session.refresh_from_db()
    assert session.work_done == typed
    assert typed in text(kit_browser.get(f"/sessions/{session.ref}/"))


@pytest.mark.parametrize("control", ["\x00", "\x1b[31m", "\u202e"])
def test_controls_and_turned_directions_are_refused_in_words(
    kit_browser: Client, session: Session, control: str
) -> None:
    answer = kit_browser.post(
        f"/sessions/{session.ref}/record/", record(session, work_done=f"{WORDS}{control}x")
    )

    assert answer.status_code == 422
    assert "There is a problem" in text(answer)
    assert WORDS in text(answer)
    session.refresh_from_db()
    assert session.work_done == ""


def test_a_stale_tab_overwrites_nothing_and_keeps_its_words(kit_browser: Client, session: Session) -> None:
    old = record(session, work_done=WORDS)
    kit_browser.post(f"/sessions/{session.ref}/record/", record(session, work_done="Of the other tab"))

    answer = kit_browser.post(f"/sessions/{session.ref}/record/", old)

    assert answer.status_code == 422
    assert WORDS in text(answer)
    session.refresh_from_db()
    assert session.work_done == "Of the other tab"
