"""Encryption of a stream of any length, in blocks that cannot be moved, dropped or cut off.

ChaCha20-Poly1305 over blocks of 1 MiB; the nonce is the block's number and whether it is the last (the STREAM
construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015). A key must be used for one stream only.
"""

from collections.abc import Iterable, Iterator
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

BLOCK = 1024 * 1024  # bytes
TAG = 16  # bytes


class DamagedStream(Exception):
    """The stream was changed or cut off, or the key is another."""


class Readable(Protocol):
    """A source of bytes."""

    def read(self, size: int, /) -> bytes:
        """Up to `size` bytes; fewer only at the end."""
        ...


def lock(chunks: Iterable[bytes], *, key: bytes) -> Iterator[bytes]:
    """The encrypted blocks of a stream that comes in chunks of any size."""
    cipher = ChaCha20Poly1305(key)
    number, waiting = 0, bytearray()
    for chunk in chunks:
        waiting += chunk
        while len(waiting) > BLOCK:
            yield cipher.encrypt(_nonce(number, last=False), bytes(waiting[:BLOCK]), None)
            del waiting[:BLOCK]
            number += 1
    yield cipher.encrypt(_nonce(number, last=True), bytes(waiting), None)


def unlock(file: Readable, *, key: bytes) -> Iterator[bytes]:
    """The decrypted blocks of a stream; raises DamagedStream at the first changed block."""
    cipher = ChaCha20Poly1305(key)
    number, block = 0, file.read(BLOCK + TAG)
    while True:
        following = file.read(BLOCK + TAG)
        try:
            yield cipher.decrypt(_nonce(number, last=not following), block, None)
        except InvalidTag as error:
            raise DamagedStream(f"block {number}") from error
        if not following:
            return
        number, block = number + 1, following


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11) + bytes([last])
