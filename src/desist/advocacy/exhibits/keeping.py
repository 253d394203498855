"""What stands on an exhibit, opened, for a row that the gate let through."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from zipfile import BadZipFile

from desist.advocacy.exhibits.models import Exhibit, Redaction
from desist.advocacy.exhibits.states import Why
from desist.advocacy.vault.cipher import Box, CannotOpen
from desist.keys.sitekeys import UnknownKey
from desist_chronicle.masking import replaced

#: bytes of every piece but the last
PIECE = 4 * 1024 * 1024
CAPTION, STATEMENT = "exhibit caption", "exhibit statement"
WORDS, CONTENT = "exhibit redaction", "exhibit piece"
#: number of a row that stands for the file itself
FILE = -1


class Altered(Exception):
    """A piece of an exhibit is missing, or is not what was made."""


#: what keeps an archive from being opened here: it was changed, a piece is missing, or a key is
UNREADABLE = (Altered, CannotOpen, UnknownKey, BadZipFile)


@dataclass(frozen=True)
class Redactions:
    """What is left out: rows, as (key of the file, number), and words, each with what stands in its place."""

    rows: Mapping[tuple[int, int], str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)

    def row(self, file: int, number: int, text: str) -> str:
        """The text of a row as the exhibit shows it."""
        return self.rows.get((file, number)) or self.say(text)

    def say(self, text: str) -> str:
        """Any other text as the exhibit shows it: the words are left out wherever they stand."""
        return replaced(text=text, terms=self.words)


def caption(box: Box, row: Exhibit) -> str:
    """The caption of an exhibit."""
    return box.open(field=CAPTION, row=row.ref, sealed=bytes(row.caption))


def statement(box: Box, row: Exhibit) -> str:
    """The statement of the person who produces an exhibit."""
    return box.open(field=STATEMENT, row=row.ref, sealed=bytes(row.statement))


def words(box: Box, one: Redaction) -> str:
    """The words that a redaction leaves out; nothing where it leaves out the whole row."""
    return box.open(field=WORDS, row=one.ref, sealed=bytes(one.words)) if one.words else ""


def redactions(box: Box, row: Exhibit) -> Redactions:
    """Everything that is left out of an exhibit."""
    rows: dict[tuple[int, int], str] = {}
    left: dict[str, str] = {}
    for one in row.redactions.order_by("pk"):
        sign = f"[redacted: {Why(one.why).value}]"
        if said := words(box, one):
            left.setdefault(said, sign)
        else:
            rows.setdefault((one.original_id, one.number), sign)
    return Redactions(rows, left)


def lock_piece(box: Box, row: Exhibit, number: int, content: bytes) -> bytes:
    """A piece, locked for its place in this exhibit."""
    return box.lock_bytes(field=CONTENT, row=f"{row.ref} {number}", content=content)


def open_piece(box: Box, row: Exhibit, number: int) -> bytes:
    """The bytes of a piece. Raises Altered and CannotOpen."""
    piece = row.pieces.filter(number=number).first()
    if piece is None:
        raise Altered
    return box.open_bytes(field=CONTENT, row=f"{row.ref} {number}", sealed=bytes(piece.sealed))


def parts(row: Exhibit) -> int:
    """The number of pieces of a finished exhibit."""
    return -(-row.size // PIECE)


def pieces(row: Exhibit, box: Box) -> Iterator[bytes]:
    """The pieces of a finished exhibit in their order, one in memory at a time. Raises Altered and CannotOpen."""
    whole = sha256()
    for number in range(parts(row)):
        content = open_piece(box, row, number)
        whole.update(content)
        if number == parts(row) - 1 and whole.hexdigest() != row.digest:
            raise Altered
        yield content
