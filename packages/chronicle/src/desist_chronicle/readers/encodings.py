"""The encoding of a text source, tried in a stated order; bytes keep their places in the source."""

import codecs
from collections.abc import Callable
from dataclasses import dataclass

UTF8_MARK = codecs.BOM_UTF8
WIDE_MARKS = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
#: the five bytes that Windows-1252 leaves undefined become control characters, as browsers do
UNDEFINED = "desist-control-character"


def _control(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(map(chr, error.object[error.start : error.end])), error.end


codecs.register_error(UNDEFINED, _control)


def windows_1252(data: bytes) -> str:
    """Bytes as Windows-1252, which has a character for every byte here."""
    return data.decode("cp1252", UNDEFINED)


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding by name; readers work on UTF-8 and measure pieces in the source's own bytes."""

    name: str

    def to_utf8(self, data: bytes) -> bytes:
        """The beginning of a source as UTF-8; a character cut at the end is left out."""
        return self.decoder()(data)

    def decoder(self) -> Callable[[bytes], bytes]:
        """A function that turns the source, piece by piece, into UTF-8."""
        if self.name == "utf-8":
            return lambda piece: piece
        if self.name == "cp1252":
            return lambda piece: windows_1252(piece).encode()
        wide = codecs.getincrementaldecoder(self.name)("surrogatepass")
        # An odd byte at the end stays in the decoder, and so outside every record.
        return lambda piece: wide.decode(piece).encode("utf-8", "surrogatepass")

    def measure(self, piece: bytes) -> int:
        """Return how many bytes of the source a piece of UTF-8 came from."""
        if self.name == "utf-8":
            return len(piece)
        text = piece.decode("utf-8", "surrogatepass")
        return len(text) if self.name == "cp1252" else len(text.encode(self.name, "surrogatepass"))


def encoding_of(head: bytes) -> Encoding:
    """Return the encoding of a source from its beginning: byte order marks, then zero bytes, then valid UTF-8."""
    for mark, name in WIDE_MARKS.items():
        if head.startswith(mark):
            return Encoding(name)
    if wide := _without_mark(head):
        return Encoding(wide)
    text = head.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    right = sum(not character.isascii() for character in text) - wrong
    # A character cut at the end of the head, or one damaged place, does not make a text Windows-1252.
    return Encoding("cp1252" if wrong > max(right, 1) else "utf-8")


def _without_mark(head: bytes) -> str:
    """UTF-16 without a mark shows as a zero in every second place of Western text."""
    half = max(len(head) // 2, 1)
    if head[1::2].count(0) > 0.3 * half:
        return "utf-16-le" if head[::2].count(0) < 0.1 * half else ""
    if head[::2].count(0) > 0.3 * half:
        return "utf-16-be"
    return ""
