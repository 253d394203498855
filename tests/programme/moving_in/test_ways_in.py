"""A caseload comes as a workbook, with its documents, and stops nowhere for the fault of one row."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from string import ascii_lowercase, ascii_uppercase
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from psycopg.types.range import TimestamptzRange
from tests import staff
from tests.programme import factories
from tests.programme.moving_in.test_moving_in import ALL, MEASURE, NOVA, ROBIN, SESSION, Rows, contents, send
from tests.programme.reading import text

from desist.moving_in import commands
from desist.post import own
from desist.programme.documents.models import Document
from desist.programme.moving_in.commands import CASELOAD
from desist.programme.moving_in.models import MoveIn
from desist.programme.practitioners.models import Practitioner
from desist.programme.referrals.models import Referral
from desist.programme.sessions.models import Session
from desist.referral import files
from desist.refusals import Refused
from desist.wall.actors import Actor
from desist.wall.models import Exclusion

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys", "practitioner")]

DOCUMENT = {"key": "17", "file": "17/letter.txt", "kind": "letter", "dated": "2026-01-08"}
LETTER = {"17/letter.txt": b"He asks for another day."}


def book(tables: Mapping[str, Sequence[Mapping[str, object]]], change: Any = lambda _: None) -> bytes:
    """Return a workbook with a sheet for each table, after a change."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, rows in tables.items():
        sheet = made.create_sheet(name.capitalize())
        names = list(dict.fromkeys(key for row in rows for key in row))
        sheet.append(names)
        for row in rows:
            sheet.append([row.get(one, "") for one in names])
    change(made)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def archive(content: Mapping[str, bytes]) -> bytes:
    """Return an archive of files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name, one in content.items():
            made.writestr(name, one)
    return stream.getvalue()


def sent(boss: Actor, said: Mapping[str, bytes], *, submission: str = "w") -> MoveIn:
    """Send what is to move in, and let the worker check it."""
    ref = commands.send(CASELOAD, actor=boss, contents=said, submission=submission, at=staff.NOW)
    commands.go_on(CASELOAD, at=staff.NOW)
    return MoveIn.objects.get(ref=ref)


def with_files(boss: Actor, rows: Rows, content: Mapping[str, bytes], *, submission: str = "w") -> MoveIn:
    """Send people with documents."""
    said = {**contents({"people": [ROBIN, NOVA], "documents": rows}), "archive": archive(content)}
    return sent(boss, said, submission=submission)


def many(count: int) -> list[dict[str, str]]:
    """Return people who differ by their names."""
    pairs = [f"{first}{second}" for first in ascii_uppercase for second in ascii_lowercase]
    return [{**NOVA, "key": name, "given_names": f"Nova {name}"} for name in pairs[:count]]


def told(row: MoveIn) -> list[tuple[str, int, str, str]]:
    return [(one.sheet, one.row, one.column, one.sentence) for one in commands.problems(row)]


def bring(boss: Actor, row: MoveIn) -> MoveIn:
    commands.bring(CASELOAD, actor=boss, ref=row.ref, at=staff.NOW)
    commands.go_on(CASELOAD, at=staff.NOW)
    row.refresh_from_db()
    return row


def test_a_workbook_comes_in_with_days_and_numbers_as_spreadsheets_keep_them(boss: Actor) -> None:
    born = datetime(1990, 2, 28)  # noqa: DTZ001 -- as a spreadsheet keeps a day
    days = {**ROBIN, "key": 17, "born": born, "accepted_on": date(2026, 1, 5)}
    held = {**SESSION, "key": 17.0, "held_on": date(2026, 1, 13), "minutes": 90}
    row = sent(boss, {"workbook": book({**ALL, "people": [days, NOVA], "sessions": [held]})})

    assert told(row) == []
    bring(boss, row)
    assert Referral.objects.get(given_names="Robin").born == date(1990, 2, 28)
    assert Session.objects.get().period.lower.date() == date(2026, 1, 13)


def hide(made: Any) -> None:
    made.create_sheet("goals").sheet_state = "hidden"


def name(made: Any) -> None:
    made.create_sheet("Pivot")


def compute(made: Any) -> None:
    made.worksheets[0]["A2"] = "=1+16"


def link(made: Any) -> None:
    made.worksheets[0].row_dimensions[2].hidden = True


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (hide, "hidden sheet"),
        (name, "No table is named “Pivot”: the sheets are named people, sessions"),
        (compute, "The sheet “People”, row 2: a cell holds a formula"),
        (link, "hidden rows or columns"),
    ],
)
def test_a_workbook_that_hides_or_computes_is_refused(boss: Actor, change: Any, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        sent(boss, {"workbook": book({"people": [ROBIN]}, change)})
    assert not MoveIn.objects.exists()


def planted(part: str) -> bytes:
    """Return a workbook with one more part."""
    whole = book({"people": [ROBIN]})
    stream = io.BytesIO(whole)
    with zipfile.ZipFile(stream, "a") as made:
        made.writestr(part, b"x")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (planted("xl/vbaProject.bin"), "macros or another file"),
        (planted("xl/embeddings/oleObject1.bin"), "macros or another file"),
        (b"key,given_names", "no .xlsx file"),
        (archive({"a.txt": b"x"}), "an archive, not a document"),
        (b"PK\x03\x04broken", "broken or was cut off"),
        (b"PK" + bytes(10 * 1024 * 1024), "larger than 10 MB"),
    ],
)
def test_a_workbook_that_is_something_else_is_refused(boss: Actor, content: bytes, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        sent(boss, {"workbook": content})


def test_a_manager_fills_in_the_template_and_its_example_is_not_a_person(
    boss: Actor, manager: Client
) -> None:
    content = manager.get(reverse("moving_in:workbook")).content
    made = openpyxl.load_workbook(io.BytesIO(content))
    assert made.sheetnames == [*(one.key for one in CASELOAD.sheets), "columns"]
    explained = {(row[0].value, row[1].value): row for row in made["columns"].iter_rows(min_row=2)}
    assert explained["sessions", "attendance"][4].value == "one of: attended, missed"
    assert explained["people", "born"][3].value == "no"

    row = sent(boss, {"workbook": content})

    assert [one[:3] for one in told(row)][:1] == [("people", 2, "key")]
    assert "the example of the template" in told(row)[0][3]


def test_nothing_sent_is_said(manager: Client) -> None:
    answer = manager.post(reverse("moving_in:all"), {"form_submission": "one"})

    assert answer.status_code == 422
    assert "Choose a workbook, or the table of people" in text(answer)


def test_documents_are_filed_with_their_people_and_go_when_they_are_taken_back(boss: Actor) -> None:
    row = bring(boss, with_files(boss, [DOCUMENT], LETTER))

    kept = Document.objects.get()
    assert (kept.episode.referral.given_names, kept.name, kept.kind) == ("Robin", "letter.txt", "letter")
    assert files.opened(kept, keys=own.keys()).content == LETTER["17/letter.txt"]
    assert row.counts["document"] == 1

    commands.take_back(CASELOAD, actor=boss, ref=row.ref, at=staff.NOW)
    assert not Document.objects.exists()
    assert not Referral.objects.exists()


def test_a_document_that_was_removed_since_keeps_the_import_here(boss: Actor) -> None:
    row = bring(boss, with_files(boss, [DOCUMENT], LETTER))
    Document.objects.update(removed_at=staff.NOW, removed_by="x", removed_reason="y", name="", sealed=b"")

    with pytest.raises(Refused, match="someone has worked"):
        commands.take_back(CASELOAD, actor=boss, ref=row.ref, at=staff.NOW)


def test_every_problem_of_a_file_is_told_by_row(boss: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_BYTES", 3000)
    rows = [
        {**DOCUMENT, "file": "missing.txt"},
        {**DOCUMENT, "file": "run.exe"},
        {**DOCUMENT, "file": "big.txt"},
        {**DOCUMENT, "dated": "2027-01-01"},
    ]
    content = {**LETTER, "run.exe": b"MZ\x00", "big.txt": b"a" * 4000, "nobody.txt": b"x", "__MACOSX/x": b"y"}

    assert told(with_files(boss, rows, content)) == [
        ("documents", 0, "file", "No row names the file “nobody.txt”"),
        ("documents", 2, "file", "No file of this name is in the archive"),
        (
            "documents",
            3,
            "file",
            f"This kind of file cannot be attached. Allowed are {files.ALLOWED}.",
        ),
        ("documents", 4, "file", "The file is larger than 0 MB"),
        ("documents", 5, "dated", "This day is in the future"),
    ]


def test_a_file_twice_or_too_many_of_one_person_are_problems(
    boss: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desist.programme.moving_in.commands.MOST", 1)
    twice = {**DOCUMENT, "file": "again.txt"}

    found = told(with_files(boss, [DOCUMENT, twice], {**LETTER, "again.txt": LETTER["17/letter.txt"]}))

    assert [one[1:] for one in found] == [
        (3, "", "At most 1 documents are kept of a person"),
        (3, "file", "The file is the same as in row 2"),
    ]


def test_words_in_a_file_that_may_lead_to_someone_are_shown_and_stop_nothing(
    boss: Actor, manager: Client
) -> None:
    row = with_files(boss, [DOCUMENT], {"17/letter.txt": b"She lives at 12 Quarry Lane."})

    page = text(manager.get(reverse("moving_in:one", args=[row.ref])))

    assert "Look at these before you bring everyone in" in page
    assert "Check the file again. Something in the text looks like an address" in page
    assert bring(boss, row).state == "brought"


@pytest.mark.parametrize("content", [b"no archive", b"PK\x05\x06"])
def test_files_that_are_no_archive_are_said(boss: Actor, content: bytes) -> None:
    with pytest.raises(Refused, match="this is no archive that can be opened"):
        sent(boss, {**contents({"people": [ROBIN]}), "archive": content})


def test_an_archive_of_too_much_is_said(boss: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desist.moving_in.papers.MOST_FILES", 0)
    with pytest.raises(Refused, match="Split the import"):
        with_files(boss, [DOCUMENT], LETTER)


def test_files_that_nobody_says_they_read_are_not_taken(manager: Client) -> None:
    said = {**contents({"people": [ROBIN], "documents": [DOCUMENT]}), "archive": archive(LETTER)}

    def post(**more: str) -> Any:
        parts = {key: SimpleUploadedFile(f"{key}.x", one) for key, one in said.items()}
        return manager.post(reverse("moving_in:all"), {**parts, **more, "form_submission": "one"})

    assert "Read the files first, and tick the box" in text(post())
    assert post(read="on").status_code == 302


def test_a_case_that_is_kept_from_the_sender_is_not_told_of(boss: Actor) -> None:
    here = factories.referral(given_names="Robin", family_name="Example", born=date(1990, 2, 28))
    assert told(sent(boss, contents({"people": [ROBIN]})))[0][3] == "This person is already here"
    Exclusion.objects.create(
        case=here.ref, account=boss.who, allowed=False, reason="client", made_by="x", made_at=staff.NOW
    )

    assert told(sent(boss, contents({"people": [ROBIN]}), submission="again")) == []


def test_a_row_at_which_the_code_fails_is_a_problem_like_any_other(
    boss: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr("desist.programme.moving_in.sheets.scoring.of_total", fail)
    monkeypatch.setattr("desist.programme.moving_in.sheets.dates.years_between", fail)

    row = sent(boss, contents({"people": [ROBIN], "measures": [MEASURE]}))

    assert [one[:3] for one in told(row)] == [("people", 2, ""), ("measures", 2, "")]
    assert "Desist failed at it" in told(row)[0][3]


def test_an_import_that_fails_holds_up_no_other(
    boss: Actor, manager: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    far = Actor(who=boss.who, role=boss.role, area="Elsewhere", correlation=boss.correlation)
    first = commands.send(
        CASELOAD, actor=boss, contents=contents({"people": [ROBIN]}), submission="1", at=staff.NOW
    )
    second = commands.send(
        CASELOAD, actor=far, contents=contents({"people": [NOVA]}), submission="2", at=staff.NOW
    )
    reading = commands._reading

    def fails(row: MoveIn, *rest: Any) -> Any:
        if row.ref == first:
            raise ZeroDivisionError
        return reading(row, *rest)

    monkeypatch.setattr(commands, "_reading", fails)
    commands.go_on(CASELOAD, at=staff.NOW)

    states = dict(MoveIn.objects.values_list("ref", "state"))
    assert states == {first: "checked", second: "checked"}
    page = text(manager.get(reverse("moving_in:one", args=[first])))
    assert "These tables could not be checked: Desist failed at them." in page
    assert told(MoveIn.objects.get(ref=second)) == []


def test_a_database_that_is_away_is_tried_again(boss: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    row = send(boss, {"people": [ROBIN]})
    commands.bring(CASELOAD, actor=boss, ref=row.ref, at=staff.NOW)
    keep = commands._keep

    def away(*_: Any, **__: Any) -> None:
        raise OperationalError

    monkeypatch.setattr(commands, "_keep", away)
    with pytest.raises(OperationalError):
        commands.go_on(CASELOAD, at=staff.NOW)
    row.refresh_from_db()
    assert row.state == "bringing"
    monkeypatch.setattr(commands, "_keep", keep)
    commands.go_on(CASELOAD, at=staff.NOW)
    row.refresh_from_db()
    assert row.state == "brought"


def test_an_import_stops_at_a_row_that_no_longer_fits_and_goes_on_once_it_does(
    boss: Actor, manager: Client, practitioner: Practitioner
) -> None:
    ash = {**NOVA, "key": "19", "given_names": "Ash"}
    nova = {**NOVA, "practitioner": "Kit Marlow"}
    row = send(boss, {"people": [ROBIN, nova, ash], "sessions": [{**SESSION, "key": "18"}]})
    assert told(row) == []
    start = datetime(2026, 1, 13, 14, tzinfo=UTC)
    allocated = factories.episode(referral=factories.referral(), practitioner=practitioner)
    booked = factories.session(
        episode=allocated, period=TimestamptzRange(start, start + timedelta(minutes=90))
    )

    bring(boss, row)

    row.refresh_from_db()
    assert (row.state, row.done, row.counts["referral"]) == ("stopped", 1, 1)
    page = text(manager.get(reverse("moving_in:one", args=[row.ref])))
    assert "Stopped: 1 of 3 are here, and 1 problem." in page
    assert [one[:2] for one in told(row)] == [("people", 3)]
    assert "no longer fits what is here" in page

    Session.objects.filter(pk=booked.pk).update(state="cancelled")
    manager.post(reverse("moving_in:bring", args=[row.ref]))
    commands.go_on(CASELOAD, at=staff.NOW)
    row.refresh_from_db()
    assert (row.state, row.counts["referral"]) == ("brought", 3)


def test_an_import_that_stopped_is_taken_back_whole(boss: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "STEP", 1)
    row = send(boss, {"people": [ROBIN, NOVA]})
    keep = CASELOAD.keep

    def fails(move: Any, people: Any, *rest: Any) -> Any:
        if people[0].said["key"] == "18":
            raise ZeroDivisionError
        return keep(move, people, *rest)

    monkeypatch.setitem(CASELOAD.__dict__, "keep", fails)
    assert bring(boss, row).state == "stopped"
    assert Referral.objects.count() == 1

    commands.take_back(CASELOAD, actor=boss, ref=row.ref, at=staff.NOW)

    row.refresh_from_db()
    assert row.state == "taken_back"
    assert not Referral.objects.exists()


def test_an_import_whose_key_is_gone_stops_and_says_so(boss: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    row = send(boss, {"people": [ROBIN]})

    def lost(*_: Any) -> Any:
        raise Refused(commands.LOST_KEY)

    commands.bring(CASELOAD, actor=boss, ref=row.ref, at=staff.NOW)
    with monkeypatch.context() as gone:
        gone.setattr(commands, "_unlocked", lost)
        commands.go_on(CASELOAD, at=staff.NOW)

    row.refresh_from_db()
    assert row.state == "stopped"
    assert told(row)[0][3] == commands.LOST_KEY


#: to bring in one block and end the import: beside each, one COPY of a table, which Django does not count
QUESTIONS = 24


@pytest.mark.parametrize("count", [1, 100])
def test_a_block_of_people_costs_the_same_number_of_questions(
    boss: Actor, django_assert_num_queries: Any, count: int
) -> None:
    people = many(count)
    row = send(boss, {"people": people, "measures": [{**MEASURE, "key": one["key"]} for one in people]})
    commands.bring(CASELOAD, actor=boss, ref=row.ref, at=staff.NOW)

    with django_assert_num_queries(QUESTIONS):
        commands.go_on(CASELOAD, at=staff.NOW)


def test_the_tables_are_unlocked_once_however_many_steps_there_are(
    boss: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "STEP", 2)
    row = send(boss, {"people": many(10)})
    commands.bring(CASELOAD, actor=boss, ref=row.ref, at=staff.NOW)

    with CaptureQueriesContext(connection) as asked:
        commands.go_on(CASELOAD, at=staff.NOW)

    selected = [one["sql"] for one in asked.captured_queries if one["sql"].startswith("SELECT")]
    assert sum('"programme_movein"."tables"' in sql for sql in selected) == 1
    assert sum("FOR UPDATE" in sql and "programme_movein" in sql for sql in selected) == 6


def test_people_who_fail_together_and_not_alone_come_in_one_by_one(
    boss: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "STEP", 2)
    row = send(boss, {"people": many(3)})
    keep = CASELOAD.keep

    def fails(move: Any, people: Any, *rest: Any) -> Any:
        if len(people) > 1:
            raise ZeroDivisionError
        return keep(move, people, *rest)

    monkeypatch.setitem(CASELOAD.__dict__, "keep", fails)

    assert bring(boss, row).state == "brought"
    assert Referral.objects.count() == 3


def test_a_database_that_goes_away_between_two_people_is_tried_again(
    boss: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = send(boss, {"people": many(2)})
    failures: list[Exception] = [ZeroDivisionError(), OperationalError()]

    def fails(*_: Any) -> Any:
        raise failures.pop(0)

    with monkeypatch.context() as away:
        away.setitem(CASELOAD.__dict__, "keep", fails)
        with pytest.raises(OperationalError):
            bring(boss, row)

    assert bring(boss, row).state == "brought"


def marked(content: bytes) -> bytes:
    """Return an archive that says of its files that a password locks them."""
    return content.replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01")


def test_a_locked_archive_and_a_broken_file_in_one_are_said(boss: Actor) -> None:
    said = contents({"people": [ROBIN], "documents": [DOCUMENT]})
    with pytest.raises(Refused, match="the archive is larger than 10 MB"):
        sent(boss, {**said, "archive": bytes(10 * 1024 * 1024 + 1)})
    with pytest.raises(Refused, match="without a password"):
        sent(boss, {**said, "archive": marked(archive(LETTER))})

    broken = archive(LETTER).replace(b"He asks", b"He bsks")
    found = told(sent(boss, {**said, "archive": broken}))
    assert found == [("documents", 2, "file", "The file is broken. Put it into the archive again")]
