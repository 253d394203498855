"""Dumping a database and loading it again, with PostgreSQL's own programs, as streams."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Generator, Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from desist.embedded import binaries

CHUNK = 256 * 1024  # bytes


class DumpError(Exception):
    """PostgreSQL could not dump or load; the message carries its last words."""


def dump(*, url: str) -> Generator[bytes, None, None]:
    """The database at `url` in pg_dump's custom format; raises DumpError at the end of the stream.

    The dump leaves out the grants of PostgreSQL's own catalogue: another version has other functions and cannot restore
    them.
    """
    with tempfile.TemporaryFile() as words:
        process = subprocess.Popen(
            [
                _program("pg_dump", url),
                *("--format=custom", "--exclude-schema=pg_catalog", f"--dbname={_address(url)}"),
            ],
            stdout=subprocess.PIPE,
            stderr=words,
            env=_environment(url),
        )
        assert process.stdout is not None  # noqa: S101 - a pipe was asked for
        try:
            while chunk := process.stdout.read(CHUNK):
                yield chunk
        finally:
            process.stdout.close()
            status = process.wait()
        _check(status, words)


def load(*, url: str, chunks: Iterable[bytes]) -> None:
    """Load a dump into the empty database at `url`, all or nothing; raises DumpError."""
    with tempfile.TemporaryFile() as words:
        process = subprocess.Popen(
            [
                _program("pg_restore", url),
                *("--exit-on-error", "--single-transaction", f"--dbname={_address(url)}"),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=words,
            env=_environment(url),
        )
        assert process.stdin is not None  # noqa: S101 - a pipe was asked for
        try:
            with suppress(BrokenPipeError):  # its last words say why
                for chunk in chunks:
                    process.stdin.write(chunk)
        except BaseException:
            process.kill()
            raise
        finally:
            with suppress(BrokenPipeError):
                process.stdin.close()
            status = process.wait()
        _check(status, words)


def _check(status: int, words: IO[bytes]) -> None:
    if status:
        words.seek(0)
        lines = words.read().decode("utf-8", "replace").strip().splitlines()
        raise DumpError(lines[-1] if lines else f"it ended with status {status}")


def _program(name: str, url: str) -> str:
    """The program from PATH for a server elsewhere (ours speaks no TLS), ours for the embedded one."""
    elsewhere = not str(conninfo_to_dict(url).get("host", "")).startswith("/")
    found = shutil.which(name) if elsewhere else None
    return found or str(Path(binaries.installed(), "bin", name))


def _address(url: str) -> str:
    """The address without its password, which any user of the machine could read in the list of processes."""
    parts = conninfo_to_dict(url)
    parts.pop("password", None)
    return make_conninfo(**parts)  # type: ignore[arg-type]  # what conninfo_to_dict gave


def _environment(url: str) -> dict[str, str]:
    password = conninfo_to_dict(url).get("password")
    return {
        **binaries.environment(),
        "HOME": os.environ.get("HOME", "/"),
        **({"PGPASSWORD": str(password)} if password else {}),
    }
