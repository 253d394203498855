"""What the journal kept comes into the audit exactly once, wherever its worker is killed."""

import multiprocessing
import os
import uuid
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.backends.utils import CursorWrapper
from pytest_django.fixtures import Settings

from desist import deployment
from desist.audit import commands
from desist.keys import keyfile
from desist.running import verify
from desist.wall import actors, journal, seals
from desist.wall.models import AuditEvent
from desist.zones import worker

AT = datetime(2026, 3, 3, 14, 31, tzinfo=UTC)
SITE = "northmere-programme"
LOOKS = ("one", "two", "three")


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits, which outlive a killed process."""


@pytest.fixture
def folder(db: None, tmp_path: Path, settings: Settings) -> Path:
    """The folder of a journal with three looks."""
    settings.DESIST_SITE = SITE
    keyfile.create(folder=tmp_path, site=SITE, on=date(2026, 1, 1))
    folder = deployment.journal_folder(SITE)
    journal.reserve(folder)
    keep(folder, *LOOKS)
    return folder


def keep(folder: Path, *rows: str) -> None:
    for number, row in enumerate(rows):
        event = journal.Event(
            at=AT + timedelta(minutes=number),
            who="kit",
            role="practitioner",
            action="programme.see_risk",
            row=row,
            correlation=uuid.UUID(int=7),
            allowed=True,
            reason="",
        )
        journal.append(folder, event, keys=deployment.journal_keys(SITE), site=SITE)


def join(folder: Path) -> int:
    keys = deployment.journal_keys(SITE)
    return commands.join_journal(actor=actors.clock(), folder=folder, keys=keys, site=SITE, at=AT)


def joined() -> list[str]:
    return list(AuditEvent.objects.filter(who="kit").order_by("pk").values_list("row", flat=True))


def spoil(folder: Path, number: int) -> None:
    with (folder / journal.NAME).open("r+b") as file:
        file.seek(number * journal.SLOT)
        file.write(b"edited")


def test_each_look_is_in_the_audit_once_with_its_own_moment_and_the_file_is_gone(folder: Path) -> None:
    assert join(folder) == 3
    assert join(folder) == 0

    assert joined() == list(LOOKS)
    assert list(AuditEvent.objects.filter(who="kit").order_by("pk").values_list("at", flat=True)) == [
        AT + timedelta(minutes=number) for number in range(3)
    ]
    assert AuditEvent.objects.get(row__startswith="journal:").reason == "3 kept, 0 cannot be opened"
    assert [path.name for path in folder.iterdir()] == [journal.NAME]


def test_joined_looks_are_sealed_like_any_event(folder: Path, tmp_path: Path) -> None:
    join(folder)
    key = deployment.audit_keys(SITE)[0]

    worker.keep_sealed(tmp_path / "head", key=key)

    assert seals.unsealed() == 0
    assert seals.verify(seals.read_head(tmp_path / "head"), keys=[key])[1] == []


def _die_after(owner: Any, name: str) -> None:
    """Let the process be gone at once, as a killed one is, right after a step."""
    step = getattr(owner, name)

    def dying(*args: Any, **kwargs: Any) -> None:
        step(*args, **kwargs)
        os._exit(9)

    setattr(owner, name, dying)


def _killed(folder: Path, owner: Any, name: str) -> None:
    connection.close()
    _die_after(owner, name)
    join(folder)


@pytest.mark.parametrize(
    ("owner", "name"),
    [
        (Path, "hardlink_to"),
        (Path, "replace"),
        (journal, "set_aside"),
        (CursorWrapper, "executemany"),
        (commands, "_join"),
        (Path, "unlink"),
        (journal, "put_away"),
    ],
)
def test_killed_after_any_step_it_goes_on_and_doubles_nothing(folder: Path, owner: Any, name: str) -> None:
    connection.close()
    process = multiprocessing.get_context("fork").Process(target=_killed, args=(folder, owner, name))
    process.start()
    process.join()
    assert process.exitcode == 9
    keep(folder, "meanwhile")

    join(folder)

    assert sorted(joined()) == sorted([*LOOKS, "meanwhile"])
    assert journal.aside(folder) == []


def test_a_journal_with_an_edited_look_is_kept_beside_and_verify_says_so(
    folder: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    spoil(folder, 2)

    worker.join_journal(AT)
    with pytest.raises(SystemExit) as ended:
        verify.main()

    assert joined() == ["one"]
    assert AuditEvent.objects.get(row__startswith="journal:").reason == "1 kept, 2 cannot be opened"
    (kept,) = journal.unread(folder)
    assert str(kept) in caplog.text
    assert f"the journal {kept} holds events that cannot be opened." in capsys.readouterr().out
    assert ended.value.code == 1


def test_verify_counts_the_looks_that_wait(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        verify.main()

    assert "looks in the journal that wait for the audit: 3." in capsys.readouterr().out
    assert ended.value.code == 0


def test_verify_says_what_is_no_journal(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / journal.NAME).write_bytes(b"something else")

    with pytest.raises(SystemExit) as ended:
        verify.main()

    assert "journal is no journal." in capsys.readouterr().out
    assert ended.value.code == 1


def test_a_worker_that_cannot_make_the_journal_says_so_and_goes_on(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (folder / journal.NAME).write_bytes(b"something else")

    worker.join_journal(AT)

    assert "cannot be kept ready (The journal cannot be read as one)" in caplog.text
    assert joined() == []
