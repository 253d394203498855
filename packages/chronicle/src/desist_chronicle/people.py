"""Identities: the handles that an export writes, matched to the people whom a person has named."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

import numpy as np
import phonenumbers
from numpy.typing import NDArray

from desist_chronicle.corpus import DIRECTIONS, Corpus
from desist_chronicle.records import Direction

_INVISIBLE = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_ANGLED = re.compile(r"<\s?([^<>\s]{1,254}@[^<>\s]{1,254})\s?>")
_NUMBER_LIKE = re.compile(r"\+?[\d\s().\-/\u2010-\u2015]{5,}")


class Role(IntEnum):
    """The part a person plays in the course of conduct."""

    SUBJECT = 0
    OWNER = 1
    #: a person said by the maker of the chronology to act for the subject
    THIRD_PARTY = 2
    OTHER = 3


class UnknownPersonError(Exception):
    """No source holds a name that was given."""


@lru_cache(maxsize=65_536)
def canonical(handle: str, *, region: str = "GB") -> str:
    """Return one spelling for a handle: E.164 for a number, lower case for an address, else the plain name.

    `region` is the country a number without a country code belongs to, as ISO 3166 alpha-2.
    """
    plain = " ".join(unicodedata.normalize("NFC", _INVISIBLE.sub("", handle)).split())
    if address := _ANGLED.search(plain):
        plain = address.group(1)
    if "@" in plain:
        return plain.casefold()
    if _NUMBER_LIKE.fullmatch(plain):
        return _e164(plain, region=region) or plain
    return plain.casefold()


def _e164(written: str, *, region: str) -> str | None:
    """The number in E.164, or None where it cannot be one (a short code)."""
    try:
        number = phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        return None
    # by length alone: what is in no numbering plan yet, or only in films, is still one number however it is written
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


@dataclass(frozen=True)
class People:
    """The names, numbers and addresses that a person has said belong to each side."""

    subject: tuple[str, ...]
    owner: tuple[str, ...] = ()
    third_parties: tuple[str, ...] = ()
    region: str = "GB"

    def roles(self) -> dict[str, Role]:
        """Role by canonical handle. Raises UnknownPersonError where a handle is given to two sides."""
        sides = (
            (Role.SUBJECT, self.subject),
            (Role.OWNER, self.owner),
            (Role.THIRD_PARTY, self.third_parties),
        )
        roles: dict[str, Role] = {}
        for role, handles in sides:
            for handle in handles:
                known = roles.setdefault(canonical(handle, region=self.region), role)
                if known is not role:
                    raise UnknownPersonError(
                        f"“{handle}” was given both as {known.name.lower()} and as {role.name.lower()}. "
                        "Give it once."
                    )
        return roles


@dataclass(frozen=True)
class Identities:
    """Per record: the sender as a person number and a role.

    Person 0 is the subject, 1 the owner of the exports; every other canonical handle has its own number.
    """

    people: People
    #: the person's name by person number
    names: tuple[str, ...]
    sender: NDArray[np.int32]
    role: NDArray[np.int8]
    #: per number of a group of recipients: the persons in it
    recipients: tuple[frozenset[int], ...]


#: the person numbers of the subject and of the owner of the exports
SUBJECT, OWNER = 0, 1


class _Register:
    """Gives each person a number."""

    def __init__(self, people: People) -> None:
        self._roles = people.roles()
        self._region = people.region
        owner = people.owner[0] if people.owner else "the owner of the export"
        self.names = [people.subject[0], owner]
        self.parts = [Role.SUBJECT, Role.OWNER]
        self._numbers: dict[str, int] = {}

    def number(self, handle: str) -> int:
        """Return the person to whom a handle belongs."""
        key = canonical(handle, region=self._region)
        role = self._roles.get(key, Role.OTHER)
        if role is Role.SUBJECT:
            return SUBJECT
        if role is Role.OWNER:
            return OWNER
        if key not in self._numbers:
            self._numbers[key] = len(self.names)
            self.names.append(handle)
            self.parts.append(role)
        return self._numbers[key]


def identify(*, corpus: Corpus, people: People, may_be_absent: bool = False) -> Identities:
    """Match every sender and recipient to a person.

    What the export's owner sent is the owner's whatever name it is under, unless that name was given to
    the subject or to a third party. Raises UnknownPersonError when the subject is in no source, unless they
    `may_be_absent`.
    """
    register = _Register(people)
    handles = corpus.handles
    person = np.array([register.number(handle) for handle in handles], dtype=np.int32)
    groups = tuple(frozenset(register.number(name) for name in group) for group in corpus.recipients)
    known = SUBJECT in person or any(SUBJECT in group for group in groups)
    if not known and not may_be_absent:
        raise UnknownPersonError(_nobody(people, corpus))
    rows = corpus.rows
    sender = person[rows["sender"]]
    parts = np.array(register.parts, dtype=np.int8)
    sent = rows["direction"] == DIRECTIONS.index(Direction.SENT)
    sender[sent & (parts[sender] == Role.OTHER)] = OWNER
    return Identities(
        people=people,
        names=tuple(register.names),
        sender=sender,
        role=parts[sender],
        recipients=groups,
    )


def senders(*, corpus: Corpus) -> list[tuple[str, int]]:
    """Return the senders as written with their number of records, most first."""
    counts = np.bincount(corpus.rows["sender"], minlength=len(corpus.handles))
    ordered = Counter(dict(zip(corpus.handles, counts.tolist(), strict=True))).most_common()
    return [(name, count) for name, count in ordered if name]


def _nobody(people: People, corpus: Corpus) -> str:
    given = " or ".join(f"“{name}”" for name in people.subject)
    found = ", ".join(f"“{name}” ({count:,})" for name, count in senders(corpus=corpus)[:12])
    return (
        f"No record is from or to {given}. Senders found: {found or 'none'}. Give --subject as one of these."
    )
