"""The folders of an installation are private, and where this user may not write it is a sentence."""

import os
import pwd
import re
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desist.running import folders


@contextmanager
def as_a_stranger(folder: Path) -> Iterator[None]:
    """Work as a user who may read the folder and not write in it."""
    root = os.geteuid() == 0
    folder.chmod(0o755 if root else 0o555)
    if root:
        os.seteuid(pwd.getpwnam("nobody").pw_uid)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o755)


def test_what_is_missing_is_made_private_and_what_is_there_stays(tmp_path: Path) -> None:
    first = folders.make(tmp_path / "desist")
    (tmp_path / "desist" / "log").chmod(0o755)
    second = folders.make(tmp_path / "desist")

    assert first == (str(tmp_path / "desist"), "log/", "keys/", "mail/", "passwords/", "heads/")
    assert second == ()
    modes = {stat.S_IMODE((tmp_path / "desist" / name).stat().st_mode) for name in folders.PRIVATE}
    assert modes == {0o700}
    assert stat.S_IMODE((tmp_path / "desist").stat().st_mode) == 0o711


def test_a_folder_in_which_this_user_may_not_write_is_named_with_what_to_do() -> None:
    folder = Path(tempfile.mkdtemp(prefix="desist-folders-"))
    try:
        with as_a_stranger(folder), pytest.raises(folders.NotWritable) as refused:
            folders.make(folder)
    finally:
        folder.rmdir()

    said = (f"{folder} belongs to root, and nobody, ", f"{folder} cannot be written. ")
    assert str(refused.value).startswith(said[0] if os.geteuid() == 0 else said[1])
    assert f"{folder}" in re.split(r" ch(?:own|mod) ", str(refused.value))[-1]


def test_a_file_where_a_folder_belongs_is_named(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("")

    with pytest.raises(folders.NotWritable, match=f"{tmp_path / 'keys'} cannot be written: File exists"):
        folders.make(tmp_path)


def test_a_user_without_a_name_is_told_by_number() -> None:
    assert folders._named(4_000_000_000) == "user 4000000000"
