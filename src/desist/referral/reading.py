"""A process of its own that checks a PDF, an Office file or an e-mail: `python -m desist.referral.reading KIND`.

A hostile file may use up the process's time and memory, which are small, and then ends with it: the file is refused and
no other work is harmed. Bytes travel through pipes, so that none lies on a disk.
"""

import json
import resource
import subprocess
import sys
from contextlib import suppress
from enum import StrEnum

from desist.referral.passages import Passage, Read, bounded
from desist.refusals import Refused

SECONDS = 20
MOST_MEMORY = 1024 * 1024 * 1024  # bytes


class Reader(StrEnum):
    """The reader that checks a file."""

    PDF = "pdf"
    OFFICE = "office"
    MAIL = "mail"


def read(reader: Reader, content: bytes, *, seconds: int = SECONDS) -> Read:
    """The rewritten file, and its words; raises Refused, also where the reader breaks or takes too long."""
    command = [sys.executable, "-I", "-m", "desist.referral.reading", reader.value]
    try:
        told = subprocess.run(
            command, input=content, capture_output=True, timeout=seconds, check=True, env={}
        ).stdout
    except subprocess.TimeoutExpired:
        raise Refused(
            "This file takes too long to look through. Save a simpler copy, or print it to a new PDF."
        ) from None
    except subprocess.CalledProcessError:
        raise Refused("This file cannot be looked through. Save it anew, or print it to a new PDF.") from None
    head, _, kept = told.partition(b"\n")
    said = json.loads(head)
    if "refused" in said:
        raise Refused(said["refused"])
    passages = tuple(Passage(*one) for one in said["passages"])
    return Read(kept, passages, tuple(said["unread"]), said["hides"])


def answer(reader: Reader, content: bytes) -> bytes:
    """The process's answer about a file: one line of JSON, then the file for keeping."""
    try:
        found = bounded(_looked_through(reader, content))
    except Refused as reason:
        return json.dumps({"refused": str(reason)}).encode() + b"\n"
    passages = [(one.where, one.words, one.shown) for one in found.passages if one.words.strip()]
    said = {"passages": passages, "unread": found.unread, "hides": found.hides}
    return json.dumps(said).encode() + b"\n" + found.content


def _looked_through(reader: Reader, content: bytes) -> Read:
    """Load only the reader that is needed: each is heavy."""
    if reader is Reader.PDF:
        from desist.referral import pdf  # noqa: PLC0415 -- as above

        return pdf.read(content)
    if reader is Reader.MAIL:
        from desist.referral import mail  # noqa: PLC0415 -- as above

        return mail.read(content)
    from desist.referral import office  # noqa: PLC0415 -- as above

    return office.read(content)


def main() -> None:
    """Read from the standard input within the limits, and answer on the standard output."""
    with suppress(ValueError, OSError):  # a system that limits no memory still limits the time
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    sys.stdout.buffer.write(answer(Reader(sys.argv[1]), sys.stdin.buffer.read()))


if __name__ == "__main__":  # pragma: no cover -- a process of its own, where nothing measures
    main()
