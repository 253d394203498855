"""A stream comes back as it was, or not at all."""

import io
import secrets

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desist.backup.stream import BLOCK, TAG, DamagedStream, lock, unlock

KEY = bytes(32)


def locked(*chunks: bytes) -> bytes:
    return b"".join(lock(chunks, key=KEY))


def unlocked(content: bytes, key: bytes = KEY) -> bytes:
    return b"".join(unlock(io.BytesIO(content), key=key))


@pytest.mark.parametrize("size", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, 2 * BLOCK + 7])
def test_every_length_comes_back(size: int) -> None:
    content = secrets.token_bytes(size)

    assert unlocked(locked(content)) == content
    assert unlocked(locked(content[: size // 3], b"", content[size // 3 :])) == content


@given(chunks=st.lists(st.binary(max_size=200)))
@settings(max_examples=30)
def test_the_size_of_the_chunks_does_not_matter(chunks: list[bytes]) -> None:
    assert locked(*chunks) == locked(b"".join(chunks))


@given(at=st.integers(0, 8 * (100 + TAG) - 1))
@settings(max_examples=60)
def test_any_flipped_bit_is_found(at: int) -> None:
    spoilt = bytearray(locked(bytes(100)))
    spoilt[at // 8] ^= 1 << at % 8

    with pytest.raises(DamagedStream):
        unlocked(bytes(spoilt))


@pytest.mark.parametrize(
    ("damage", "block"),
    [
        (lambda blocks: blocks[:-1], 1),
        (lambda blocks: blocks[:-2], 0),
        (lambda _: [], 0),
        (lambda blocks: [blocks[1], blocks[0], blocks[2]], 0),
        (lambda blocks: [blocks[0], blocks[2]], 1),
        (lambda blocks: [*blocks, blocks[0]], 2),
        (lambda blocks: [*blocks[:2], blocks[2][:-1]], 2),
    ],
)
def test_a_missing_moved_or_added_block_is_found(damage: object, block: int) -> None:
    blocks = list(lock([bytes(2 * BLOCK + 7)], key=KEY))
    assert len(blocks) == 3
    assert callable(damage)

    with pytest.raises(DamagedStream, match=f"block {block}"):
        unlocked(b"".join(damage(blocks)))


def test_another_key_opens_nothing() -> None:
    with pytest.raises(DamagedStream):
        unlocked(locked(b"words"), key=bytes([1]) * 32)
