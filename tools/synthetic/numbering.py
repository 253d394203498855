"""References of invented rows: the same on every run of a seed, each used once."""

from random import Random

from desist.references import ALPHABET, LENGTH

SPACE = len(ALPHABET) ** LENGTH
#: has no factor in common with SPACE, so that stepping by it visits every reference before one comes again
STEP = 618_033_988_751
#: how many references a block of people may use
A_BLOCK = 1_000_000


class Numbering:
    """Counts references up; each block of a seed has a stretch of its own."""

    def __init__(self, *, seed: str, block: int = 0) -> None:
        """Begin at the block's first reference."""
        self._offset = Random(f"references of {seed}").randrange(SPACE)  # noqa: S311 -- invented rows guard nothing
        self._next = block * A_BLOCK

    def ref(self) -> str:
        """Return the next reference."""
        number = (self._offset + self._next * STEP) % SPACE
        self._next += 1
        letters = []
        for _ in range(LENGTH):
            number, letter = divmod(number, len(ALPHABET))
            letters.append(ALPHABET[letter])
        return "".join(letters).lower()
