"""Files, folders and archives: all of them read, none of them trusted, every refusal a sentence."""

import stat
import zipfile
from pathlib import Path

import pytest
from packages.chronicle.tests.made_up import fuzz
from packages.chronicle.tests.made_up.export_samples import (
    archive,
    chat_text,
    imessage_database,
    meta_json,
    samples,
    workbook,
)

from desist_chronicle import sources
from desist_chronicle.errors import RefusedSourceError
from desist_chronicle.options import DateOrder, Options
from desist_chronicle.reading import Outcome, Reading
from desist_chronicle.records import Record

OPTIONS = Options(date_order=DateOrder.DMY)


def read(*paths: Path, options: Options = OPTIONS) -> tuple[list[Record], list[Outcome]]:
    reading = Reading(paths=list(paths), options=options)
    return [record for block in reading.blocks() for record in block], reading.outcomes


def said(outcomes: list[Outcome]) -> str:
    return "\n".join(warning for outcome in outcomes for warning in outcome.warnings)


def test_an_archive_is_read_by_content_and_its_photographs_are_named(tmp_path: Path) -> None:
    path = tmp_path / "export"
    path.write_bytes(
        archive({"_chat.txt": chat_text(), "photo.jpg": b"\xff\xd8", "phone.db": imessage_database()})
    )

    records, outcomes = read(path)

    assert {record.source for record in records} == {"export/_chat.txt", "export/phone.db"}
    assert ["export/photo.jpg", "a photograph (JPEG)", "not read"] in outcomes[-1].members


def test_many_files_are_read_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    path.write_bytes(archive({f"inbox/message_{number}.json": meta_json() for number in (10, 2, 1)}))

    records, _ = read(path)

    assert list(dict.fromkeys(record.source for record in records)) == [
        f"export.zip/inbox/message_{number}.json" for number in (1, 2, 10)
    ]


def test_files_of_the_same_name_are_told_apart_by_their_folder(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "chat.txt").write_bytes(chat_text())

    records, _ = read(tmp_path)

    assert {record.source for record in records} == {"a/chat.txt", "b/chat.txt"}


def test_a_link_in_an_archive_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as container:
        link = zipfile.ZipInfo("chat.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        container.writestr(link, "/etc/passwd")

    records, outcomes = read(path)

    assert records == []
    assert "it is a link" in said(outcomes)


def test_a_bomb_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    path.write_bytes(archive({"chat.txt": chat_text() + bytes(50_000_000)}))

    records, outcomes = read(path)

    assert records == []
    assert "as a zip bomb does" in said(outcomes)


def test_an_encrypted_member_is_left_out_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    data = bytearray(archive({"chat.txt": chat_text()}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(data))

    _, outcomes = read(path)

    assert "unpack it with its password" in said(outcomes)


def test_an_archive_inside_an_archive_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    path.write_bytes(archive({"inner.zip": archive({"chat.txt": chat_text()})}))

    records, outcomes = read(path)

    assert records == []
    assert "Unpack it and read what comes out by itself" in said(outcomes)


def test_a_workbook_inside_an_archive_is_read(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    path.write_bytes(archive({"messages.xlsx": workbook()}))

    records, _ = read(path)

    assert len(records) == 3


def test_an_archive_of_which_nothing_is_left_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    path.write_bytes(archive({"chat.txt": chat_text()})[:20])

    _, outcomes = read(path)

    assert outcomes[0].refused
    assert "Nothing in it could be read" in said(outcomes)


@pytest.mark.parametrize("damage", [60, 800])
def test_a_member_that_is_damaged_inside_keeps_what_came_before(damage: int, tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    data = bytearray(archive({"chat.txt": chat_text(messages=3000)}))
    data[damage : damage + 40] = bytes(40)
    path.write_bytes(bytes(data))

    _, outcomes = read(path)

    assert any(outcome.partial for outcome in outcomes) or "no messages" in said(outcomes)


def test_a_member_whose_own_header_is_damaged_is_told(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    data = bytearray(archive({"a.jpg": b"x", "chat.txt": chat_text()}))
    place = data.rindex(b"PK\x03\x04")
    data[place : place + 4] = b"XXXX"
    path.write_bytes(bytes(data))

    _, outcomes = read(path)

    assert outcomes[-1].partial
    assert "could not be opened" in said(outcomes)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "is empty (0 bytes)"),
        (b"\x93\xfe\x00junk" * 99, "none of the formats"),
        (b"dear diary", "none of the formats"),
    ],
)
def test_what_is_no_export_is_refused_whatever_its_name(data: bytes, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_bytes(data)

    records, outcomes = read(path)

    assert (records, outcomes[0].refused) == ([], True)
    assert sentence in said(outcomes)


def test_missing_files_and_links_are_refused(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "chat.txt")

    for path, sentence in ((tmp_path / "nowhere", "There is no file"), (link, "is a link")):
        with pytest.raises(RefusedSourceError, match=sentence):
            read(path)


@pytest.mark.parametrize("limit", ["MAXIMUM_MEMBERS", "MAXIMUM_PACKAGE_BYTES", "MAXIMUM_SOURCE_BYTES"])
def test_more_than_may_be_read_is_refused_with_what_to_do(
    limit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "export.zip"
    path.write_bytes(archive({"a.txt": chat_text(), "b.txt": chat_text()}))
    monkeypatch.setattr(sources, limit, 1)

    records, outcomes = read(path)

    assert (records, outcomes[0].refused) == ([], True)
    assert "Ask for" in said(outcomes) or "Unpack it" in said(outcomes)


def test_a_source_longer_than_its_limit_is_cut_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "export.zip"
    path.write_bytes(archive({"chat.txt": chat_text()}))
    monkeypatch.setattr(sources, "MAXIMUM_SOURCE_BYTES", 4000)

    records, outcomes = read(path)

    assert records
    assert outcomes[0].partial
    assert "larger than it may be" in said(outcomes)


def test_too_deep_a_nesting_stops_that_file_and_not_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b'{"participants": [], "messages": [{"sender_name":' + b"[" * 200_000)
    (tmp_path / "b.txt").write_bytes(chat_text())

    records, outcomes = read(tmp_path)

    assert {record.source for record in records} == {"b.txt"}
    assert "more memory or depth" in said(outcomes)


def test_damaged_exports_of_every_format_neither_crash_nor_lose_a_byte(tmp_path: Path) -> None:
    path = tmp_path / "damaged"
    read_count = 0

    for number, (data, options) in enumerate(fuzz.rounds(seed=20261125)):
        if number == 150:
            break
        path.write_bytes(data)
        read_count += bool(fuzz.check(path, options))

    assert read_count == 150


def test_every_sample_is_read_to_its_last_byte(tmp_path: Path) -> None:
    for name, data in samples().items():
        path = tmp_path / name
        path.write_bytes(data)

        _, outcomes = read(path)

        assert not any(outcome.partial or outcome.refused for outcome in outcomes), name
        assert all(outcome.accounted in {True, None} for outcome in outcomes), name
