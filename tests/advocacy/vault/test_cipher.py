"""What is locked opens in its own place alone: no other person, field, row, site or key."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desist.advocacy.vault import cipher
from desist.advocacy.vault.cipher import Box, CannotOpen

KEY, OTHER = bytes(range(32)), bytes(range(1, 33))
TEXT = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=200)
PLACE = st.tuples(st.text(max_size=8), st.text(max_size=8), st.text(max_size=8), st.text(max_size=8))


@settings(max_examples=60)
@given(TEXT, PLACE)
def test_it_opens_in_its_own_place(text: str, place: tuple[str, str, str, str]) -> None:
    site, person, field, row = place
    box = Box(site, person, KEY)

    assert box.open(field=field, row=row, sealed=box.lock(field=field, row=row, text=text)) == text


@settings(max_examples=100)
@given(TEXT, PLACE, PLACE)
def test_it_opens_in_no_other_place(text: str, here: tuple[str, ...], there: tuple[str, ...]) -> None:
    sealed = Box(here[0], here[1], KEY).lock(field=here[2], row=here[3], text=text)

    if here != there:
        with pytest.raises(CannotOpen):
            Box(there[0], there[1], KEY).open(field=there[2], row=there[3], sealed=sealed)


@settings(max_examples=30)
@given(TEXT, st.integers(0, 28), st.integers(1, 255))
def test_a_changed_byte_opens_nothing(text: str, at: int, change: int) -> None:
    box = Box("site", "person", KEY)
    sealed = bytearray(box.lock(field="f", row="r", text=text))
    sealed[at] ^= change

    with pytest.raises(CannotOpen):
        box.open(field="f", row="r", sealed=bytes(sealed))


def test_another_key_opens_nothing() -> None:
    sealed = Box("site", "person", KEY).lock(field="f", row="r", text="secret")

    with pytest.raises(CannotOpen):
        Box("site", "person", OTHER).open(field="f", row="r", sealed=sealed)


def test_a_wrapped_key_unwraps_for_its_person_site_and_site_key_alone() -> None:
    key = cipher.new_key()
    wrapped = cipher.wrap(site="site", person="person", site_key=KEY, key=key)

    assert cipher.unwrap(site="site", person="person", site_key=KEY, wrapped=wrapped).key == key
    for site, person, site_key in (("x", "person", KEY), ("site", "x", KEY), ("site", "person", OTHER)):
        with pytest.raises(CannotOpen):
            cipher.unwrap(site=site, person=person, site_key=site_key, wrapped=wrapped)


def test_a_destroyed_key_unwraps_nothing() -> None:
    with pytest.raises(CannotOpen):
        cipher.unwrap(site="site", person="person", site_key=KEY, wrapped=b"")


def test_the_length_of_a_locked_text_tells_little() -> None:
    box = Box("site", "person", KEY)

    lengths = {len(box.lock(field="f", row="r", text="x" * number)) for number in range(1, 64)}

    assert len(lengths) == 1


def test_a_key_is_not_printed() -> None:
    assert KEY.hex()[:8] not in repr(Box("site", "person", KEY))
    assert "key" not in repr(Box("site", "person", KEY))
