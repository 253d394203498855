"""The custody log: the acts done to the material, each row bound to the one before it by a hash."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from datetime import datetime
from hashlib import sha256

#: the value to which the first row is bound
BEGINNING = "0" * 64


class BrokenChainError(Exception):
    """The custody log was altered, or is not one."""


@dataclass(frozen=True)
class Event:
    """One act: a person did it to a thing at a time."""

    at: datetime
    by: str
    action: str
    what: str
    #: SHA-256 of the thing; empty where it is no file
    sha256: str = ""


@dataclass(frozen=True)
class Link:
    """An event in its place. All fields are text, as they are written and hashed."""

    position: str
    at: str
    by: str
    action: str
    what: str
    sha256: str
    previous: str
    link: str


_COLUMNS = tuple(field.name for field in fields(Link))


def bind(*, events: Sequence[Event], after: Sequence[Link] = ()) -> list[Link]:
    """Append events to a chain. Raises ValueError for a time without zone."""
    chain = list(after)
    for event in events:
        if event.at.tzinfo is None:
            raise ValueError(f"The time of “{event.action}” has no time zone.")
        previous = chain[-1].link if chain else BEGINNING
        row = (str(len(chain) + 1), event.at.isoformat(), event.by, event.action, event.what, event.sha256)
        chain.append(Link(*row, previous=previous, link=_hash(*row, previous)))
    return chain


def write(*, chain: Sequence[Link]) -> str:
    """The chain as CSV, cells exactly as they were hashed."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(_COLUMNS)
    writer.writerows(astuple(link) for link in chain)
    return text.getvalue()


def read(*, text: str) -> list[Link]:
    """A chain from CSV, checked. Raises BrokenChainError naming the first row that does not fit."""
    try:
        rows = list(csv.reader(io.StringIO(text)))
    except csv.Error as error:
        raise BrokenChainError(f"The custody log cannot be read ({error}).") from error
    if not rows or tuple(rows[0]) != _COLUMNS:
        raise BrokenChainError("The custody log does not have the columns of one.")
    previous = BEGINNING
    chain = []
    for position, row in enumerate(rows[1:], start=1):
        if len(row) != len(_COLUMNS):
            raise BrokenChainError(f"Row {position} of the custody log is cut short.")
        link = Link(*row)
        expected = (str(position), previous, _hash(*row[:6], previous))
        if (link.position, link.previous, link.link) != expected:
            raise BrokenChainError(
                f"Row {position} of the custody log was altered, or a row before it is missing."
            )
        chain.append(link)
        previous = link.link
    return chain


def _hash(*parts: str) -> str:
    return sha256(json.dumps(parts, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()
