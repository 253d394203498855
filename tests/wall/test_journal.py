"""The journal keeps each event sealed, in its order and on the disk, within the room that was made for it."""

import fcntl
import multiprocessing
import os
import threading
import time
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desist.wall import journal

AT = datetime(2026, 3, 3, 14, 31, tzinfo=UTC)
KEY, OLD = b"k" * 32, b"o" * 32
LOOK = journal.Event(
    at=AT,
    who="kit",
    role="practitioner",
    action="programme.see_risk",
    row="programme.episode:k7f2m9",
    correlation=uuid.UUID(int=7),
    allowed=True,
    reason="",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a journal that was made while there was room."""
    journal.reserve(tmp_path)
    return tmp_path


def keep(folder: Path, *rows: str, key: bytes = KEY) -> None:
    for number, row in enumerate(rows):
        event = replace(LOOK, row=row, at=AT + timedelta(minutes=number))
        journal.append(folder, event, keys=[key], site="northmere")


def kept(folder: Path, *, keys: tuple[bytes, ...] = (KEY,), site: str = "northmere") -> list[str]:
    found = journal.contents(folder / journal.NAME, keys=keys, site=site)
    return [*(event.row for event in found.events), *["spoilt"] * found.spoilt]


def test_an_event_comes_back_as_it_was(folder: Path) -> None:
    since = journal.append(folder, LOOK, keys=[KEY], site="northmere")

    found = journal.contents(folder / journal.NAME, keys=[KEY], site="northmere")
    assert (since, found.events, found.spoilt) == (AT, (LOOK,), 0)


def test_each_event_tells_when_the_first_one_was(folder: Path) -> None:
    keep(folder, "one", "two")

    assert (
        journal.append(folder, replace(LOOK, at=AT + timedelta(hours=1)), keys=[KEY], site="northmere") == AT
    )


def test_nothing_of_an_event_can_be_read_in_the_file_and_all_are_of_one_length(folder: Path) -> None:
    size = (folder / journal.NAME).stat().st_size
    keep(folder, "programme.episode:k7f2m9", "x")

    content = (folder / journal.NAME).read_bytes()
    assert b"k7f2m9" not in content
    assert b"practitioner" not in content
    assert len(content) == size
    assert (folder / journal.NAME).stat().st_mode & 0o777 == 0o600


def test_an_older_key_still_opens_what_it_sealed(folder: Path) -> None:
    keep(folder, "one", key=OLD)
    keep(folder, "two", key=KEY)

    assert kept(folder, keys=(KEY, OLD)) == ["one", "two"]


@pytest.mark.parametrize("byte", [0, 500, journal.SLOT - 1])
def test_an_edited_event_cannot_be_opened_nor_any_after_it(folder: Path, byte: int) -> None:
    keep(folder, "one", "two", "three")
    place = folder / journal.NAME
    content = bytearray(place.read_bytes())
    content[2 * journal.SLOT + byte] ^= 1
    place.write_bytes(content)

    assert kept(folder) == ["one", "spoilt", "spoilt"]


def test_an_event_that_was_taken_out_or_moved_is_found(folder: Path) -> None:
    keep(folder, "one", "two", "three")
    place = folder / journal.NAME
    content = place.read_bytes()
    cut = [content[number * journal.SLOT : (number + 1) * journal.SLOT] for number in range(journal.SLOTS)]

    place.write_bytes(b"".join([cut[0], cut[1], *cut[3:], bytes(journal.SLOT)]))
    assert kept(folder) == ["one", "spoilt"]
    place.write_bytes(b"".join([cut[0], cut[2], cut[1], *cut[3:]]))
    assert kept(folder) == ["spoilt", "spoilt", "spoilt"]


def test_the_journal_of_another_site_cannot_be_read_as_this_ones(folder: Path) -> None:
    keep(folder, "one")

    assert kept(folder, site="southmere") == ["spoilt"]


def test_an_event_that_was_half_written_counts_as_spoilt_and_the_next_one_is_kept(folder: Path) -> None:
    keep(folder, "one")
    descriptor = os.open(folder / journal.NAME, os.O_WRONLY)
    os.pwrite(descriptor, b"x" * 300, 2 * journal.SLOT)
    os.close(descriptor)

    keep(folder, "two")

    assert kept(folder) == ["one", "two", "spoilt"]


def test_a_full_journal_keeps_nothing_more(folder: Path) -> None:
    descriptor = os.open(folder / journal.NAME, os.O_WRONLY)
    os.pwrite(descriptor, b"x", journal.SLOT * journal.SLOTS - 1)
    os.close(descriptor)

    with pytest.raises(journal.JournalError, match="full"):
        keep(folder, "one too many")


def test_an_event_too_long_for_a_slot_is_refused(folder: Path) -> None:
    with pytest.raises(journal.JournalError, match="too long"):
        keep(folder, "x" * journal.SLOT)


def test_without_a_journal_nothing_is_kept(tmp_path: Path) -> None:
    with pytest.raises(journal.JournalError, match="no journal"):
        keep(tmp_path, "one")


def test_a_file_of_another_kind_is_not_written_to(tmp_path: Path) -> None:
    (tmp_path / journal.NAME).write_bytes(b"something else")

    with pytest.raises(journal.JournalError, match="cannot be read"):
        keep(tmp_path, "one")
    with pytest.raises(journal.JournalError, match="is no journal"):
        kept(tmp_path)
    assert (tmp_path / journal.NAME).read_bytes() == b"something else"


def test_a_journal_in_use_is_not_made_anew(folder: Path) -> None:
    keep(folder, "one")

    journal.reserve(folder)

    assert kept(folder) == ["one"]


def test_an_empty_journal_is_not_set_aside(folder: Path) -> None:
    journal.set_aside(folder)

    assert journal.aside(folder) == []


def test_a_journal_set_aside_leaves_an_empty_one_of_another_name(folder: Path) -> None:
    keep(folder, "one")
    before = journal.contents(folder / journal.NAME, keys=[KEY], site="northmere").id

    journal.set_aside(folder)

    (path,) = journal.aside(folder)
    assert journal.contents(path, keys=[KEY], site="northmere").events[0].row == "one"
    assert kept(folder) == []
    assert journal.contents(folder / journal.NAME, keys=[KEY], site="northmere").id != before


def test_setting_aside_that_was_killed_halfway_is_finished(folder: Path) -> None:
    keep(folder, "one")
    name = journal.contents(folder / journal.NAME, keys=[KEY], site="northmere").id
    (folder / f"{name}{journal.ASIDE}").hardlink_to(folder / journal.NAME)
    keep(folder, "two")

    journal.set_aside(folder)

    (path,) = journal.aside(folder)
    found = journal.contents(path, keys=[KEY], site="northmere").events
    assert [event.row for event in found] == ["one", "two"]
    assert kept(folder) == []


def test_a_process_that_waited_while_the_journal_was_set_aside_keeps_its_event_in_the_fresh_one(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other")
    journal.reserve(other)
    with (folder / journal.NAME).open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        waiting = threading.Thread(target=keep, args=(folder, "late"))
        waiting.start()
        time.sleep(0.2)
        (other / journal.NAME).replace(folder / journal.NAME)
    waiting.join()

    assert kept(folder) == ["late"]


def _keep_many(folder: Path, name: str) -> None:
    for number in range(30):
        keep(folder, f"{name} {number}")


def test_what_several_processes_keep_while_it_is_set_aside_is_all_there_once(folder: Path) -> None:
    context = multiprocessing.get_context("fork")
    writers = [context.Process(target=_keep_many, args=(folder, name)) for name in ("a", "b", "c")]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        journal.set_aside(folder)
    for writer in writers:
        writer.join()
    journal.set_aside(folder)

    found = [
        event.row
        for path in journal.aside(folder)
        for event in journal.contents(path, keys=[KEY], site="northmere").events
    ]
    assert sorted(found) == sorted(f"{name} {number}" for name in "abc" for number in range(30))
