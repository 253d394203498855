"""Archives cut short and damaged: what can still be read is read, and where it ended is said."""

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from packages.chronicle.tests.made_up.export_samples import chat_text

from desist_chronicle import zip_members
from desist_chronicle.options import DateOrder, Options
from desist_chronicle.reading import Outcome, Reading
from desist_chronicle.records import Record

Read = Callable[[bytes], tuple[list[Record], list[Outcome]]]
CHAT = chat_text(messages=3000)


class Unseekable(io.BytesIO):
    """Makes `zipfile` write sizes after each file, as phones do."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: int) -> int:
        raise io.UnsupportedOperation

    def tell(self) -> int:
        raise io.UnsupportedOperation


def archive(
    members: dict[str, bytes], *, streamed: bool = False, method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    written = Unseekable() if streamed else io.BytesIO()
    with zipfile.ZipFile(written, "w", method) as container:
        for name, data in members.items():
            container.writestr(name, data)
    return written.getvalue()


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def reading(data: bytes) -> tuple[list[Record], list[Outcome]]:
        path = tmp_path / "export.zip"
        path.write_bytes(data)
        made = Reading(paths=[path], options=Options(date_order=DateOrder.DMY))
        records = [record for block in made.blocks() for record in block]
        assert not any(outcome.accounted is False for outcome in made.outcomes)
        return records, made.outcomes

    return reading


def said(outcomes: list[Outcome]) -> str:
    return "\n".join(warning for outcome in outcomes for warning in outcome.warnings)


@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
@pytest.mark.parametrize("share", [0.3, 0.9, 0.97])
def test_an_archive_cut_short_gives_what_it_still_holds(
    share: float, method: int, streamed: bool, read: Read
) -> None:
    data = archive({"photo.jpg": b"\xff\xd8" * 9, "_chat.txt": CHAT}, streamed=streamed, method=method)
    if streamed and method == zipfile.ZIP_STORED:
        data = archive({"_chat.txt": CHAT}, streamed=True)
    whole, _ = read(data)

    records, outcomes = read(data[: int(len(data) * share)])

    assert len(whole) == 3000
    assert 800 <= len(records) < 3000
    assert [record.text for record in records[:-1]] == [record.text for record in whole[: len(records) - 1]]
    assert all(outcome.partial for outcome in outcomes)
    assert "Reading stopped at byte" in said(outcomes)
    assert "lost its table of contents" in said(outcomes)


@pytest.mark.parametrize("streamed", [False, True])
def test_an_archive_that_has_lost_only_its_table_of_contents_gives_everything(
    streamed: bool, read: Read
) -> None:
    data = archive({"a/_chat.txt": CHAT, "a/": b"", "b.txt": chat_text(style=14)}, streamed=streamed)

    records, outcomes = read(data[: data.index(b"PK\x01\x02") + 20])

    assert len(records) == 3150
    assert "its table of contents is damaged" in said(outcomes)
    assert outcomes[-1].partial


def test_an_archive_cut_inside_the_header_of_a_file_gives_the_files_before(read: Read) -> None:
    data = archive({"_chat.txt": CHAT, "b.txt": CHAT})
    second = data.index(b"PK\x03\x04", 10)

    records, outcomes = read(data[: second + 33])

    assert len(records) == 3000
    assert f"Reading stopped at byte {second:,}" in said(outcomes)


def test_every_cut_of_an_archive_is_read_without_an_exception(read: Read) -> None:
    data = archive(
        {"_chat.txt": chat_text(messages=20), "b.txt": chat_text(style=3, messages=20)}, streamed=True
    )

    counts = [len(read(data[:cut])[0]) for cut in range(1, len(data), 37)]

    assert counts[-1] > counts[len(counts) // 2] > counts[0] == 0


def test_damage_inside_a_file_loses_nothing_before_it(read: Read) -> None:
    data = bytearray(archive({"_chat.txt": CHAT}))
    middle = len(data) // 2
    data[middle : middle + 300] = bytes(300)

    records, outcomes = read(bytes(data))

    assert len(records) > 1300
    assert outcomes[0].partial
    assert "the file is damaged there" in said(outcomes)


def test_a_file_that_was_altered_is_read_and_told(read: Read) -> None:
    data = archive({"_chat.txt": CHAT}, method=zipfile.ZIP_STORED).replace(b"please", b"wanted", 1)

    records, outcomes = read(data)

    assert len(records) == 3000
    assert "its checksum shows that it was altered" in said(outcomes)


@pytest.mark.parametrize("streamed", [False, True])
def test_a_bomb_in_an_archive_cut_short_is_stopped(streamed: bool, read: Read) -> None:
    data = archive({"_chat.txt": CHAT + bytes(60_000_000)}, streamed=streamed)

    records, outcomes = read(data[:-40])

    assert 3000 <= len(records) < 3010
    assert sum(outcome.bytes for outcome in outcomes) < 40_000_000
    assert "as a zip bomb does" in said(outcomes)


def test_a_size_stated_too_small_hides_no_bomb(read: Read) -> None:
    data = bytearray(archive({"_chat.txt": CHAT + bytes(60_000_000)}))
    place = data.index(b"PK\x01\x02") + 24
    data[place : place + 4] = struct.pack("<I", len(CHAT))

    _, outcomes = read(bytes(data))

    assert "as a zip bomb does" in said(outcomes)


def test_what_is_encrypted_in_an_archive_cut_short_is_left_out(read: Read) -> None:
    data = bytearray(archive({"_chat.txt": CHAT}))
    data[6] |= 1

    records, outcomes = read(bytes(data[:-40]))

    assert records == []
    assert "is encrypted" in said(outcomes)


def test_a_name_that_points_outside_keeps_nothing_from_being_read(read: Read) -> None:
    records, _ = read(archive({"../_chat.txt": CHAT})[:-40])

    assert records


def test_a_file_packed_in_another_way_is_refused_with_what_to_do(read: Read) -> None:
    data = archive({"_chat.txt": CHAT, "b.txt": CHAT}, method=zipfile.ZIP_BZIP2)

    _, outcomes = read(data)

    assert "packed in a way that is not known; unpack it" in said(outcomes)


def test_a_stored_file_that_does_not_say_where_it_ends_ends_the_search(read: Read) -> None:
    data = archive({"_chat.txt": CHAT}, streamed=True, method=zipfile.ZIP_STORED)

    records, outcomes = read(data[:-40])

    assert records == []
    assert "it does not say where it ends" in said(outcomes)


def test_no_more_files_are_looked_for_than_an_archive_may_hold(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zip_members, "MAXIMUM_MEMBERS", 1)
    data = archive({"_chat.txt": CHAT, "b.txt": CHAT})

    records, outcomes = read(data[:-40])

    assert len(records) == 3000
    assert "Reading stopped after 1 files" in said(outcomes)


def test_a_whole_file_is_given_when_all_of_it_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    path.write_bytes(archive({"a.txt": b"hello"}))
    with zipfile.ZipFile(path) as opened:
        member = zip_members.listed(path, opened.infolist()[0])

    with zip_members.Unpacked(path, member) as unpacked:
        assert unpacked.read() == b"hello"
        assert unpacked.read(5) == b""
