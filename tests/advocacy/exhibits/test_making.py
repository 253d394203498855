"""A finished exhibit is made in memory: rows as they were chosen and redacted, files, and a bag that proves itself whole."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from tests.advocacy import factories
from tests.advocacy.evidence.test_reading import CHAT, ROBIN, SAM, bring, choose

from desist.advocacy.evidence import commands as evidence
from desist.advocacy.evidence import scratch
from desist.advocacy.evidence.models import Original
from desist.advocacy.evidence.states import Came, Custody
from desist.advocacy.exhibits import chores, commands, contents, keeping, making, queries
from desist.advocacy.exhibits.models import Exhibit
from desist.advocacy.exhibits.states import State, Why
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.models import PersonKey
from desist.advocacy.victims.models import Victim
from desist.refusals import Refused
from desist.wall import gate, turns
from desist.wall.actors import Actor
from desist_chronicle import custody
from desist_chronicle.bag import check
from desist_chronicle.outputs.searching import readable
from desist_chronicle.verification import verify

__all__ = ["bring"]

pytestmark = pytest.mark.django_db

NOW = factories.NOW
SECRET = "my sister Wren"
TOLD = f"17/03/2024, 09:00 - {ROBIN}: I am with {SECRET} now\n18/03/2024, 09:00 - {SAM}: Say hello to My  sister WREN\n"


@pytest.fixture
def kept(actor: Actor, bring: Callable[..., Original]) -> Original:
    """A chat of which 42 rows are kept, the last two with words that nobody should read."""
    return choose(actor, bring(CHAT + TOLD))


def begun(actor: Actor, victim: Victim, *, submission: str = "begun", **more: Any) -> str:
    said: dict[str, Any] = {
        "initials": "ft",
        "caption": "Messages of March 2024",
        "statement": "I am Fable. I produce this.",
    }
    return commands.begin(actor=actor, ref=victim.ref, submission=submission, at=NOW, **said | more)


def every(row: Original) -> list[tuple[str, int]]:
    return [(row.ref, number) for number in row.records.order_by("number").values_list("number", flat=True)]


def finished(actor: Actor, ref: str) -> Exhibit:
    """Finish an exhibit and have it made."""
    commands.finish(actor=actor, ref=ref, version=Exhibit.objects.get(ref=ref).version, at=NOW)
    chores.go_on(at=NOW)
    return Exhibit.objects.get(ref=ref)


def archive(row: Exhibit) -> bytes:
    return b"".join(queries.pieces(row, vault.box(person=row.victim.ref)))


def unpacked(row: Exhibit, to: Path) -> Path:
    """The bag in an archive."""
    zipfile.ZipFile(io.BytesIO(archive(row))).extractall(to)
    return to / row.number.replace("/", "-")


def picture() -> bytes:
    """A photograph with a place hidden in it."""
    written = io.BytesIO()
    hidden = Image.Exif()
    hidden[0x010E] = "taken at 12 Quayside Steps"
    Image.new("RGB", (64, 48), "red").save(written, "JPEG", exif=hidden)
    return written.getvalue()


def brought(actor: Actor, victim: Victim, name: str, content: bytes) -> str:
    from desist.advocacy.evidence import chores as reading

    ref = evidence.upload(
        actor=actor,
        ref=victim.ref,
        name=name,
        content=content,
        came=Came.SENT,
        submission=name,
        at=NOW,
    )
    reading.go_on(at=NOW)
    return ref


def test_an_exhibit_of_rows_is_a_bag_that_proves_itself_whole(
    actor: Actor, robin: Victim, kept: Original, tmp_path: Path
) -> None:
    ref = begun(actor, robin, rows=every(kept)[:20])

    row = finished(actor, ref)

    assert (row.state, row.number, row.waits) == (State.MADE, "FT/1", "")
    assert sha256(archive(row)).hexdigest() == row.digest
    assert row.size == len(archive(row))
    bag = unpacked(row, tmp_path)
    assert check(folder=bag) == []
    assert not verify(folder=bag).faults
    names = {path.name for path in (bag / "data").iterdir()}
    assert names >= {"chronology-01.pdf", "chronology.html", "chronology.csv", "case.jsonld", "custody.csv"}
    with (bag / "data" / "chronology.csv").open() as table:
        rows = list(csv.DictReader(table))
    assert len(rows) == 20
    assert rows[0]["what"] == "I saw your light on, time 13-0"
    assert rows[0]["exhibit"].startswith("FT/1/1 line ")
    told = (bag / "data" / "README.txt").read_text()
    assert "Exhibit FT/1: Messages of March 2024" in told
    assert "it shows 20 of the 42 records in the sources" in told
    assert "Chosen: one by one" in told
    json.loads((bag / "data" / "case.jsonld").read_text())


def test_the_custody_log_of_a_file_names_people_and_no_account(
    actor: Actor, robin: Victim, kept: Original, tmp_path: Path
) -> None:
    row = finished(actor, begun(actor, robin, rows=every(kept)[:2]))

    bag = unpacked(row, tmp_path)
    links = custody.read(text=(bag / "data" / "custody-of-file-01.csv").read_text())
    assert [one.action for one in links][:3] == ["begun", "whole", "read"]
    assert {one.by for one in links} == {"Fable Trelissick", ""}
    assert not [path for path in bag.rglob("*") if path.is_file() and actor.who.encode() in path.read_bytes()]


def test_redacted_words_are_in_nothing_that_is_made(
    actor: Actor, robin: Victim, kept: Original, tmp_path: Path
) -> None:
    ref = begun(actor, robin, rows=every(kept))
    place = every(kept)[40]
    contents.redact(
        actor=actor, ref=ref, place=place, words=SECRET, why=Why.OTHERS, submission="words", at=NOW
    )
    contents.redact(
        actor=actor, ref=ref, place=every(kept)[0], words="", why=Why.PRIVATE, submission="row", at=NOW
    )

    row = finished(actor, ref)

    bag = unpacked(row, tmp_path)
    read = {path.name: readable(path) for path in bag.rglob("*") if path.is_file()}
    assert [name for name, text in read.items() if "wren" in text.casefold()] == []
    assert [name for name, text in read.items() if "time 13-0" in text] == []
    table = read["chronology.csv"]
    assert "I am with [redacted: others] now" in table
    assert "Say hello to [redacted: others]" in table
    assert "[redacted: private]" in table
    assert "2 redactions were made" in read["README.txt"]


def test_words_that_still_stand_elsewhere_give_the_exhibit_back(
    actor: Actor, robin: Victim, kept: Original
) -> None:
    ref = begun(actor, robin, rows=every(kept), caption=f"Messages about {SECRET}")
    place = every(kept)[40]
    contents.redact(
        actor=actor, ref=ref, place=place, words=SECRET, why=Why.OTHERS, submission="words", at=NOW
    )

    row = finished(actor, ref)

    assert row.state == State.OPEN
    assert "words that are left out still stand in it, in statement.txt" in row.waits
    assert "Wren" not in row.waits
    assert not row.pieces.exists()


def test_a_picture_is_made_anew_and_a_recording_goes_as_it_came_where_that_was_chosen(
    actor: Actor, robin: Victim, tmp_path: Path
) -> None:
    photo, sound = brought(actor, robin, "IMG_1.jpg", picture()), brought(actor, robin, "a.mp3", b"ID3 sound")
    left = brought(actor, robin, "b.mp3", b"ID3 more sound")
    ref = begun(actor, robin)
    contents.put_files(actor=actor, ref=ref, refs=[photo, sound], whole=[sound], version=1, at=NOW)

    row = finished(actor, ref)

    assert row.state == State.MADE
    bag = unpacked(row, tmp_path)
    assert check(folder=bag) == []
    assert not verify(folder=bag).faults
    pictures, originals = (
        sorted((bag / "data/pictures").iterdir()),
        sorted((bag / "data/originals").iterdir()),
    )
    assert [path.name for path in pictures] == ["FT-1-1.jpg"]
    assert b"Quayside" in picture()
    assert not [path for path in bag.rglob("*") if path.is_file() and b"Quayside" in path.read_bytes()]
    assert [path.read_bytes() for path in originals] == [b"ID3 sound"]
    listed = readable(bag / "data/exhibits.csv")
    assert sha256(picture()).hexdigest() in listed
    unused = readable(bag / "data/unused-material.csv")
    assert "A file: b.mp3" in unused
    assert "no reason was given" in unused
    assert not Original.objects.get(ref=left).custody.filter(action=Custody.EXHIBITED).exists()
    logs = Original.objects.get(ref=photo).custody.filter(action=Custody.EXHIBITED)
    assert [one.what for one in logs] == ["exhibit FT/1"]


def said(actor: Actor, ref: str, words: str, *, version: int, at: datetime = NOW) -> None:
    evidence.write_down(actor=actor, ref=ref, words=words, version=version, at=at)


def test_a_transcript_stands_beside_its_recording_as_it_read_when_the_exhibit_was_finished(
    actor: Actor, robin: Victim, kept: Original, tmp_path: Path
) -> None:
    voicemail, other = (brought(actor, robin, name, f"ID3 {name}".encode()) for name in ("v.mp3", "w.mp3"))
    said(actor, voicemail, "I see you", version=0)
    said(actor, voicemail, f"I see you and {SECRET}\nboth of you", version=1)
    said(actor, other, "Never on it", version=0)
    ref = begun(actor, robin, rows=every(kept)[40:41])
    contents.redact(
        actor=actor,
        ref=ref,
        place=every(kept)[40],
        words=SECRET,
        why=Why.OTHERS,
        submission="words",
        at=NOW,
    )
    version = Exhibit.objects.get(ref=ref).version
    contents.put_files(
        actor=actor, ref=ref, refs=[voicemail, other], whole=[], said=[voicemail], version=version, at=NOW
    )
    commands.finish(actor=actor, ref=ref, version=version + 1, at=NOW)
    said(actor, voicemail, "Changed after it was finished", version=2, at=NOW + timedelta(minutes=1))

    chores.go_on(at=NOW + timedelta(minutes=2))

    row = Exhibit.objects.get(ref=ref)
    assert (row.state, row.waits) == (State.MADE, "")
    data = unpacked(row, tmp_path) / "data"
    paper = (data / "transcript-of-file-01.txt").read_text()
    assert paper.startswith("Written down by ")
    assert ", version 2.\n\nI see you and [redacted: others]\nboth of you" in paper
    assert not (data / "transcript-of-file-02.txt").exists()
    for name in ("chronology-01.pdf", "chronology.html"):
        shown = readable(data / name)
        assert "What is said in the recordings" in shown
        assert "both of you" in shown
        assert not [one for one in ("Never on it", "Changed after", "Wren") if one in shown]
    renewed = Exhibit.objects.get(ref=commands.renew(actor=actor, ref=ref, at=NOW))
    assert [one.said for one in renewed.rows.filter(number=keeping.FILE).order_by("pk")] == [True, False]


def test_nothing_is_written_anywhere_but_in_memory(
    actor: Actor, robin: Victim, kept: Original, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside = tmp_path / "temporary"
    beside.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(beside))

    finished(actor, begun(actor, robin, rows=every(kept)))

    assert list(beside.rglob("*")) == []
    assert not list(scratch.PLACE.glob(f"{scratch.prefix()}*"))


def test_a_client_whose_key_was_destroyed_has_no_archive_any_more(
    actor: Actor, robin: Victim, kept: Original
) -> None:
    row = finished(actor, begun(actor, robin, rows=every(kept)[:2]))
    waiting = begun(actor, robin, submission="two", rows=every(kept)[:2])
    commands.finish(actor=actor, ref=waiting, version=1, at=NOW)
    PersonKey.objects.filter(person=robin.ref).update(wrapped=b"", destroyed_at=NOW, destroyed_by="carol")

    assert list(commands.waiting(at=NOW)) == []
    chores.go_on(at=NOW)

    row.refresh_from_db()
    assert row.state == State.ENDED
    assert not row.pieces.exists()
    assert Exhibit.objects.get(ref=waiting).state == State.ENDED


def test_a_changed_or_missing_piece_is_never_handed_on(actor: Actor, robin: Victim, kept: Original) -> None:
    row = finished(actor, begun(actor, robin, rows=every(kept)[:2]))
    box, piece = vault.box(person=robin.ref), row.pieces.get()
    sealed = bytes(piece.sealed)

    piece.sealed = keeping.lock_piece(box, row, 0, b"other bytes")
    piece.save()
    with pytest.raises(keeping.Altered):
        list(queries.pieces(row, box))

    piece.sealed = sealed
    piece.save()
    assert b"".join(queries.pieces(row, box)) == archive(row)
    piece.delete()
    with pytest.raises(keeping.Altered):
        list(queries.pieces(row, box))


def test_a_file_that_was_removed_gives_the_exhibit_back(actor: Actor, robin: Victim, kept: Original) -> None:
    ref = begun(actor, robin, rows=every(kept)[:2])
    commands.finish(actor=actor, ref=ref, version=1, at=NOW)
    evidence.drop(actor=actor, ref=kept.ref, at=NOW)

    chores.go_on(at=NOW)

    row = Exhibit.objects.get(ref=ref)
    assert (row.state, row.waits) == (State.OPEN, making.REMOVED)
    with pytest.raises(Refused, match="was removed"):
        commands.finish(actor=actor, ref=ref, version=row.version, at=NOW)
    contents.take_off(actor=actor, ref=ref, place=(kept.ref, keeping.FILE), at=NOW)
    assert not row.rows.exists()


def test_a_file_that_cannot_be_opened_gives_the_exhibit_back(actor: Actor, robin: Victim) -> None:
    photo = brought(actor, robin, "IMG_1.jpg", picture())
    ref = begun(actor, robin)
    contents.put_files(actor=actor, ref=ref, refs=[photo], whole=[], version=1, at=NOW)
    Original.objects.get(ref=photo).pieces.all().delete()

    row = finished(actor, ref)

    assert (row.state, row.waits) == (State.OPEN, making.SPOILT)


def test_an_exhibit_waits_for_room_in_memory(
    actor: Actor, robin: Victim, kept: Original, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = begun(actor, robin, rows=every(kept)[:2])
    with monkeypatch.context() as patched:
        patched.setattr(making, "BESIDE", 1 << 60)
        assert "too little room" in finished(actor, ref).waits
        chores.go_on(at=NOW)

    chores.go_on(at=NOW)

    row = Exhibit.objects.get(ref=ref)
    assert (row.state, row.waits) == (State.MADE, "")


def test_one_worker_makes_at_a_time(
    actor: Actor, robin: Victim, kept: Original, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken() -> None:
        raise turns.Taken

    monkeypatch.setattr(evidence, "one_worker", taken)
    assert finished(actor, begun(actor, robin, rows=every(kept)[:2])).state == State.MAKING


def test_a_name_on_both_sides_gives_the_exhibit_back(
    actor: Actor, robin: Victim, kept: Original, bring: Callable[..., Original]
) -> None:
    other = choose(actor, bring(f"19/03/2024, 09:00 - {SAM}: Hello\n19/03/2024, 09:01 - {ROBIN}: No\n"))
    evidence.put_right(
        actor=actor,
        ref=other.ref,
        client=[0],
        person=[1],
        at=NOW,
    )

    row = finished(actor, begun(actor, robin, rows=[*every(kept)[:2], *every(other)]))

    assert (row.state, row.waits) == (State.OPEN, making.BOTH_SIDES)


def test_a_row_of_a_file_of_another_client_is_absent(
    actor: Actor, robin: Victim, kept: Original, advocate: Any
) -> None:
    other = factories.victim(advocate=advocate)
    ref = begun(actor, other)

    for places in (every(kept)[:1], [("nowhere", 0)], [(kept.ref, 4_000)]):
        with pytest.raises(gate.NotFound):
            contents.put(actor=actor, ref=ref, rows=places, at=NOW)
        with pytest.raises(gate.NotFound):
            begun(actor, other, submission="x", rows=places)
    with pytest.raises(gate.NotFound):
        contents.put_files(actor=actor, ref=ref, refs=[kept.ref], whole=[], version=1, at=NOW)
    with pytest.raises(gate.NotFound):
        contents.redact(
            actor=actor,
            ref=ref,
            place=every(kept)[0],
            words="",
            why=Why.LEGAL,
            submission="r",
            at=NOW,
        )
    assert Exhibit.objects.count() == 1


def test_a_key_that_is_missing_gives_the_exhibit_back(actor: Actor, robin: Victim, kept: Original) -> None:
    ref = begun(actor, robin, rows=every(kept)[:2])
    commands.finish(actor=actor, ref=ref, version=1, at=NOW)
    PersonKey.objects.update(keys="gone")

    chores.go_on(at=NOW)

    row = Exhibit.objects.get(ref=ref)
    assert (row.state, row.waits) == (State.OPEN, "Its key cannot be opened: tell your administrator")


def test_an_exhibit_that_was_given_back_meanwhile_stays_as_it_is(
    actor: Actor, robin: Victim, kept: Original
) -> None:
    ref = begun(actor, robin, rows=every(kept)[:2])

    commands.reopen(ref, why="It was not made", at=NOW)
    commands.made(ref, box=vault.box(person=robin.ref), pieces=[b"made"], digest="0" * 64, size=4, at=NOW)

    row = Exhibit.objects.get(ref=ref)
    assert (row.state, row.waits, row.version) == (State.OPEN, "", 1)
    assert not row.pieces.exists()


def test_many_files_show_how_far_the_making_is(
    actor: Actor, robin: Victim, kept: Original, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted: list[tuple[int, int]] = []
    note = commands.note

    def told(ref: str, *, done: int, steps: int, at: Any) -> None:
        noted.append((done, steps))
        note(ref, done=done, steps=steps, at=at)

    monkeypatch.setattr(commands, "note", told)
    monkeypatch.setattr(making, "NOTE", 1)
    refs = [brought(actor, robin, f"IMG_{number}.jpg", picture() + bytes(number)) for number in range(3)]
    ref = begun(actor, robin)
    contents.put_files(actor=actor, ref=ref, refs=refs, whole=[], version=1, at=NOW)

    row = finished(actor, ref)

    assert noted == [(0, 7), (1, 7), (2, 7), (3, 7), (4, 7), (5, 7), (6, 7)]
    assert (row.state, row.done) == (State.MADE, 7)
