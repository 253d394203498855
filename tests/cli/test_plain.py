"""A folder or a disk that cannot be used is a sentence; a fault of ours keeps its traceback."""

import errno
import os

import pytest

from desist.cli.plain import in_words


@pytest.mark.parametrize(
    ("number", "advice"),
    [
        (errno.EACCES, "Give the user that runs Desist the right to it, or name another folder."),
        (errno.EPERM, "Give the user that runs Desist the right to it, or name another folder."),
        (errno.EROFS, "The disk can only be read. Make it writable, or name another folder."),
        (errno.ENOTDIR, "A part of this path is a file. Name another folder."),
        (errno.ENOSPC, "Free some space on the disk, then run the command again."),
    ],
)
def test_what_cannot_be_written_is_named_with_what_to_do(
    number: int, advice: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended, in_words():
        raise OSError(number, os.strerror(number), "/srv/desist")

    assert ended.value.code == 1
    assert capsys.readouterr().err == f"desist: /srv/desist: {os.strerror(number)}. {advice}\n"


def test_a_file_that_ought_to_be_there_is_a_fault_of_ours() -> None:
    with pytest.raises(FileNotFoundError), in_words():
        raise FileNotFoundError(errno.ENOENT, "No such file or directory", "/srv/desist/log/x")
