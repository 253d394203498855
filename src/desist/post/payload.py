"""What every payload is; post/payloads.py holds the kinds. Each text in one says what it is: a test fails for a bare str."""

import typing
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Annotated, Any, ClassVar, TypeAlias

from desist.ui.words import Audience

#: what somebody wrote: read for whatever may lead to somebody before it is sealed
Words: TypeAlias = Annotated[str, Audience.CROSSES]
#: a code of a list, a number, a day, a token, a digest, the content of a file
Coded: TypeAlias = Annotated[str, Audience.NO_WORDS]
#: what the envelope is there to bring: names, ways to reach somebody, and words about them for their own side
Named: TypeAlias = Annotated[str, Audience.NO_WORDS]


@dataclass(frozen=True)
class Payload:
    """What an envelope holds. Subclasses add fields of Words, Coded, Named, int, bool, date, datetime and tuples of texts."""

    KIND: ClassVar[str]
    VERSION: ClassVar[int] = 1
    #: fields that nobody can read out over a telephone: they are handed over apart
    APART: ClassVar[frozenset[str]] = frozenset()
    #: whether what was read out to a partner by hand is emptied once it was told: it leads to somebody
    EMPTIED: ClassVar[bool] = False
    #: whether it says all that an earlier one about the same case said, so that what was not told yet need not be
    OVERTAKES: ClassVar[bool] = False


def written(payload: Payload) -> dict[str, tuple[str, ...]]:
    """Field -> its texts, of the fields of a payload that somebody wrote."""
    of_words = [name for name, audience in audiences(type(payload)).items() if audience is Audience.CROSSES]
    found = {name: getattr(payload, name) for name in of_words}
    return {name: value if isinstance(value, tuple) else (value,) for name, value in found.items()}


def audiences(payload: type[Payload]) -> Mapping[str, Audience | None]:
    """Field -> what its texts are, of the fields that hold texts; None where one does not say it."""
    hints = typing.get_type_hints(payload, include_extras=True)
    found = {one.name: _audience(hints[one.name]) for one in fields(payload)}
    return {name: audience for name, (text, audience) in found.items() if text}


def _audience(hint: Any) -> tuple[bool, Audience | None]:  # noqa: ANN401 -- a type hint has no type
    """Whether a hint is a text or a tuple of texts, and what it says of them."""
    one = typing.get_args(hint)[0] if typing.get_origin(hint) is tuple else hint
    marks = [mark for mark in getattr(one, "__metadata__", ()) if isinstance(mark, Audience)]
    kind = typing.get_args(one)[0] if typing.get_origin(one) is Annotated else one
    return isinstance(kind, type) and issubclass(kind, str), next(iter(marks), None)
