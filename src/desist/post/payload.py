"""What every payload is; post/payloads.py holds the kinds."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Payload:
    """What an envelope holds. Subclasses add fields of str, int, bool, date, datetime and tuples of str."""

    KIND: ClassVar[str]
    VERSION: ClassVar[int] = 1
    #: fields that nobody can read out over a telephone: they are handed over apart
    APART: ClassVar[frozenset[str]] = frozenset()
    #: whether what was read out to a partner by hand is emptied once it was told: it leads to somebody
    EMPTIED: ClassVar[bool] = False
    #: whether it says all that an earlier one about the same case said, so that what was not told yet need not be
    OVERTAKES: ClassVar[bool] = False
