"""References are read out in groups, and typed back in any way."""

from hypothesis import given
from hypothesis import strategies as st

from desist.references import ALPHABET, LENGTH, reference, spoken, typed


def test_a_reference_is_read_in_groups_of_four() -> None:
    assert spoken("k7f2m9px4c") == "K7F2-M9PX-4C"


def test_a_new_reference_has_only_letters_that_nobody_mishears() -> None:
    assert len(reference()) == LENGTH
    assert set(reference().upper()) <= set(ALPHABET)


@given(st.text(alphabet=ALPHABET.lower(), min_size=LENGTH, max_size=LENGTH))
def test_what_was_read_out_is_typed_back_as_it_was(ref: str) -> None:
    assert typed(f" {spoken(ref)} ") == ref
