"""A record as it stood before: every version with what it changed, for anyone who may see the session."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.programme import factories
from tests.programme.reading import text

from desist.accounts.models import Account
from desist.programme.sessions import commands
from desist.programme.sessions.models import Session
from desist.programme.sessions.records import FIELDS, LABELS, Record
from desist.references import reference
from desist.ui import dates
from desist.wall.actors import Actor
from desist.wall.models import Exclusion, Restriction

pytestmark = pytest.mark.django_db


def after(minutes: int) -> datetime:
    return factories.NOW + timedelta(minutes=minutes)


def save(actor: Actor, session: Session, *, version: int, minutes: int, **record: Any) -> None:
    commands.save(actor=actor, ref=session.ref, record=Record(**record), version=version, at=after(minutes))


@pytest.fixture
def kept(session: Session, actor: Actor) -> Session:
    """Words saved, taken out half an hour later, and others put in their place; then twice within ten minutes."""
    save(actor, session, version=1, minutes=30, work_done="The drive past")
    save(
        actor,
        session,
        version=2,
        minutes=60,
        risk_check="note",
        minutes_late=5,
        ended="person",
        minutes_held=20,
    )
    save(actor, session, version=3, minutes=90, risk_check="nothing", work_done="Ho")
    save(
        actor, session, version=4, minutes=93, risk_check="nothing", work_done="Homework", debrief_wanted=True
    )
    return session


def test_every_field_has_a_word_for_it() -> None:
    assert set(LABELS) == set(FIELDS)


def test_the_page_lists_the_versions_the_newest_first(kit_browser: Client, kept: Session) -> None:
    shown = kit_browser.get(f"/sessions/{kept.ref}/versions/").content.decode()

    assert [f"/versions/{number}/" in shown for number in range(1, 6)] == [False, True, True, False, True]
    assert shown.index("/versions/5/") < shown.index("the current version") < shown.index("/versions/3/")
    assert f"/sessions/{kept.ref}/versions/" in kit_browser.get(f"/sessions/{kept.ref}/").content.decode()


def test_words_that_were_taken_out_are_read_in_the_version_that_had_them(
    kit_browser: Client, kept: Session
) -> None:
    shown = text(kit_browser.get(f"/sessions/{kept.ref}/versions/2/"))

    assert f"This is the version of {dates.at(after(30))}, saved by you." in shown
    assert "Work done The drive past" in shown
    assert "The drive past" not in text(kit_browser.get(f"/sessions/{kept.ref}/"))


def test_a_version_says_what_it_changed_field_by_field(kit_browser: Client, kept: Session) -> None:
    _, _, table = text(kit_browser.get(f"/sessions/{kept.ref}/versions/3/")).partition(
        "What this version changed"
    )

    assert "Work done Before: The drive past After: not given" in table
    assert "Minutes late Before: not given After: 5" in table
    assert "How it ended Before: not given After: Early, by the person" in table
    assert "Minutes held Before: not given After: 20" in table
    assert "Risk check Before: not given After: Something to note" in table
    assert "Homework" not in table


def test_a_version_of_several_saves_is_held_against_the_version_before_it(
    kit_browser: Client, kept: Session
) -> None:
    answer = text(kit_browser.get(f"/sessions/{kept.ref}/versions/5/"))
    _, _, table = answer.partition("What this version changed")

    assert "This is the current version" in answer
    assert "Work done Before: not given After: Homework" in table
    assert "Minutes late Before: 5 After: not given" in table
    assert "Debrief Before: not given After: Asked for" in table


def test_a_record_that_was_finished_is_the_version_that_was_saved_last(
    kit_browser: Client, session: Session, actor: Actor
) -> None:
    record = {"attendance": "attended", "risk_check": "nothing", "compliance": "worked"}
    save(actor, session, version=1, minutes=30, **record)
    commands.finish(actor=actor, ref=session.ref, version=2, at=after(200))

    listed = kit_browser.get(f"/sessions/{session.ref}/versions/").content.decode()

    assert listed.count("/versions/3/") == 1
    assert "/versions/2/" not in listed
    assert "Attended Before: not given After: Yes" in text(
        kit_browser.get(f"/sessions/{session.ref}/versions/3/")
    )


def test_before_anything_is_saved_there_is_no_version(kit_browser: Client, session: Session) -> None:
    assert "Nothing is recorded yet" in text(kit_browser.get(f"/sessions/{session.ref}/versions/"))
    assert kit_browser.get(f"/sessions/{session.ref}/versions/1/").status_code == 404


def test_nothing_of_another_session_is_shown(kit_browser: Client, kept: Session, actor: Actor) -> None:
    other = factories.session(episode=kept.episode, number=2)
    save(actor, other, version=1, minutes=30, work_done="Somebody else's words")

    for page in ("", "2/", "5/"):
        assert "Somebody else" not in text(kit_browser.get(f"/sessions/{kept.ref}/versions/{page}"))
    assert kit_browser.get(f"/sessions/{other.ref}/versions/5/").status_code == 404


@pytest.mark.parametrize("kept_from", [Restriction, Exclusion])
@pytest.mark.parametrize("page", ["", "2/"])
def test_who_is_kept_from_the_case_sees_no_version(
    kit_browser: Client, kit: Account, kept: Session, kept_from: type[Restriction | Exclusion], page: str
) -> None:
    case = kept.episode.referral.ref
    said = {"case": case, "reason": "Knows a party", "made_by": "carol", "made_at": factories.NOW}
    whom = {"account": kit.ref, "allowed": False} if kept_from is Exclusion else {}
    kept_from.objects.create(**said, **whom)

    answer = kit_browser.get(f"/sessions/{kept.ref}/versions/{page}")
    absent = kit_browser.get(f"/sessions/{reference()}/versions/{page}")

    assert (answer.status_code, answer.content) == (404, absent.content)


@pytest.mark.parametrize("page", ["", "2/"])
def test_a_hundred_saves_cost_as_few_queries_as_two(
    kit_browser: Client, session: Session, actor: Actor, page: str
) -> None:
    def grow(first: int, last: int) -> None:
        for version in range(first, last):
            save(actor, session, version=version, minutes=30 * version, work_done=f"Word {version}")

    def cost() -> int:
        with CaptureQueriesContext(connection) as sent:
            assert kit_browser.get(f"/sessions/{session.ref}/versions/{page}").status_code == 200
        return len(sent)

    grow(1, 3)
    few = cost()
    grow(3, 100)

    assert (cost(), few <= 8) == (few, True), few
