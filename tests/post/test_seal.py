"""The seal: only the receiver reads, only the sender could have written, and the address is part of both."""

import dataclasses
import uuid
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from desist.post import seal
from desist.post.seal import Body, CannotOpen, Header, NotSigned, SpoiltBody, UnknownFormat, WrongKey

SIGNER, OTHER_SIGNER = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
OPENER, OTHER_OPENER = X25519PrivateKey.generate(), X25519PrivateKey.generate()
HEADER = Header(uuid.UUID(int=7), "police", "programme")
BODY = Body("alert", 1, "a-thread", datetime(2026, 3, 2, 9, tzinfo=UTC), {"reason": "concern", "n": [1, "ü"]})


def sealed(header: Header = HEADER, body: Body = BODY) -> bytes:
    return seal.seal(header=header, body=body, to=OPENER.public_key(), by=SIGNER)


def unseal(envelope: bytes, header: Header = HEADER) -> Body:
    return seal.unseal(header=header, sealed=envelope, keys=[OPENER], by=[SIGNER.public_key()])


def test_the_receiver_reads_what_was_sent() -> None:
    assert unseal(sealed()) == BODY


@given(st.dictionaries(st.text(), st.text() | st.integers() | st.booleans()))
def test_any_words_come_back_unchanged(values: dict[str, object]) -> None:
    body = dataclasses.replace(BODY, values=values)

    assert unseal(sealed(body=body)) == body


@pytest.mark.parametrize(
    "swapped",
    [
        dataclasses.replace(HEADER, id=uuid.UUID(int=8)),
        dataclasses.replace(HEADER, sender="advocacy"),
        dataclasses.replace(HEADER, receiver="advocacy"),
    ],
)
def test_a_swapped_header_is_refused(swapped: Header) -> None:
    envelope = sealed()

    with pytest.raises(NotSigned, match="changed on its way"):
        unseal(envelope, swapped)


def test_a_swapped_header_is_refused_even_when_it_is_signed_anew() -> None:
    envelope = sealed()
    swapped = dataclasses.replace(HEADER, id=uuid.UUID(int=8))
    locked = envelope[1 + seal.SIGNATURE :]
    forged = envelope[:1] + SIGNER.sign(seal._bound(swapped) + locked) + locked

    with pytest.raises(WrongKey, match="does not have"):
        unseal(forged, swapped)


SEALED = sealed()


@given(st.integers(0, len(SEALED) * 8 - 1))
@settings(max_examples=300)
def test_any_flipped_bit_is_refused(at: int) -> None:
    envelope = bytearray(SEALED)
    envelope[at // 8] ^= 1 << at % 8

    with pytest.raises(UnknownFormat if at < 8 else NotSigned):
        unseal(bytes(envelope))


@given(st.integers(0, len(SEALED) - 1))
@settings(max_examples=60)
def test_a_piece_of_an_envelope_is_refused(length: int) -> None:
    with pytest.raises(CannotOpen):
        unseal(SEALED[:length])


def test_anything_added_is_refused() -> None:
    with pytest.raises(NotSigned):
        unseal(SEALED + b" ")


@pytest.mark.parametrize(
    "plain",
    [
        b"",
        b"7",
        b"{}",
        b"[]",
        b'["a", "one", "t", "2026-03-02T09:00:00+00:00", {}]',
        b'["a", 1, "t", "yesterday", {}]',
        b'["a", 1, "t", 7, {}]',
        b'["a", 1, "t", "2026-03-02T09:00:00", {}]',
        b'["a", 1, "t", "2026-03-02T09:00:00+00:00", 7]',
        b"[" * 100_000,
        b"\xff",
    ],
)
def test_what_its_own_sender_spoilt_is_refused(plain: bytes) -> None:
    bound = seal._bound(HEADER)
    locked = seal._SUITE.encrypt(plain, OPENER.public_key(), bound)

    with pytest.raises(SpoiltBody, match="Tell them"):
        unseal(bytes([seal.FORMAT]) + SIGNER.sign(bound + locked) + locked)


@pytest.mark.parametrize("cut", ["", "00", "01", "02" + "00" * 80])
def test_what_is_no_envelope_is_refused(cut: str) -> None:
    with pytest.raises(CannotOpen):
        unseal(bytes.fromhex(cut))


def test_a_stranger_cannot_sign_for_the_sender() -> None:
    forged = seal.seal(header=HEADER, body=BODY, to=OPENER.public_key(), by=OTHER_SIGNER)

    with pytest.raises(NotSigned, match="not that of police"):
        unseal(forged)


def test_an_envelope_to_another_key_says_so() -> None:
    misdirected = seal.seal(header=HEADER, body=BODY, to=OTHER_OPENER.public_key(), by=SIGNER)

    with pytest.raises(WrongKey, match="does not have"):
        unseal(misdirected)


def test_an_envelope_in_flight_during_a_change_of_keys_still_opens() -> None:
    body = seal.unseal(
        header=HEADER,
        sealed=sealed(),
        keys=[OTHER_OPENER, OPENER],
        by=[OTHER_SIGNER.public_key(), SIGNER.public_key()],
    )

    assert body == BODY


def test_the_length_does_not_tell_kinds_apart() -> None:
    short = sealed(body=dataclasses.replace(BODY, kind="a", values={}))
    longer = sealed(body=dataclasses.replace(BODY, values={"reason": "x" * 1700}))

    assert len(short) == len(longer)


def test_a_longer_one_tells_its_size_to_the_nearest_doubling() -> None:
    five, eight = (
        sealed(body=dataclasses.replace(BODY, values={"words": "x" * size})) for size in (5000, 8000)
    )

    assert len(five) == len(eight) > len(sealed())


def test_a_long_body_tells_its_length_only_to_the_nearest_doubling() -> None:
    lengths = {len(sealed(body=dataclasses.replace(BODY, values={"reason": "x" * n}))) for n in (2100, 3900)}

    assert len(lengths) == 1


def test_nothing_inside_shows_outside() -> None:
    envelope = sealed(body=dataclasses.replace(BODY, values={"reason": "PLANTED-SECRET"}))

    assert not any(word in envelope for word in (b"PLANTED-SECRET", b"alert", b"a-thread"))


def test_what_is_kept_opens_with_the_private_half_alone_and_under_its_own_name() -> None:
    locked = seal.lock(content=b"words", about="a row", to=OPENER.public_key())

    assert seal.unlock(locked=locked, about="a row", keys=[OTHER_OPENER, OPENER]) == b"words"
    for about, key in (("another row", OPENER), ("a row", OTHER_OPENER)):
        with pytest.raises(seal.WrongKey):
            seal.unlock(locked=locked, about=about, keys=[key])
