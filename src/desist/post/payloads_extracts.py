"""Payloads about extracts for an evaluator: see post/payloads.py. Codes, days and pseudonyms, never a name or free text."""

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from desist.post.payload import Coded, Named, Payload


@dataclass(frozen=True)
class OutcomeExtract(Payload):
    """An extract under a named agreement: rows by desist/extracts, each a text, that an evaluator alone reads.

    `agreement` and `evaluator` are the title of the agreement and who evaluates; nobody opens it after `until`.
    `left_out` says in coded texts why people are not in it, and how many.
    """

    KIND: ClassVar[str] = "outcome-extract"
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


@dataclass(frozen=True)
class ExtractRecalled(Payload):
    """An extract must not be used any more: it is deleted with every study made of it. `why` is a code."""

    KIND: ClassVar[str] = "extract-recalled"

    number: int
    why: Coded
    recalled_at: dt.datetime
