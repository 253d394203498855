"""A caseload moves in from tables: every problem is listed, it comes whole, and it can be taken back whole."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, TypeAlias

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests import staff
from tests.programme import factories
from tests.programme.reading import text

from desist.accounts.models import Account
from desist.keys import keyfile
from desist.moving_in import chores, commands, tables
from desist.post import own
from desist.programme.episodes.models import Allocation, Episode
from desist.programme.measures.models import Measure
from desist.programme.moving_in.commands import CASELOAD
from desist.programme.moving_in.models import MovedPerson, MoveIn
from desist.programme.plans.models import Goal
from desist.programme.practitioners.models import Practitioner
from desist.programme.referrals.models import Happening, Referral
from desist.programme.referrals.states import Happened
from desist.programme.sessions.contacts.models import Contact
from desist.programme.sessions.models import Session
from desist.refusals import Refused
from desist.sites import data_folder
from desist.wall import gate
from desist.wall.actors import Actor, Role

Rows: TypeAlias = Sequence[Mapping[str, str]]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys", "practitioner")]

ROBIN = {
    "key": "17",
    "given_names": "Robin",
    "family_name": "Example",
    "born": "1990-02-28",
    "accepted_on": "2026-01-05",
    "practitioner": "Kit Marlow",
    "contact_by": "phone",
    "route": "Self-referral",
    "legal_basis": "agreement",
    "proceedings": "none",
    "relationship": "ex_partner",
    "behaviours": "contacting; following",
    "aliases": "Bob; Rob",
    "offence_kind": "none",
    "referrer_kind": "self",
}
NOVA = {**ROBIN, "key": "18", "given_names": "Nova", "practitioner": ""}
SESSION = {
    "key": "17",
    "number": "1",
    "held_on": "2026-01-13",
    "held_time": "2pm",
    "minutes": "90",
    "attendance": "Yes",
    "work_done": "The first chain.",
}
MISSED = {**SESSION, "number": "2", "held_on": "2026-01-20", "attendance": "missed", "missed_reason": "ill"}
MEASURE = {
    "key": "17",
    "instrument": "phq-9",
    "occasion": "baseline",
    "taken_on": "2026-01-06",
    "total": "12",
}
GOAL = {"key": "17", "words": "I do not write for a week", "serves": "Fewer contacts", "state": "open"}
CONTACT = {
    "key": "17",
    "party": "person",
    "held_on": "2026-01-07",
    "held_time": "10am",
    "begun": "us",
    "way": "telephone",
    "purpose": "arranging",
    "outcome": "spoke",
    "words": "Comes on Tuesday.",
}
ALL: dict[str, Rows] = {
    "people": [ROBIN, NOVA],
    "sessions": [SESSION, MISSED],
    "measures": [MEASURE],
    "goals": [GOAL],
    "contacts": [CONTACT],
}


def written(rows: Rows) -> bytes:
    out = io.StringIO()
    names = dict.fromkeys(name for row in rows for name in row)
    writer = csv.DictWriter(out, list(names), restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def contents(tables: Mapping[str, Rows]) -> dict[str, bytes]:
    return {key: written(rows) for key, rows in tables.items() if rows}


def send(boss: Actor, tables: Mapping[str, Rows] = ALL, *, number: int = 1) -> MoveIn:
    """Send tables and let the worker check them."""
    ref = commands.send(
        CASELOAD, actor=boss, contents=contents(tables), submission=f"s-{number}", at=staff.NOW
    )
    commands.go_on(CASELOAD, at=staff.NOW)
    return MoveIn.objects.get(ref=ref)


def brought(boss: Actor, tables: Mapping[str, Rows] = ALL) -> MoveIn:
    row = send(boss, tables)
    assert commands.problems(row) == ()
    commands.bring(CASELOAD, actor=boss, ref=row.ref, at=staff.NOW)
    commands.go_on(CASELOAD, at=staff.NOW)
    row.refresh_from_db()
    return row


def found(boss: Actor, **tables: Rows) -> list[tuple[str, int, str, str]]:
    row = send(boss, {"people": [ROBIN], **tables})
    return [(one.sheet, one.row, one.column, one.sentence) for one in commands.problems(row)]


def test_a_manager_moves_a_caseload_in_and_works_on_it(manager: Client, boss: Actor) -> None:
    files = {key: SimpleUploadedFile(f"{key}.csv", one) for key, one in contents(ALL).items()}

    sent = manager.post(reverse("moving_in:all"), {**files, "form_submission": "one"}, follow=True)

    assert "0 of 2 people" in text(sent)
    assert "Look again" in text(sent)
    chores.go_on(at=staff.NOW)
    row = MoveIn.objects.get()
    page = manager.get(reverse("moving_in:one", args=[row.ref]))
    assert "No problem was found. Nothing is brought in yet." in text(page)
    assert not Referral.objects.exists()
    assert b"Robin" not in bytes(row.tables)

    manager.post(reverse("moving_in:bring", args=[row.ref]))
    commands.go_on(CASELOAD, at=staff.NOW)

    robin = Episode.objects.get(referral__given_names="Robin")
    assert (robin.state, robin.opened_at.date()) == ("in_sessions", date(2026, 1, 5))
    assert Episode.objects.get(referral__given_names="Nova").state == "waiting"
    assert robin.referral.aliases == ["Bob", "Rob"]
    assert robin.referral.behaviours == ["contacting", "following"]
    first, second = robin.sessions.order_by("number")
    assert (first.state, first.work_done, first.entered) == ("attended", "The first chain.", True)
    assert (second.state, second.missed_reason) == ("missed", "ill")
    assert Measure.objects.get().total == 12
    assert Goal.objects.get().words == GOAL["words"]
    assert Contact.objects.get().words == CONTACT["words"]
    person = text(manager.get(reverse("episodes:episode", args=[robin.ref])))
    assert "Kit Marlow" in person
    row.refresh_from_db()
    assert (row.state, bytes(row.tables), row.counts["session"]) == ("brought", b"", 2)
    assert "Brought in" in text(manager.get(reverse("moving_in:one", args=[row.ref])))


def test_every_problem_is_listed_by_table_row_and_column(boss: Actor, manager: Client) -> None:
    row = send(
        boss,
        {
            "people": [
                ROBIN,
                {**ROBIN, "given_names": "Nova", "born": "30 2 1990"},
                {**NOVA, "born": "2025-01-01", "accepted_on": "2027-01-01"},
                {**NOVA, "key": "19"},
                {**ROBIN, "key": "21"},
                {
                    **ROBIN,
                    "key": "20",
                    "given_names": "Ash",
                    "behaviour_account": "Met Xanthe at 12 Quarry Lane.",
                },
            ],
            "sessions": [
                {**SESSION, "key": "99"},
                {**SESSION, "minutes": "400"},
                {**SESSION, "attendance": "missed"},
                {**SESSION, "held_on": "2027-01-01"},
            ],
            "measures": [{**MEASURE, "total": "99"}, {**MEASURE, "taken_on": "2027-01-01"}],
            "goals": [{**GOAL, "serves": "She lives at 12 Quarry Lane"}],
            "contacts": [{**CONTACT, "words": ""}],
        },
    )

    told = [(one.sheet, one.row, one.column) for one in commands.problems(row)]

    assert told == [
        ("people", 3, "born"),
        ("people", 3, "key"),
        ("people", 4, "accepted_on"),
        ("people", 4, "born"),
        ("people", 6, ""),
        ("people", 7, "behaviour_account"),
        ("sessions", 2, "key"),
        ("sessions", 3, "minutes"),
        ("sessions", 4, "missed_reason"),
        ("sessions", 5, "held_on"),
        ("measures", 2, "total"),
        ("measures", 3, "taken_on"),
        ("goals", 2, "serves"),
        ("contacts", 2, "words"),
    ]
    page = text(manager.get(reverse("moving_in:one", args=[row.ref])))
    assert "Nothing was brought in: 14 problems." in page
    assert "No row of people has the key “99”" in page
    with pytest.raises(Refused, match="there are problems"):
        commands.bring(CASELOAD, actor=boss, ref=row.ref, at=staff.NOW)


def test_a_word_that_may_be_a_name_is_asked_about(boss: Actor) -> None:
    said = {**ROBIN, "behaviour_account": "Wrote to Xanthe every day."}
    asked = send(boss, {"people": [said]})
    assert [one.column for one in commands.problems(asked)] == ["behaviour_account"]

    answered = send(boss, {"people": [{**said, "no_name": "Xanthe"}]}, number=2)

    assert commands.problems(answered) == ()


def test_tables_whose_key_is_gone_say_so_and_can_be_dropped(boss: Actor, manager: Client) -> None:
    row = send(boss, {"people": [{**ROBIN, "behaviour_account": "Wrote to Xanthe every day."}]})
    keyfile.path(folder=data_folder(), site=own.site().name).unlink()
    yesterday = (staff.NOW - timedelta(days=1)).date()
    keyfile.create(folder=data_folder(), site=own.site().name, on=yesterday)
    own._read.cache_clear()

    page = text(manager.get(reverse("moving_in:one", args=[row.ref])))
    assert "locked to a key that this site no longer has" in page
    refused = manager.post(reverse("moving_in:bring", args=[row.ref]), follow=True)
    assert "locked to a key" in text(refused)
    commands.take_back(CASELOAD, actor=boss, ref=row.ref, at=staff.NOW)
    assert "Drop these tables" in page


def test_headings_and_files_that_are_no_table_are_said(boss: Actor) -> None:
    wrong = [{**{name: one for name, one in SESSION.items() if name != "minutes"}, "colour": "red"}]
    assert [one[:3] for one in found(boss, sessions=wrong)] == [
        ("sessions", 1, "colour"),
        ("sessions", 1, "minutes"),
    ]
    twice = b"key,key,given_names,family_name,born,accepted_on\n17,17,Robin,Example,1990-02-28,2026-01-05\n"
    ref = commands.send(CASELOAD, actor=boss, contents={"people": twice}, submission="t", at=staff.NOW)
    commands.go_on(CASELOAD, at=staff.NOW)
    assert "This heading appears twice" in [
        one.sentence for one in commands.problems(MoveIn.objects.get(ref=ref))
    ]
    with pytest.raises(Refused, match=r"Sessions .*: This is a spreadsheet file"):
        commands.send(
            CASELOAD,
            actor=boss,
            contents={"people": twice, "sessions": b"PK.."},
            submission="u",
            at=staff.NOW,
        )


def test_too_many_people_are_refused(boss: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_PEOPLE", 1)

    with pytest.raises(Refused, match="more than 1 rows"):
        send(boss)


def test_what_stands_in_the_way_in_the_area_is_a_problem_too(boss: Actor, practitioner: Practitioner) -> None:
    factories.referral(given_names="Robin", family_name="Example", born=date(1990, 2, 28))
    assert found(boss) == [("people", 2, "", "This person is already here")]
    unknown = send(boss, {"people": [{**NOVA, "practitioner": "Noor Hale"}]}, number=2)
    assert commands.problems(unknown)[0].sentence == "Nobody of this name is on the register of the area"
    without = send(boss, {"people": [NOVA], "sessions": [{**SESSION, "key": "18"}]}, number=3)
    assert commands.problems(without)[0].column == "practitioner"


def test_two_meetings_at_one_time_are_a_problem(boss: Actor, session: Session) -> None:
    nova = {**NOVA, "practitioner": "Kit Marlow"}
    start = session.period.lower
    here = {
        **SESSION,
        "key": "18",
        "number": "3",
        "held_on": f"{start:%Y-%m-%d}",
        "held_time": f"{start:%H:%M}",
    }
    rows = [{**SESSION, "key": "18"}, {**SESSION, "key": "18", "held_time": "2:30pm"}, here]

    told = send(boss, {"people": [nova], "sessions": rows})

    sentences = [one.sentence for one in commands.problems(told)]
    assert "Session 1 was held in row 2 too" in sentences
    assert "The practitioner was in the session in row 2 at this time" in sentences


def test_an_import_is_taken_back_whole(boss: Actor, manager: Client) -> None:
    row = brought(boss)
    kept = factories.referral(family_name="Exampleton")

    taken = manager.post(reverse("moving_in:take-back", args=[row.ref]), follow=True)

    assert "Nothing of this import is left here." in text(taken)
    assert list(Referral.objects.all()) == [kept]
    for model in (Episode, Allocation, Session, Measure, Goal, Contact, MovedPerson, Happening):
        assert not model._default_manager.exists(), model
    events: Any = Referral.pgh_event_model  # type: ignore[attr-defined]  # pghistory sets it
    assert not events.objects.filter(given_names="Nova").exists()
    row.refresh_from_db()
    assert (row.state, row.counts["referral"]) == ("taken_back", 2)
    again = brought_again(boss)
    assert again.state == "brought"


def brought_again(boss: Actor) -> MoveIn:
    row = send(boss, ALL, number=7)
    commands.bring(CASELOAD, actor=boss, ref=row.ref, at=staff.NOW)
    commands.go_on(CASELOAD, at=staff.NOW)
    row.refresh_from_db()
    return row


@pytest.mark.parametrize("how", ["a change", "a line more", "a contact more", "another table"])
def test_once_someone_worked_with_one_of_them_it_stays(boss: Actor, how: str) -> None:
    row = brought(boss)
    robin = Episode.objects.get(referral__given_names="Robin")
    if how == "a change":
        Session.objects.filter(episode=robin, number=1).update(work_done="More.")
    elif how == "a line more":
        robin.referral.happened(Happened.READ, by="", at=staff.NOW)
    elif how == "a contact more":
        factories.contact(referral=robin.referral)
    else:
        factories.concern(referral=robin.referral)

    with pytest.raises(Refused, match="someone has worked with people of this import"):
        commands.take_back(CASELOAD, actor=boss, ref=row.ref, at=staff.NOW)

    assert Referral.objects.count() == 2


def test_tables_that_were_only_checked_are_dropped(boss: Actor) -> None:
    row = send(boss)

    commands.take_back(CASELOAD, actor=boss, ref=row.ref, at=staff.NOW)
    commands.take_back(CASELOAD, actor=boss, ref=row.ref, at=staff.NOW)

    row.refresh_from_db()
    assert (row.state, bytes(row.tables)) == ("dropped", b"")
    with pytest.raises(Refused, match="has since been"):
        commands.bring(CASELOAD, actor=boss, ref=row.ref, at=staff.NOW)


def test_one_import_at_a_time_and_each_form_once(boss: Actor) -> None:
    def again(submission: str) -> str:
        return commands.send(
            CASELOAD, actor=boss, contents=contents(ALL), submission=submission, at=staff.NOW
        )

    first = again("a")
    assert again("a") == first
    with pytest.raises(Refused, match="Wait until that is done"):
        again("b")
    with pytest.raises(Refused, match="Wait until that is done"):
        commands.take_back(CASELOAD, actor=boss, ref=first, at=staff.NOW)
    commands.go_on(CASELOAD, at=staff.NOW)
    commands.bring(CASELOAD, actor=boss, ref=first, at=staff.NOW)
    commands.bring(CASELOAD, actor=boss, ref=first, at=staff.NOW)
    assert MoveIn.objects.get().state == "bringing"


def test_a_worker_that_stopped_goes_on_where_it_was(boss: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "STEP", 1)
    row = send(boss)
    commands.bring(CASELOAD, actor=boss, ref=row.ref, at=staff.NOW)
    keep, stop = commands._keep, iter([False, True])

    def keeps(*args: Any) -> None:
        if next(stop):
            raise KeyboardInterrupt
        keep(*args)

    monkeypatch.setattr(commands, "_keep", keeps)
    with pytest.raises(KeyboardInterrupt):
        commands.go_on(CASELOAD, at=staff.NOW)
    assert Referral.objects.count() == 1
    monkeypatch.setattr(commands, "_keep", keep)

    commands.go_on(CASELOAD, at=staff.NOW)

    row.refresh_from_db()
    assert (row.state, row.done, row.counts["referral"]) == ("brought", 2, 2)


def test_templates_name_every_column_and_another_is_not_there(manager: Client) -> None:
    for sheet in CASELOAD.sheets:
        answer = manager.get(reverse("moving_in:template"), {"table": sheet.key})
        assert answer.content.decode("utf-8-sig").strip().split(",") == list(sheet.columns)
    assert manager.get(reverse("moving_in:template"), {"table": "others"}).status_code == 404


def test_only_managers_of_the_area_see_an_import(
    boss: Actor, kit_browser: Client, signed_in: Callable[..., Client], kit: Account
) -> None:
    row = send(boss)

    assert kit_browser.get(reverse("moving_in:all")).status_code == 403
    there = signed_in(role=Role.MANAGER, area="Elsewhere")
    assert there.get(reverse("moving_in:one", args=[row.ref])).status_code == 404
    with pytest.raises(gate.NotFound):
        commands.take_back(
            CASELOAD,
            actor=Actor(who=kit.ref, role=Role.MANAGER, area="Elsewhere", correlation=boss.correlation),
            ref=row.ref,
            at=staff.NOW,
        )


@pytest.mark.parametrize("born", ["never", "31 February 1990", "0000-00-00", "٣"])
def test_a_day_that_is_none_is_a_problem_and_not_a_fault(boss: Actor, born: str) -> None:
    row = send(boss, {"people": [{**ROBIN, "born": born}]})

    assert [one.column for one in commands.problems(row)] == ["born"]
