"""Photographs, recordings and documents are hashed, numbered, captioned exhibits, and are shown without what they hide."""

import csv
import hashlib
import io
import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from packages.chronicle.tests.casework import charted, record
from packages.chronicle.tests.made_up.export_samples import archive
from PIL import Image
from typer.testing import CliRunner

from desist_chronicle.cli.app import app
from desist_chronicle.darkroom import LARGEST, PRINTED, Darkroom, made_anew
from desist_chronicle.looks import is_thing
from desist_chronicle.options import Options
from desist_chronicle.outputs import thing_pages
from desist_chronicle.outputs.captions import naming
from desist_chronicle.outputs.cover import Listing, Paragraph, Pictures
from desist_chronicle.outputs.rows import Wording
from desist_chronicle.outputs.searching import readable
from desist_chronicle.outputs.thing_pages import thing_pieces
from desist_chronicle.reading import Reading
from desist_chronicle.records import Flag, Kind
from desist_chronicle.sources import of_file
from desist_chronicle.things import Thing, things_of

CHAT = (
    b"12/03/2024, 21:05 - Sam Sample: IMG-20240312-WA0001.jpg (file attached)\n"
    b"13/03/2024, 08:02 - Robin Example: Do not write to me again\n"
)
DIARY = (
    "Date,Time,Who,What happened,File\n14/03/2024,21:30,Sam Sample,Stood outside the house,front door.jpg\n"
)


def photograph(colour: str = "red", *, form: str = "JPEG", mode: str = "RGB") -> bytes:
    hidden = Image.Exif()
    hidden[0x010E] = "12 High Street"
    written = io.BytesIO()
    Image.new(mode, (640, 480), colour).save(written, form, exif=hidden)
    return written.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    exports = tmp_path / "exports"
    exports.mkdir()
    members = {"chat.txt": CHAT, "IMG-20240312-WA0001.jpg": photograph(), "a.opus": b"OggS" + b"x" * 90}
    (exports / "chat.zip").write_bytes(archive(members))
    (exports / "diary.csv").write_text(DIARY)
    (exports / "front door.jpg").write_bytes(photograph("blue"))
    (exports / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"x" * 50)
    return exports


def report(folder: Path, out: Path, *more: str) -> str:
    made = CliRunner().invoke(
        app,
        [
            *("report", str(folder), "--date-order", "dmy", "--subject", "Sam Sample"),
            *("--owner", "Robin Example", "--exhibit", "JD", "--out", str(out), *more),
        ],
    )
    assert made.exit_code == 0, made.output
    return made.output


def table(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as opened:
        return list(csv.DictReader(opened))


def test_things_are_exhibits_with_the_words_that_name_them(folder: Path, tmp_path: Path) -> None:
    report(folder, tmp_path / "bag")

    found = {one["exhibit"]: one for one in table(tmp_path / "bag" / "data" / "exhibits.csv")}
    assert list(found) == ["JD/1", "JD/2", "JD/3", "JD/1/1", "JD/1/2", "JD/4"]
    assert found["JD/1/2"]["description"] == "sound (Ogg, Opus)"
    assert found["JD/1/1"]["SHA-256"] == hashlib.sha256(photograph()).hexdigest()
    assert found["JD/1/1"]["time and what is said of it"].startswith(
        "12 Mar 2024 21:05 GMT, message from Sam Sample, JD/1 line 1: IMG-20240312-WA0001.jpg"
    )
    assert "14 Mar 2024 21:30 GMT, written down by a person" in found["JD/4"]["time and what is said of it"]
    assert "its time is not known" in found["JD/3"]["time and what is said of it"]
    volume = readable(tmp_path / "bag" / "data" / "chronology-01.pdf")
    assert "exhibit JD/1/1" in volume
    assert "Photographs, recordings and documents" in volume
    assert "No picture can be made of it here." in volume


def test_a_picture_made_anew_hides_nothing(folder: Path, tmp_path: Path) -> None:
    report(folder, tmp_path / "bag")

    pictures = tmp_path / "bag" / "data" / "pictures"
    assert sorted(one.name for one in pictures.iterdir()) == ["JD-1-1.jpg", "JD-4.jpg"]
    for one in pictures.iterdir():
        assert b"High Street" not in one.read_bytes()
        with Image.open(one) as opened:
            assert not opened.getexif()
    assert b"High Street" not in (tmp_path / "bag" / "data" / "chronology-01.pdf").read_bytes()


def test_the_masked_edition_has_no_picture_and_names_none(folder: Path, tmp_path: Path) -> None:
    report(folder, tmp_path / "bag", "--may-reach-defendant")

    data = tmp_path / "bag" / "data"
    assert not (data / "pictures").exists()
    assert not (data / "exhibits.csv").exists()
    for one in data.iterdir():
        assert "JD/1/1" not in readable(one)
        assert "front door.jpg" not in readable(one)


def test_the_papers_name_every_exhibit_with_its_hash(folder: Path, tmp_path: Path) -> None:
    report(folder, tmp_path / "bag")

    draft = (tmp_path / "bag" / "data" / "statement-draft.txt").read_text("utf-8")
    assert "Not a statement until a person has read every line" in draft
    assert f"JD/4: front door.jpg, {len(photograph('blue')):,} bytes" in draft
    assert hashlib.sha256(photograph("blue")).hexdigest() in draft
    assert "1 contact from Sam Sample" in draft


def test_the_case_file_links_messages_accounts_and_exhibits(folder: Path, tmp_path: Path) -> None:
    report(folder, tmp_path / "bag")

    graph = json.loads((tmp_path / "bag" / "data" / "case.jsonld").read_text("utf-8"))["@graph"]
    by_kind: dict[str, list[dict[str, object]]] = {}
    for node in graph:
        by_kind.setdefault(str(node["@type"]), []).append(node)
    assert len(by_kind["uco-observable:File"]) == len(by_kind["case-investigation:ProvenanceRecord"]) == 6
    assert len(by_kind["uco-observable:Message"]) == 2
    assert len(by_kind["uco-observable:Account"]) == 2
    names = {node["@id"] for node in graph}
    (action,) = by_kind["case-investigation:InvestigativeAction"]
    assert {one["@id"] for one in action["uco-action:object"]} <= names  # type: ignore[attr-defined]
    assert len(names) == len(graph)


def test_timesketch_gets_every_dated_entry(folder: Path, tmp_path: Path) -> None:
    report(folder, tmp_path / "bag")

    rows = table(tmp_path / "bag" / "data" / "timesketch.csv")
    assert [one["datetime"] for one in rows] == [
        "2024-03-12T21:05:00+00:00",
        "2024-03-13T08:02:00+00:00",
        "2024-03-14T21:30:00+00:00",
    ]
    assert {"message", "datetime", "timestamp_desc"} <= rows[0].keys()


def test_a_photograph_given_by_itself_is_an_exhibit_and_a_document_may_hold_messages(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(photograph())
    (tmp_path / "bill.pdf").write_bytes(b"%PDF-1.7 numbers")

    made = CliRunner().invoke(app, ["read", str(tmp_path / "a.jpg"), str(tmp_path / "bill.pdf")])

    assert "a.jpg: a photograph (JPEG)" in made.output
    assert "an exhibit as it is" in made.output
    assert "bill.pdf looks like a PDF document. It may hold messages and was NOT read." in made.output
    reading = Reading(paths=[tmp_path / "bill.pdf"], options=Options())
    list(reading.blocks())
    assert reading.outcomes[0].not_read == ["bill.pdf (a PDF document)"]


def test_a_thing_in_an_archive_without_messages_has_a_number_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "photos.zip"
    path.write_bytes(archive({"a.jpg": photograph()}))
    reading = Reading(paths=[path], options=Options())
    list(reading.blocks())

    things = things_of(
        paths=[path], outcomes=reading.outcomes, references={"chat.txt": "EX/1"}, initials="EX"
    )

    assert [(one.reference, one.base) for one in things] == [("EX/2", "a.jpg")]
    assert things_of(paths=[path], outcomes=[], references={}, initials="EX") == ()


def test_a_log_beside_a_database_is_no_thing() -> None:
    assert not is_thing("a database")
    assert is_thing("a PDF document")


def thing(path: Path, number: int = 1, looks: str = "a photograph (JPEG)") -> Thing:
    return Thing(f"EX/{number}", path.name, looks, 3, "ab", of_file(path, name=path.name))


def test_the_most_named_records_stand_under_a_picture_and_the_rest_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thing_pages, "MOST_PICTURES", 1)
    files = [tmp_path / f"{name}.jpg" for name in ("a", "b c")]
    for file in files:
        file.write_bytes(photograph())
    told = [
        record(
            "b c.jpg and x.jpg", at=f"2024-03-0{day} 08:00", kind=Kind.INCIDENT, recipients=("Sam Sample",)
        )
        for day in range(1, 6)
    ]
    course = charted([record(), *told, record("a.jpg, not attached", at="2024-03-09 09:00")])
    things = [thing(files[0]), thing(files[1], 2), thing(files[1], 3, "sound (MP3)")]
    named = naming(course=course, things=things)

    pieces = thing_pieces(
        things=things,
        named=named,
        wording=Wording(course=course, exhibits={"a.txt": "EX/9"}),
        folder=tmp_path / "pictures",
        printed=tmp_path / "printed",
    )

    assert list(named) == ["EX/2", "EX/3"]
    pictures = next(piece for piece in pieces if isinstance(piece, Pictures))
    assert [one.caption.partition(":")[0] for one in pictures.shown] == ["EX/2"]
    assert pictures.shown[0].caption.endswith("(and 2 more)")
    assert len(next(piece for piece in pieces if isinstance(piece, Listing)).rows) == 3


def test_things_without_any_picture_are_only_listed(tmp_path: Path) -> None:
    (tmp_path / "a.mp3").write_bytes(b"ID3")
    course = charted([record("a.mp3", flags=(Flag.ATTACHMENT,))])

    pieces = thing_pieces(
        things=[thing(tmp_path / "a.mp3", looks="sound (MP3)")],
        named={},
        wording=Wording(course=course, exhibits={"a.txt": "EX/9"}),
        folder=tmp_path / "pictures",
        printed=tmp_path / "printed",
    )

    assert not [piece for piece in pieces if isinstance(piece, Pictures)]
    assert not (tmp_path / "pictures").exists()


def test_what_a_person_wrote_down_of_a_recording_stands_under_the_list(tmp_path: Path) -> None:
    (tmp_path / "a.mp3").write_bytes(b"ID3")
    course = charted([record("a.mp3", flags=(Flag.ATTACHMENT,))])
    heard = replace(
        thing(tmp_path / "a.mp3", looks="sound (MP3)"), said="I see you", said_by="Written down by A."
    )

    pieces = thing_pieces(
        things=[heard],
        named={},
        wording=Wording(course=course, exhibits={"a.txt": "EX/9"}),
        folder=tmp_path / "pictures",
        printed=tmp_path / "printed",
    )

    said = [one.text for one in pieces if isinstance(one, Paragraph)]
    assert said[2] == "What is said in the recordings"
    assert said[4:] == [f"{heard.reference}: a.mp3. Written down by A.", "I see you"]


@pytest.mark.parametrize(("form", "mode"), [("JPEG", "L"), ("PNG", "RGBA"), ("WEBP", "RGB"), ("PNG", "P")])
def test_a_picture_of_any_kind_is_made_anew(form: str, mode: str, tmp_path: Path) -> None:
    source, to, printed = tmp_path / "a", tmp_path / "b.jpg", tmp_path / "c.jpg"
    source.write_bytes(photograph("white" if mode != "P" else 1, form=form, mode=mode))  # type: ignore[arg-type]

    assert made_anew(path=source, to=to, printed=printed)
    assert b"High Street" not in to.read_bytes() + printed.read_bytes()


def test_a_picture_is_printed_smaller_than_it_is_kept(tmp_path: Path) -> None:
    source, to, printed = tmp_path / "a", tmp_path / "b.jpg", tmp_path / "c.jpg"
    Image.effect_noise((2400, 1200), 60).save(source, "PNG")

    assert made_anew(path=source, to=to, printed=printed)
    with Image.open(to) as large, Image.open(printed) as small:
        assert (large.size, small.size) == ((LARGEST, 800), (PRINTED, 240))


@pytest.mark.parametrize("data", [b"", b"\xff\xd8\xff", b"%!PS-Adobe-3.0 EPSF-3.0\n", photograph()[:2000]])
def test_what_is_no_whole_picture_gives_none(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(data)

    assert not made_anew(path=tmp_path / "a", to=tmp_path / "b.jpg", printed=tmp_path / "c.jpg")


def test_a_bad_picture_ends_its_process_and_the_next_is_made(tmp_path: Path) -> None:
    good, stuck, printed = tmp_path / "good", tmp_path / "stuck", tmp_path / "printed.jpg"
    good.write_bytes(photograph())
    os.mkfifo(stuck)

    with Darkroom(clock=3) as room:
        # nobody writes into it, so reading it never ends
        assert not room.develop(path=stuck, to=tmp_path / "a.jpg", printed=printed)
        assert room.develop(path=good, to=tmp_path / "b.jpg", printed=printed)
        room._child.kill()  # type: ignore[union-attr]
        room._child.wait()  # type: ignore[union-attr]
        assert not room.develop(path=good, to=tmp_path / "c.jpg", printed=printed)
    assert not (tmp_path / "a.jpg").exists()
    assert not printed.exists()
