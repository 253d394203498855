"""Questions about exhibits, each with a frozen answer."""

from collections.abc import Iterator
from hashlib import sha256

from desist.advocacy.exhibits.models import Exhibit
from desist.advocacy.vault.cipher import Box

#: bytes of every piece but the last
PIECE = 4 * 1024 * 1024
PIECES = "exhibit piece"


class Altered(Exception):
    """A piece of an exhibit is missing, or is not what was made."""


def pieces(row: Exhibit, box: Box) -> Iterator[bytes]:
    """The pieces of a finished exhibit in their order, one in memory at a time. Raises Altered and CannotOpen."""
    whole, size = sha256(), 0
    for piece in row.pieces.order_by("number").iterator(chunk_size=1):
        content = box.open_bytes(field=PIECES, row=f"{row.ref} {piece.number}", sealed=bytes(piece.sealed))
        whole.update(content)
        size += len(content)
        if size >= row.size and (size, whole.hexdigest()) != (row.size, row.digest):
            raise Altered
        yield content
    if size != row.size:
        raise Altered
