"""One bag holds everything; the masked edition holds nothing that it should not; any change is found."""

import csv
import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from packages.chronicle.tests.casework import CASE, charted, noon, record

from desist_chronicle.analysis.findings import Questions
from desist_chronicle.analysis.orders import Order as ProtectionOrder
from desist_chronicle.bag import hash_file
from desist_chronicle.course import Course
from desist_chronicle.masking import Mask, Masks
from desist_chronicle.outputs.cover import Case, Original
from desist_chronicle.outputs.notes import scope_sentence
from desist_chronicle.outputs.package import FolderInUseError, Order, pack
from desist_chronicle.outputs.searching import LeakError, readable
from desist_chronicle.people import People
from desist_chronicle.records import Flag
from desist_chronicle.scope import Scope
from desist_chronicle.verification import Reread, Verdict, verify

TOLD = [
    record("=HYPERLINK(1) ring me on 07700 900123", at="2024-03-01 08:00"),
    record("Maggie Helper says no", at="2024-03-01 08:10", sender="Robin Example"),
    record("I saw you at 12 High Street, BN1 1AA \U0001f600", at="2024-03-20 23:30"),
    record("to someone else", at="2024-03-21 10:00", sender="Kit", source="b.txt"),
]
QUESTIONS = Questions(
    compare_at=date(2024, 3, 10),
    orders=(
        ProtectionOrder("Order", datetime.fromisoformat("2024-03-15"), served_time_known=False, until=None),
    ),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "bag"


def order(
    course: Course | None = None, *, case: Case = CASE, mask: Mask | None = None, most_entries: int = 50_000
) -> Order:
    return Order(
        course=course or charted(TOLD), case=case, questions=QUESTIONS, mask=mask, most_entries=most_entries
    )


def gives(digest: str) -> Reread:
    """A reading that gives this digest."""
    return lambda _path, _options: digest


def masked(*terms: str) -> Mask:
    return Mask(Masks(terms=terms))


def test_the_full_edition_holds_everything(folder: Path) -> None:
    packed = pack(order=order(), folder=folder, clock=noon)

    assert packed.files == (
        *(
            "README.txt",
            "case.jsonld",
            "chronology-01.pdf",
            "chronology.csv",
            "chronology.html",
            "custody.csv",
        ),
        *("exhibits.csv", "findings.txt", "methods.txt", "occasions.csv", "records.jsonl", "report.json"),
        *("statement-draft.txt", "timesketch.csv", "unused-material.csv"),
    )
    facts = json.loads((folder / "data" / "report.json").read_text("utf-8"))
    assert (facts["records"], facts["shown"], facts["occasions"]) == (4, 3, 2)
    volume = readable(folder / "data" / "chronology-01.pdf")
    assert "This is a selection: it shows 3 of the 4 records in the sources." in volume
    assert "candidate: Order in force" in volume
    assert "to someone else" not in volume
    assert "b.txt" in (folder / "data" / "unused-material.csv").read_text("utf-8")


def test_remarks_and_papers_of_the_person_who_prepares_it_are_in_the_full_edition_alone(folder: Path) -> None:
    said = replace(CASE, remarks=("Exhibit JD/1: calls to Robin",))
    papers = {"statement.txt": "I am Jo Dale."}

    pack(order=replace(order(case=said), papers=papers), folder=folder, clock=noon)

    assert (folder / "data" / "statement.txt").read_text() == "I am Jo Dale."
    for name in ("README.txt", "chronology.html", "chronology-01.pdf"):
        assert "Exhibit JD/1: calls to Robin" in readable(folder / "data" / name)
    assert verify(folder=folder).faults == ()
    hidden = folder.parent / "masked"
    pack(order=replace(order(case=said, mask=masked("Robin")), papers=papers), folder=hidden, clock=noon)
    assert not (hidden / "data" / "statement.txt").exists()
    assert "calls to [masked]" in readable(hidden / "data" / "README.txt")


def test_the_volume_states_the_custody_log_up_to_it(folder: Path) -> None:
    pack(order=order(), folder=folder, clock=noon)

    with (folder / "data" / "custody.csv").open(newline="") as log:
        links = {row["action"]: row["link"] for row in csv.DictReader(log)}
    assert f"Custody log up to this volume: {links['chose']}" in readable(
        folder / "data" / "chronology-01.pdf"
    )


def test_a_bag_that_nobody_touched_holds(folder: Path) -> None:
    packed = pack(order=order(), folder=folder, clock=noon)

    verdict = verify(folder=folder, seal=packed.seal)

    assert verdict == Verdict(
        held=(
            "Every file is listed and is as it was.",
            "The custody log is unbroken over 17 rows and agrees with the files.",
        ),
        faults=(),
        seal=packed.seal,
    )


def test_the_same_order_at_the_same_time_makes_the_same_bag(tmp_path: Path) -> None:
    one = pack(order=order(), folder=tmp_path / "one", clock=noon)
    other = pack(order=order(), folder=tmp_path / "other", clock=noon)

    assert one.seal == other.seal


def test_a_bag_made_anew_does_not_have_the_seal(folder: Path) -> None:
    pack(order=order(), folder=folder, clock=noon)

    assert verify(folder=folder, seal="ab" * 32).faults == (
        "The bag is whole, but is not the one that had this seal: it was made anew.",
    )


def test_an_altered_table_is_found_twice(folder: Path) -> None:
    pack(order=order(), folder=folder, clock=noon)
    (folder / "data" / "chronology.csv").write_text("nothing happened")

    assert verify(folder=folder).faults == (
        "data/chronology.csv was altered.",
        "chronology.csv is not what the custody log says was written.",
    )


def test_an_altered_custody_log_is_found(folder: Path) -> None:
    pack(order=order(), folder=folder, clock=noon)
    log = folder / "data" / "custody.csv"
    log.write_bytes(log.read_bytes().replace(b"Dana", b"Dora"))

    faults = verify(folder=folder).faults

    assert "Row 1 of the custody log was altered, or a row before it is missing." in faults


def test_the_masked_edition_holds_nothing_that_it_should_not(folder: Path) -> None:
    mask = masked("Maggie Helper", "High Street", "Dana Advocate")

    packed = pack(order=order(mask=mask), folder=folder, clock=noon)

    assert packed.files == (
        *(
            "README.txt",
            "chronology-01.pdf",
            "chronology.csv",
            "chronology.html",
            "findings.txt",
            "methods.txt",
            "occasions.csv",
        ),
    )
    for path in folder.rglob("*.*"):
        text = readable(path)
        assert not any(secret in text for secret in ("900123", "Maggie", "High Street", "BN1", "Dana"))
    assert "A PERSON MUST READ EVERY PAGE" in (folder / "data" / "README.txt").read_text("utf-8")
    assert "[number]" in readable(folder / "data" / "chronology-01.pdf")
    assert "This edition carries no custody log." in verify(folder=folder).held


@pytest.mark.parametrize("terms", [(), ("20240301",), ("IMG-20240301-WA0001.jpg",)])
def test_the_masked_edition_is_written_with_ordinary_names_of_photographs(
    terms: tuple[str, ...], folder: Path
) -> None:
    named = [
        record("hello"),
        record("IMG-20240301-WA0001.jpg (file attached)", flags=(Flag.ATTACHMENT,)),
        record("bye", sender="Robin Example"),
    ]
    one = Order(course=charted(named), case=CASE, questions=Questions(), mask=Mask(Masks(terms=terms)))

    pack(order=one, folder=folder, clock=noon)

    table = (folder / "data" / "chronology.csv").read_text("utf-8")
    assert ("20240301" in table) == (not terms)
    assert "[number]" not in table


def test_what_is_nobodys_number_can_be_masked_with_the_words_around_it(folder: Path) -> None:
    # the number is also the first byte of a record, which the table states
    told = [record("my order no 1234567"), record("and again")]
    course = charted(told)
    course.corpus.rows["byte_start"][1] = 1_234_567
    plain = Order(course=course, case=CASE, questions=Questions(), mask=Mask(Masks()))
    with pytest.raises(
        LeakError, match=r"a number ending 567.*give it to --mask together with the words around it"
    ):
        pack(order=plain, folder=folder, clock=noon)

    pack(order=replace(plain, mask=Mask(Masks(terms=("order no 1234567",)))), folder=folder, clock=noon)

    assert "my [masked]" in (folder / "data" / "chronology.csv").read_text("utf-8")


def test_the_masked_edition_names_no_source_that_it_shows_nothing_of(tmp_path: Path) -> None:
    pack(order=order(), folder=tmp_path / "full", clock=noon)
    pack(order=order(mask=masked()), folder=tmp_path / "masked", clock=noon)

    assert "b.txt" in readable(tmp_path / "full" / "data" / "chronology-01.pdf")
    assert "b.txt" not in readable(tmp_path / "masked" / "data" / "chronology-01.pdf")


def test_what_slips_through_stops_the_masked_edition(folder: Path) -> None:
    # a name that is in the program's own words cannot be masked there, so it must be found in the output
    with pytest.raises(LeakError, match=r"was not written: .* still holds the term “occasion”"):
        pack(order=order(mask=masked("occasion")), folder=folder, clock=noon)

    assert not folder.exists()
    assert list(folder.parent.iterdir()) == []


def test_a_number_of_somebody_else_in_the_sources_is_searched_for_too(folder: Path) -> None:
    told = [*TOLD, record(sender="07700 900999", source="b.txt")]
    exhibits = (replace(CASE.exhibits[0], digest="07700900999"), *CASE.exhibits[1:])

    packed = pack(
        order=order(charted(told), case=replace(CASE, exhibits=exhibits), mask=masked()),
        folder=folder,
        clock=noon,
    )

    assert "900999" not in readable(packed.folder / "data" / "chronology-01.pdf")


def test_too_many_entries_are_in_the_table_and_not_in_the_volume(folder: Path) -> None:
    pack(order=order(most_entries=2), folder=folder, clock=noon)

    volume = readable(folder / "data" / "chronology-01.pdf")
    assert "3 entries are more than the 2 that are printed" in volume
    assert "Maggie" not in volume
    assert "Occasion 2" in volume
    assert "Maggie" in (folder / "data" / "chronology.csv").read_text("utf-8")


def test_copies_and_clock_offsets_are_said_on_the_cover(folder: Path) -> None:
    texts = [f"a long message that both devices hold, {number}" for number in range(6)]
    both = [record(text, source=source) for source in ("a.txt", "b.txt") for text in texts]
    late = [record(text + "!", at="2024-03-01 09:05") for text in texts]
    early = [record(text + "!", at="2024-03-01 09:00", source="b.txt") for text in texts]

    pack(order=order(charted([*both, *late, *early])), folder=folder, clock=noon)

    volume = " ".join(readable(folder / "data" / "chronology-01.pdf").split())
    assert "6 records are further copies of a shown record from another source." in volume


def test_a_clock_offset_is_said_on_the_cover(folder: Path) -> None:
    texts = [f"a long message that both devices hold, {number}" for number in range(6)]
    late = [record(text, at="2024-03-01 09:05") for text in texts]
    early = [record(text, at="2024-03-01 09:00", source="b.txt") for text in texts]

    pack(order=order(charted([*late, *early])), folder=folder, clock=noon)

    assert "seems to be 300 seconds ahead" in readable(folder / "data" / "chronology-01.pdf")


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")

    with pytest.raises(FolderInUseError, match="already holds something"):
        pack(order=order(), folder=tmp_path, clock=noon)
    with pytest.raises(FolderInUseError, match="already holds something"):
        pack(order=order(), folder=tmp_path / "mine.txt", clock=noon)

    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_an_empty_folder_is_filled(folder: Path) -> None:
    folder.mkdir()

    assert pack(order=order(), folder=folder, clock=noon).folder == folder


def test_the_choice_is_in_words_in_the_readme(folder: Path) -> None:
    scope = Scope(threads=("a.txt",), first=date(2024, 3, 1), last=date(2024, 3, 31), subject_side_only=True)

    pack(order=order(charted(TOLD, scope=scope)), folder=folder, clock=noon)

    text = (folder / "data" / "README.txt").read_text("utf-8")
    assert (
        "Chosen: conversations named “a.txt”; from 01 Mar 2024; to 31 Mar 2024; only what came from the subject."
        in text
    )
    assert "It is one-sided" in text


@pytest.fixture
def with_original(tmp_path: Path, folder: Path) -> Path:
    """A bag that holds an original."""
    source = tmp_path / "a.txt"
    source.write_text("what was received")
    original = Original(path=source, sha256=hash_file(source), digest="the digest")
    pack(order=order(case=replace(CASE, originals=(original,))), folder=folder, clock=noon)
    return folder


@pytest.mark.parametrize(
    ("reread", "said"),
    [
        (None, "The original a.txt is the file that was read."),
        (gives("the digest"), "Reading a.txt again gives the same records."),
    ],
)
def test_an_original_is_compared_and_read_again(
    with_original: Path, reread: Reread | None, said: str
) -> None:
    verdict = verify(folder=with_original, reread=reread)

    assert said in verdict.held
    assert not verdict.faults


def test_a_reading_that_gives_other_records_is_a_fault(with_original: Path) -> None:
    verdict = verify(folder=with_original, reread=gives("another"))

    assert verdict.faults == ("Reading a.txt again gives other records than are in the report.",)


def test_an_exchanged_original_is_a_fault(with_original: Path) -> None:
    (with_original / "data" / "originals" / "01 a.txt").write_text("another")

    assert "The original a.txt is not the file that was read." in verify(folder=with_original).faults


def test_each_part_of_a_choice_is_said_by_itself() -> None:
    assert scope_sentence(scope=Scope(first=date(2024, 3, 1))) == "Chosen: from 01 Mar 2024."
    assert scope_sentence(scope=Scope(last=date(2024, 3, 1))) == "Chosen: to 01 Mar 2024."
    assert scope_sentence(scope=Scope(subject_side_only=True)) == "Chosen: only what came from the subject."
    assert scope_sentence(scope=Scope(threads=("a", "b"))) == "Chosen: conversations named “a”, “b”."


def test_an_owner_who_was_not_named_is_said_on_the_cover(folder: Path) -> None:
    course = charted(TOLD, people=People(subject=("Sam Sample",)))

    pack(order=order(course), folder=folder, clock=noon)

    assert "The owner of the exports was not named" in readable(folder / "data" / "chronology-01.pdf")


@pytest.mark.parametrize("facts", ["", "[]", "{}"])
def test_a_report_that_is_none_is_a_fault(with_original: Path, facts: str) -> None:
    (with_original / "data" / "report.json").write_text(facts)

    assert any(
        "report.json is missing, or is not one" in fault for fault in verify(folder=with_original).faults
    )
