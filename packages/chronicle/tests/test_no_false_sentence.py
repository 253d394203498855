"""Odd courses and odd files: stray clocks, days of which nothing is known, files given twice, archives of documents."""

import io
import sqlite3
import zipfile
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from packages.chronicle.tests.casework import PEOPLE, charted, corpus, record
from packages.chronicle.tests.made_up.export_samples import chat_text

from desist_chronicle.analysis.findings import Questions, findings
from desist_chronicle.chronology import Occasion, heads, span
from desist_chronicle.cli.read import in_words, summary
from desist_chronicle.course import Course, chart
from desist_chronicle.looks import look_of
from desist_chronicle.options import DateOrder, Options
from desist_chronicle.outputs.summary import summarise
from desist_chronicle.outputs.tables import write_occasions
from desist_chronicle.reading import Outcome, Reading
from desist_chronicle.records import Precision, Record
from desist_chronicle.scope import Scope

OPTIONS = Options(date_order=DateOrder.DMY)
START = date(2024, 1, 1)
#: the days of a course whose occasions come ever closer together, and one a week at first
CLOSER = tuple(round(200 * (number / 70) ** 0.5) for number in range(70))


def at(*days: int, source: str = "a.txt", hour: str = "20:00", sender: str = "Sam Sample") -> list[Record]:
    return [
        record(f"words {day}", at=f"{START + timedelta(days=day)} {hour}", source=source, sender=sender)
        for day in days
    ]


def said(course: Course, *, compare: date | None = None) -> str:
    found = findings(course=course, questions=Questions(compare_at=compare))
    return " ".join(sentence for finding in found for sentence in finding.sentences)


def twice(records: list[Record], again: dict[str, str]) -> Course:
    return chart(corpus=corpus(records), people=PEOPLE, scope=Scope(), again=again)


def read(*paths: Path) -> tuple[list[Record], list[Outcome]]:
    reading = Reading(paths=list(paths), options=OPTIONS)
    return [one for block in reading.blocks() for one in block], reading.outcomes


def test_days_that_no_source_tells_of_are_in_no_rate() -> None:
    course = charted(at(*CLOSER), scope=Scope(first=date(2023, 1, 1), last=date(2026, 12, 31)))

    words = said(course)

    assert "occasions became more frequent" in words
    assert "less frequent" not in words.replace("more or less frequent", "")
    assert (
        "The sources tell of 1 Jan 2024 to 18 Jul 2024: the other days that were chosen are in no rate"
        in words
    )
    assert course.covered is not None
    assert (course.covered.first, course.covered.last) == (START, date(2024, 7, 18))


def test_a_chosen_day_inside_what_the_sources_tell_of_ends_the_period() -> None:
    course = charted(at(*CLOSER), scope=Scope(last=date(2024, 6, 30)))

    assert course.covered is not None
    assert course.covered.last == date(2024, 6, 30)
    assert "The sources tell of" not in said(course)


def test_a_day_after_the_choice_shows_that_the_sources_tell_of_it() -> None:
    later = at(400, sender="Robin Example")

    course = charted([*at(*CLOSER), *later], scope=Scope(last=date(2024, 12, 31)))

    assert course.covered is not None
    assert course.covered.last == date(2024, 12, 31)


@pytest.mark.parametrize("stray", ["1970-01-01 01:00", "2035-01-01 01:00"])
def test_a_time_that_cannot_be_turns_no_direction(stray: str) -> None:
    course = chart(
        corpus=corpus([*at(*CLOSER), record(at=stray)]),
        people=PEOPLE,
        scope=Scope(),
        today=date(2024, 12, 1),
    )

    words = said(course)

    assert "occasions became more frequent" in words
    assert "1 contact with a time that cannot be" in words
    assert course.period is not None
    assert course.period.days == 200
    assert int(course.contacts.undated.sum()) == int(course.contacts.misdated.sum()) == 1


def test_a_single_early_contact_does_not_make_a_fall_a_rise() -> None:
    falling = [2000 - day for day in CLOSER]

    words = said(charted(at(0, *falling)))

    assert "more frequent" not in words.replace("more or less frequent", "")


def test_where_a_source_begins_late_is_told() -> None:
    course = charted([*at(*range(0, 180, 3)), *at(*range(120, 180), source="b.txt", hour="09:00")])

    words = said(course)

    assert (
        "Not every source tells of the whole period: b.txt from 30 Apr 2024 to 28 Jun 2024. Contacts that it would hold"
        in words
    )
    assert "Not every source" not in said(charted(at(*range(0, 180, 3))))


@pytest.mark.parametrize("count", [1, 2, 30])
def test_a_file_given_twice_is_counted_once_however_short(count: int) -> None:
    course = twice([*at(*range(count)), *at(*range(count), source="copy.txt")], {"copy.txt": "a.txt"})

    assert int(course.contacts.attempted.sum()) == count
    assert f"{count} record{'s' if count > 1 else ''} that several sources hold" in said(course)


def test_a_copy_of_a_copy_is_a_copy_of_the_one_kept() -> None:
    days = range(12)
    mine = [one._replace(text=f"{one.text}, and more") for one in at(*days)]
    again = [one._replace(source="b.txt") for one in mine]
    finer = [
        one._replace(
            source="c.txt",
            sent_utc=one.sent_utc and one.sent_utc.replace(second=7),
            precision=Precision.SECOND,
        )
        for one in mine
    ]

    course = twice([*mine, *again, *finer], {"b.txt": "a.txt"})

    assert int(course.contacts.attempted.sum()) == 12
    assert np.isin(
        course.duplicates.copy_of[course.duplicates.copy_of >= 0], np.flatnonzero(course.duplicates.kept)
    ).all()


def test_the_same_greeting_in_two_files_is_two_contacts() -> None:
    course = charted([*at(1, 3), *at(1, 4, source="b.txt")])

    assert int(course.contacts.attempted.sum()) == 4


def test_contacts_that_two_clocks_may_count_twice_are_told() -> None:
    mine = at(*range(10))
    theirs = [
        one._replace(
            source="b.txt",
            sent_local=one.sent_local and one.sent_local + timedelta(minutes=3),
            sent_utc=one.sent_utc and one.sent_utc + timedelta(minutes=3),
            text=f"{one.text} and some more words",
        )
        for one in mine
    ]
    mine = [one._replace(text=f"{one.text} and some more words") for one in mine]

    words = said(charted([*mine, *theirs]))

    assert "10 contacts may be counted twice: another source has the same words of the same person" in words
    assert "seems to be 180 seconds behind that of" in words
    assert "While that is so, what both hold is counted twice." in words


def test_a_direction_needs_more_than_an_interval_that_just_leaves_no_change_out() -> None:
    course = charted(at(*range(0, 180, 6), *range(92, 180, 6)))

    words = said(course, compare=date(2024, 4, 1))

    assert "not enough to say it rose (that takes an interval of 99.5 %, or the same direction" in words


def stored(members: dict[str, bytes]) -> bytes:
    """A zip archive whose files are not packed, so that the parts of a document in it are seen from outside."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as container:
        for name, data in members.items():
            container.writestr(name, data)
    return written.getvalue()


def document(first: str, *more: str) -> bytes:
    return stored(dict.fromkeys((first, *more), b"<x/>"))


@pytest.mark.parametrize(
    ("inner", "looks"),
    [
        (document("[Content_Types].xml", "word/document.xml"), "a Word document (DOCX)"),
        (document("[Content_Types].xml", "ppt/presentation.xml"), "a presentation (PPTX)"),
        (document("notes/[Content_Types].xml"), "an archive inside an archive"),
    ],
)
def test_a_document_in_an_archive_hides_nothing_beside_it(inner: bytes, looks: str, tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    path.write_bytes(stored({"a.docx": inner, "_chat.txt": chat_text()}))

    records, outcomes = read(path)

    assert records
    assert [looks_like for name, looks_like, _ in outcomes[-1].members if name.endswith("a.docx")] == [looks]
    assert outcomes[-1].partial


def test_a_word_document_is_refused_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "statement.docx"
    path.write_bytes(document("[Content_Types].xml", "word/document.xml"))

    _, outcomes = read(path)

    assert (
        "It looks like a Word document (DOCX). Nothing was read. Save it as plain text"
        in outcomes[0].warnings[0]
    )


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("msgstore.db.crypt15", "WhatsApp's encrypted backup of an Android phone"),
        ("signal-2024-03-12-21-05-00.backup", "Signal's encrypted backup"),
    ],
)
def test_an_encrypted_backup_is_known_by_its_name(name: str, words: str) -> None:
    assert look_of(head=bytes(range(256)), name=name).words == words


def hot(folder: Path, begins: bytes) -> Path:
    path = folder / "sms.db"
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE jid (x)")
    path.with_name("sms.db-journal").write_bytes(begins + b"\x00" * 600)
    return path


def test_a_database_copied_while_it_was_written_is_told(tmp_path: Path) -> None:
    _, outcomes = read(hot(tmp_path, b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"))

    assert outcomes[1].refused
    assert "It looks like a database's rollback journal." in outcomes[1].warnings[0]


def test_a_journal_of_a_database_that_was_closed_is_nothing(tmp_path: Path) -> None:
    _, outcomes = read(hot(tmp_path, b"\x00" * 8))

    assert [outcome.source for outcome in outcomes] == ["sms.db"]


@pytest.mark.parametrize(
    ("owner", "count"), [((), 2), (("Robin Example",), 0)], ids=["nobody named", "owner named"]
)
def test_messages_without_a_direction_are_counted(owner: tuple[str, ...], count: int, tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_text("13/03/2024, 21:05 - Sam Sample: hi\n13/03/2024, 21:06 - Sam Sample: you\n")

    reading = Reading(paths=[path], options=Options(owners=owner))
    list(reading.blocks())

    assert reading.outcomes[0].without_direction == count
    words = in_words(summary(reading.outcomes))
    assert ("without a direction (name the phone's owner with --owner): 2" in words) == bool(count)


def test_a_message_at_no_time_is_without_a_readable_time(tmp_path: Path) -> None:
    path = tmp_path / "sms.xml"
    path.write_text('<smses count="1"><sms address="+447700900111" date="0" type="1" body="x"/></smses>')

    records, outcomes = read(path)

    assert [one.sent_utc for one in records] == [None]
    assert outcomes[0].flags == {"time_unreadable": 1}


def test_an_occasion_states_no_hour_that_no_source_states() -> None:
    day = record(at="2024-03-09", precision=Precision.DAY)
    course = charted([day, record(at="2024-03-09 09:00"), record(at="2024-03-20", precision=Precision.DAY)])

    occasions = [line for line in heads(course=course) if isinstance(line, Occasion)]

    assert [span(one) for one in occasions] == ["9 Mar 2024 to 9 Mar 2024 09:00", "20 Mar 2024"]
    written = io.StringIO()
    write_occasions(course=course, to=written)
    assert "2,2024-03-20,2024-03-20" in written.getvalue()
    words = summarise(course=course, questions=Questions(), formats={}, say=str).charts[2].words
    assert "2 that state no hour at their beginning are not drawn." in words
