"""The base of every payload; post/payloads.py has the kinds. Each text declares its kind: a test refuses a bare str."""

import datetime as dt
import typing
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, fields
from typing import Annotated, Any, ClassVar, TypeAlias

from desist.ui.words import Audience

#: free text: searched, before it is sealed, for words that may lead to a person
Words: TypeAlias = Annotated[str, Audience.CROSSES]
#: a code of a list, a number, a day, a token, a digest, the content of a file
Coded: TypeAlias = Annotated[str, Audience.NO_WORDS]
#: the envelope's purpose: names, contact details, and words about the person for their own side
Named: TypeAlias = Annotated[str, Audience.NO_WORDS]


@dataclass(frozen=True)
class Payload:
    """An envelope's content. Subclasses add Words, Coded, Named, int, bool, date, datetime and tuples of texts."""

    KIND: ClassVar[str]
    VERSION: ClassVar[int] = 1
    #: the version before that is still read: it lacked the fields that have a default
    BEFORE: ClassVar[int] = 0
    #: fields that cannot be read out over a telephone: they are handed over apart
    APART: ClassVar[frozenset[str]] = frozenset()
    #: whether a task by hand is emptied once it was told, because its text leads to a person
    EMPTIED: ClassVar[bool] = False
    #: whether it repeats all of an earlier one about the case, so that an untold earlier one can be dropped
    OVERTAKES: ClassVar[bool] = False
    #: whether the courier carries it before everything else that waits
    FIRST: ClassVar[bool] = False


def written(payload: Payload) -> dict[str, tuple[str, ...]]:
    """Field -> its texts, of the fields of a payload with free text."""
    of_words = [name for name, audience in audiences(type(payload)).items() if audience is Audience.CROSSES]
    found = {name: getattr(payload, name) for name in of_words}
    return {name: value if isinstance(value, tuple) else (value,) for name, value in found.items()}


def audiences(payload: type[Payload]) -> Mapping[str, Audience | None]:
    """Field -> the kind of its texts, for fields that hold texts; None where one does not declare it."""
    hints = typing.get_type_hints(payload, include_extras=True)
    found = {one.name: _audience(hints[one.name]) for one in fields(payload)}
    return {name: audience for name, (text, audience) in found.items() if text}


def _audience(hint: Any) -> tuple[bool, Audience | None]:  # noqa: ANN401 -- a type hint has no type
    """Whether a hint is a text or a tuple of texts, and its declared kind."""
    one = typing.get_args(hint)[0] if typing.get_origin(hint) is tuple else hint
    marks = [mark for mark in getattr(one, "__metadata__", ()) if isinstance(mark, Audience)]
    kind = typing.get_args(one)[0] if typing.get_origin(one) is Annotated else one
    return isinstance(kind, type) and issubclass(kind, str), next(iter(marks), None)


def came_later(field: "Field[Any]") -> bool:
    """Return whether the version before lacked a field: it has a default."""
    return field.default is not MISSING


def plain(value: object) -> object:
    """Return a value of a field as JSON has it."""
    if isinstance(value, dt.date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
