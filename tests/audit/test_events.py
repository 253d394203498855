"""The data protection officer finds who saw or did what with which case, and the finding is recorded too."""

import csv
import io
import json
import uuid
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from tests import staff
from tests.audit.conftest import note
from tests.programme import factories
from tests.programme.reading import text

from desist.accounts.models import Account
from desist.audit import export, queries
from desist.audit.models import Download
from desist.programme.alerts.policy import Action as AlertsAction
from desist.programme.episodes.models import Episode
from desist.programme.sessions.models import Session
from desist.programme.sessions.policy import Action as SessionsAction
from desist.references import spoken
from desist.wall import seals
from desist.wall.actors import Actor, Role
from desist.wall.models import AuditEvent

pytestmark = pytest.mark.django_db

WHY = "purpose=lawfulness"


def exported(officer: Client, query: str = "") -> list[dict[str, str]]:
    """What would be in the file that was asked for."""
    officer.post(f"/audit/export/?{WHY}&{query}", {"why": "A complaint", "form_submission": f"{WHY}{query}"})
    asked = Download.objects.latest("pk")
    actor = Actor(asked.asked_by, Role.DATA_PROTECTION_OFFICER, asked.area, uuid.uuid4())
    _, content = export.make(actor=actor, criteria=asked.criteria, at=staff.NOW)
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_the_page_says_who_did_what_with_which_reference(
    officer: Client, kit: Account, session: Session
) -> None:
    note(kit.ref, SessionsAction.SEE_SESSION, f"programme.session:{session.ref}")

    page = text(officer.get(f"/audit/?{WHY}"))

    assert (
        f"Kit Marlow Behaviour change practitioner See session Session {spoken(session.ref)} Allowed" in page
    )


def test_the_officer_finds_the_register_of_sharing_agreements(officer: Client) -> None:
    assert 'href="/post/agreements/"' in officer.get("/audit/").content.decode()
    assert officer.get("/post/agreements/").status_code == 200


def test_nothing_of_what_a_case_says_stands_on_it(officer: Client, kit: Account, session: Session) -> None:
    factories.concern(session=session, what="PLANTED-WORDS")
    note(kit.ref, SessionsAction.SEE_SESSION, f"programme.session:{session.ref}")

    said = text(officer.get(f"/audit/?{WHY}")) + str(exported(officer))

    assert not [word for word in ("Robin", "Example", "PLANTED") if word in said]


def test_any_reference_of_a_case_finds_the_whole_case_and_no_other(
    officer: Client, kit: Account, episode: Episode, session: Session
) -> None:
    other = factories.referral(family_name="Other")
    rows = [
        f"programme.referral:{episode.referral.ref}",
        f"programme.episode:{episode.ref}",
        f"programme.session:{session.ref}",
    ]
    for row in (*rows, f"programme.referral:{other.ref}", "programme.session"):
        note(kit.ref, SessionsAction.SEE_SESSION, row)

    for reference in (episode.referral.ref, spoken(episode.ref), session.ref.upper()):
        found = exported(officer, f"case={reference}")
        assert sorted(one["row"] for one in found) == sorted(rows)


def test_it_is_narrowed_by_person_action_purpose_and_period(officer: Client, kit: Account) -> None:
    note(kit.ref, SessionsAction.SEE_SESSION, "one")
    note(kit.ref, SessionsAction.RECORD_SESSION, "two")
    note("post", AlertsAction.NOTE_ACKNOWLEDGEMENT, "three")
    note(kit.ref, SessionsAction.SEE_SESSION, "four", allowed=False)
    on = "since-day=3&since-month=3&since-year=2026&until-day=3&until-month=3&until-year=2026"
    before = "until-day=2&until-month=3&until-year=2026"

    def rows(query: str) -> set[str]:
        return {one["row"] for one in exported(officer, query) if one["role"] != "Data protection officer"}

    assert rows(f"who={kit.ref}") == {"one", "two", "four"}
    assert rows("who=post") == {"three"}
    assert rows("kind=refused") == {"four"}
    assert rows("kind=looked") == {"one"}
    assert rows("kind=changed") == {"two", "three"}
    assert rows(f"action={SessionsAction.RECORD_SESSION}") == {"two"}
    assert rows(on) == {"one", "two", "three", "four"}
    assert rows(before) == set()


def test_looking_and_exporting_are_events(officer: Client) -> None:
    officer.get(f"/audit/?{WHY}")
    exported(officer)

    actions = set(AuditEvent.objects.values_list("action", "row", "allowed"))
    assert {
        ("audit.see_events", "wall.auditevent", True),
        ("audit.export_events", "wall.auditevent", True),
    } <= actions


PURPOSES = ("lawfulness", "monitoring", "security", "criminal")


def test_nothing_is_read_before_one_of_the_four_purposes_is_chosen(officer: Client, kit: Account) -> None:
    note(kit.ref, SessionsAction.SEE_SESSION, "programme.session:planted")

    for address in ("/audit/", "/audit/?purpose=", "/audit/?purpose=statistics", "/audit/export/"):
        page = text(officer.get(address))
        assert "What do you open the audit for?" in page
        assert "planted" not in page
    assert not AuditEvent.objects.filter(action__in=["audit.see_events", "audit.export_events"]).exists()


@pytest.mark.parametrize("purpose", PURPOSES)
def test_what_for_it_was_opened_is_an_event(officer: Client, purpose: str) -> None:
    officer.get(f"/audit/?purpose={purpose}")

    assert AuditEvent.objects.get(action="audit.see_events").reason == purpose


def test_events_page_by_key(officer: Client, kit: Account) -> None:
    for number in range(queries.PAGE + 10):
        note(kit.ref, SessionsAction.SEE_SESSION, f"programme.session:row-{number:03}")

    first = officer.get(f"/audit/?{WHY}")
    after = first.content.decode().partition("after=")[2].partition('"')[0]
    second = text(officer.get(f"/audit/?{WHY}&after={after}"))

    assert "row-059" in text(first)
    assert "row-000" not in text(first)
    assert "row-000" in second
    assert officer.get(f"/audit/?{WHY}&after=not-a-number").status_code == 200


def test_it_says_how_far_the_audit_is_sealed_and_when_it_was_verified(
    officer: Client, kit: Account, tmp_path: Path
) -> None:
    never = text(officer.get(f"/audit/?{WHY}"))
    note(kit.ref, SessionsAction.SEE_SESSION, "one")
    seals.seal(key=b"k" * 32)
    path = tmp_path / "verified" / settings.DESIST_SITE
    path.parent.mkdir()
    path.write_text(json.dumps({"at": staff.NOW.isoformat(), "findings": 0}), "utf-8")
    sound = text(officer.get(f"/audit/?{WHY}"))
    path.write_text(json.dumps({"at": staff.NOW.isoformat(), "findings": 2}), "utf-8")
    tampered = text(officer.get(f"/audit/?{WHY}"))

    assert "Nothing is sealed yet" in never
    assert "Never. Ask for" in never
    assert "Sealed up to Tuesday 3 March 2026, 2:30pm" in sound
    assert "nothing edited, removed or cut off" in sound
    assert "Not as it was sealed" in tampered


@pytest.mark.parametrize(
    "query", ["since-day=31&since-month=2&since-year=2026", "who=nobody", "action=x", f"case={'9' * 40}"]
)
def test_what_makes_no_sense_is_refused_in_words(officer: Client, query: str) -> None:
    for address in ("/audit/", "/audit/export/"):
        response = officer.get(f"{address}?{WHY}&{query}")
        assert response.status_code == 422
        assert "There is a problem" in text(response)


def test_more_than_a_file_takes_needs_a_shorter_period(
    officer: Client, kit: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "EXPORTED", 2)
    for number in range(3):
        note(kit.ref, SessionsAction.SEE_SESSION, f"row-{number}")

    answer = officer.get(f"/audit/export/?{WHY}")

    assert answer.status_code == 422
    assert "more than 2 events. Choose a shorter period" in text(answer)


def test_no_value_becomes_a_formula_in_a_spreadsheet() -> None:
    row = queries.Row(staff.NOW, "kit", "=HYPERLINK(1)", "Role", "See", "@row", "Row", True, "-1", "+44")

    lines = list(csv.reader(io.StringIO(export.as_csv([row]).decode("utf-8-sig"))))

    assert lines[1][2:] == ["'=HYPERLINK(1)", "Role", "See", "'@row", "yes", "'-1", "'+44"]


def test_administrators_and_data_protection_officers_land_where_their_work_is(officer: Client) -> None:
    administrator = staff.browser(account=staff.account(), role=Role.ADMINISTRATOR)

    assert officer.get("/")["Location"] == "/audit/"
    assert administrator.get("/")["Location"] == "/account/people/"
