"""Makers of the vault's rows, unsaved: the command that needs a row saves it, inside the gate."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, TypeVar

from desist.advocacy.vault import candidates, cipher, normal
from desist.advocacy.vault.cipher import Box
from desist.advocacy.vault.models import Locator, PersonKey
from desist.advocacy.vault.states import Kind
from desist.advocacy.victims.models import Victim
from desist.post import own
from desist.references import reference
from desist.refusals import Refused

Kept = TypeVar("Kept")
LOCATOR = "locator"


class Shredded(Refused):
    """The key of this person was destroyed: nothing it locked can ever be read again."""

    def __init__(self) -> None:
        """Set the message."""
        super().__init__(
            "The key of this client was destroyed: nothing can be read, written or told about them any more"
        )


def fresh(*, person: str, at: datetime) -> tuple[PersonKey, Box]:
    """Return a new key for a client, and the box it opens."""
    keys, site, key = own.keys().current, own.site().name, cipher.new_key()
    wrapped = cipher.wrap(site=site, person=person, site_key=keys.vault, key=key)
    row = PersonKey(person=person, keys=keys.id, wrapped=wrapped, made_at=at)
    return row, Box(site, person, key)


def opened(person: str, keys: str, wrapped: bytes, destroyed_at: datetime | None) -> Box:
    """Return the box of a client, from the columns of their key. Raises Shredded, UnknownKey or CannotOpen."""
    if destroyed_at is not None:
        raise Shredded
    return next(all_opened([(person, keys, wrapped)]))[1]


def all_opened(rows: Iterable[Sequence[Any]]) -> Iterator[tuple[str, Box]]:
    """Return the boxes of clients whose keys are kept, each with its person. Raises UnknownKey or CannotOpen.

    A row is the person, which of the site's key sets wraps the key, and the wrapped key.
    """
    site, known = own.site().name, own.keys()  # once for a list, since both are looked for anew each time
    for person, keys, wrapped in rows:
        site_key = known.find(keys).vault
        yield person, cipher.unwrap(site=site, person=person, site_key=site_key, wrapped=bytes(wrapped))


def locator(*, box: Box, victim: Victim, kind: Kind, value: str, by: str, at: datetime) -> Locator:
    """Return a locked locator. A value without one normal spelling is kept all the same, without a mark."""
    ref = reference()
    try:
        spelling = normal.key(kind, value)
    except normal.NotANumber:
        spelling = ""
    return Locator(
        ref=ref,
        victim=victim,
        kind=kind,
        sealed=box.lock(field=LOCATOR, row=ref, text=value),
        mark=candidates.mark(kind, spelling, key=own.keys().current.search) if spelling else None,
        added_by=by,
        added_at=at,
    )


def value(box: Box, row: Locator) -> str:
    """The value of a locator."""
    return box.open(field=LOCATOR, row=row.ref, sealed=bytes(row.sealed))


def marks(kind: Kind, value: str) -> list[bytes]:
    """The marks under which a value may be kept, by every key set of the site. Raises normal.NotANumber."""
    spelling = normal.key(kind, value)
    return [candidates.mark(kind, spelling, key=keys.search) for keys in own.keys().sets] if spelling else []


def marks_in(text: str) -> set[bytes]:
    """The marks under which each part of a text may be kept, by every key set of the site."""
    found = candidates.find(text)
    return {mark for keys in own.keys().sets for mark in candidates.marks(found, key=keys.search)}


def lock(box: Box, field: str, row: str, kept: Any) -> bytes:  # noqa: ANN401 -- any frozen dataclass of texts
    """Lock a dataclass of plain values as a whole."""
    return box.lock(field=field, row=row, text=json.dumps(asdict(kept), ensure_ascii=False))


def unlock(box: Box, field: str, row: str, sealed: bytes | memoryview, kind: type[Kept]) -> Kept:
    """Return the dataclass that `lock` locked."""
    return kind(**json.loads(box.open(field=field, row=row, sealed=bytes(sealed))))
