"""Random references: how a site names its own rows, in a form that can be read out over a telephone."""

import secrets

#: No letter or digit that sounds or looks like another: no B, I, O, S, Z, 0, 1, 2, 5, 8.
ALPHABET = "ACDEFGHJKLMNPQRTUVWXY34679"
LENGTH = 10


def reference() -> str:
    """A new reference, such as "k7f2m9px4c" without its grouping: 47 bits, never a sequence."""
    left, letters = secrets.randbelow(len(ALPHABET) ** LENGTH), []
    for _ in range(LENGTH):
        left, letter = divmod(left, len(ALPHABET))
        letters.append(ALPHABET[letter])
    return "".join(letters).lower()


def spoken(ref: str) -> str:
    """A reference, of LENGTH letters, as people read it: "K7F2-M9PX-4C"."""
    return f"{ref[:4]}-{ref[4:8]}-{ref[8:]}".upper()


def typed(text: str) -> str:
    """The stored form of a typed reference."""
    return "".join(text.split()).replace("-", "").lower()
