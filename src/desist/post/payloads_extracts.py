"""Payloads about extracts for an evaluator: see post/payloads.py. Codes, days and pseudonyms, never a name or free text."""

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from desist.post.payload import Coded, Named, Payload


@dataclass(frozen=True)
class OutcomeExtract(Payload):
    """An extract under a named agreement: rows by desist/extracts, each a text, that an evaluator alone reads.

    `agreement` and `evaluator` are the title of the agreement and who evaluates; nobody opens it after `until`.
    `left_out` says in coded texts why people are not in it, and how many. `token` names it where the police send theirs.
    """

    KIND: ClassVar[str] = "outcome-extract"
    VERSION: ClassVar[int] = 2
    BEFORE: ClassVar[int] = 1
    APART: ClassVar[frozenset[str]] = frozenset({"episodes", "events", "gaps"})
    EMPTIED: ClassVar[bool] = True

    area: Coded
    number: int
    agreement: Named
    evaluator: Named
    until: dt.date
    joins: bool
    edition: Coded
    data_cut: dt.date
    left_out: tuple[Coded, ...]
    episodes: tuple[Coded, ...]
    events: tuple[Coded, ...]
    gaps: tuple[Coded, ...]
    token: Coded = ""


@dataclass(frozen=True)
class OutcomesAsked(Payload):
    """A programme asks a force to tell an evaluator what it recorded of people of an extract. Nothing comes back.

    Each of `people` is a text by desist/extracts/asked: how to move the days of one person whom the force referred, and
    from which day to tell; the version before did not say that day. `commission` is the site of the evaluator, to which
    the extract went.
    """

    KIND: ClassVar[str] = "outcomes-asked"
    VERSION: ClassVar[int] = 2
    BEFORE: ClassVar[int] = 1
    APART: ClassVar[frozenset[str]] = frozenset({"people"})
    EMPTIED: ClassVar[bool] = True

    area: Coded
    number: int
    token: Coded
    commission: Coded
    agreement: Named
    evaluator: Named
    until: dt.date
    data_cut: dt.date
    people: tuple[Coded, ...]


@dataclass(frozen=True)
class PoliceOutcomes(Payload):
    """What a force recorded of people of an extract, under their pseudonyms: rows by desist/extracts/police.

    `token` names the extract of the programme. Nobody opens it after `until`. `left_out` says in coded texts what is not in it.
    """

    KIND: ClassVar[str] = "police-outcomes"
    APART: ClassVar[frozenset[str]] = frozenset({"people", "recorded", "orders"})
    EMPTIED: ClassVar[bool] = True

    area: Coded
    number: int
    token: Coded
    agreement: Named
    evaluator: Named
    until: dt.date
    edition: Coded
    left_out: tuple[Coded, ...]
    people: tuple[Coded, ...]
    recorded: tuple[Coded, ...]
    orders: tuple[Coded, ...]


@dataclass(frozen=True)
class ExtractRecalled(Payload):
    """An extract must not be used any more: it is deleted with every study made of it. `why` is a code."""

    KIND: ClassVar[str] = "extract-recalled"

    number: int
    why: Coded
    recalled_at: dt.datetime
