"""The bytes of a page, a file or a table as the texts that a reader could get out of them. Pure.

It decodes a text in base64 or hex, and the text found in it again; it reads a PDF and a ZIP.
"""

import base64
import binascii
import gzip
import html
import io
import quopri
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TypeAlias
from urllib.parse import unquote_to_bytes

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from tools.leaks.spelling import SHORTEST, squeezed

Decoder: TypeAlias = Callable[[bytes], Iterator[bytes]]

#: how many wrappings in each other it opens at most
DEEPEST = 3
TAG = re.compile(r"<[^<>]{0,2000}>")
#: markup that contains no text
ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{11,}")
HEX = re.compile(rb"(?:[0-9a-fA-F]{2}){8,}")
BROKEN = re.compile(rb"(?<=[A-Za-z0-9+/_-])=?\r?\n(?=[A-Za-z0-9+/_-])")
#: the longest run whose readings are kept, in letters, and how many are
SHORT, KEPT = 100, 1 << 16
LARGEST = 64 * 1024 * 1024  # bytes of one unpacked file


def texts(data: bytes, *, depth: int = 0) -> Iterator[str]:
    """Return every reading of some bytes."""
    if data[:5] == b"%PDF-":
        yield from _pdf(data, depth)
        return
    if data[:4] == b"PK\x03\x04" or data[:2] == b"\x1f\x8b":
        yield from _unpacked(data, depth)
    yield from readings(data.decode("utf-8", "replace"))
    if b"\0" in data:  # UTF-16, either way round
        yield data.replace(b"\0", b"").decode("latin-1")
    if depth < DEEPEST:
        yield from _wrapped(data, depth + 1)


def readings(text: str) -> Iterator[str]:
    """Return a text as it stands, and as a browser would show it."""
    yield text
    shown = _shown(text)
    if shown != text:
        yield shown
    if "<" in text:
        yield html.unescape(TAG.sub("", text))
    if "&" in text and "<" in shown:
        yield TAG.sub("", shown)


def _shown(text: str) -> str:
    """Return it without the escapes of addresses, JSON, messages and HTML; text escaped twice becomes readable too."""
    if "%" in text:
        text = unquote_to_bytes(text).decode("utf-8", "replace")
    if "\\u" in text:
        text = ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    if "=" in text and "quoted-printable" in text:
        text = quopri.decodestring(text.encode()).decode("utf-8", "replace")
    return html.unescape(html.unescape(text)) if "&" in text else text


def _wrapped(data: bytes, depth: int) -> Iterator[str]:
    """Return the readings of runs of base64 and of hex."""
    lines = BROKEN.sub(b"", data) if b"\n" in data else data
    for kind, decoded in ((HEX, _of_hex), (BASE64, _of_base64)):
        for found in kind.finditer(lines):
            yield from (_of_short if len(found[0]) <= SHORT else _of_run)(decoded, found[0], depth)


@lru_cache(maxsize=KEPT)
def _of_short(decoded: Decoder, run: bytes, depth: int) -> tuple[str, ...]:
    """Return the readings of a short run that could be a secret: every page repeats its classes, which look like base64."""
    return tuple(one for one in _of_run(decoded, run, depth) if len(squeezed(one)) >= SHORTEST)


def _of_run(decoded: Decoder, run: bytes, depth: int) -> Iterator[str]:
    for inner in decoded(run):
        yield from texts(inner, depth=depth)


def _of_hex(run: bytes) -> Iterator[bytes]:
    yield binascii.unhexlify(run)


def _of_base64(run: bytes) -> Iterator[bytes]:
    """Return the text of a run. It may begin inside a word, so every offset is tried."""
    run = run.replace(b"-", b"+").replace(b"_", b"/")
    for start in range(4):
        part = run[start:]
        part = part[:-1] if len(part) % 4 == 1 else part
        yield base64.b64decode(part + b"=" * (-len(part) % 4))


def _pdf(data: bytes, depth: int) -> Iterator[str]:
    try:
        reader = PdfReader(io.BytesIO(data))
        yield "".join(f"{name}: {value}\n" for name, value in (reader.metadata or {}).items())
        for page in reader.pages:
            yield page.extract_text()
        attached = [content for contents in reader.attachments.values() for content in contents]
    except PyPdfError:
        yield data.decode("latin-1")
        return
    for content in attached:
        yield from texts(content, depth=depth + 1)


def _unpacked(data: bytes, depth: int) -> Iterator[str]:
    try:
        if data[:2] == b"\x1f\x8b":
            with gzip.open(io.BytesIO(data)) as file:
                yield from texts(file.read(LARGEST), depth=depth + 1)
            return
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield name
                with archive.open(name) as file:
                    yield from texts(file.read(LARGEST), depth=depth + 1)
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError):
        return
