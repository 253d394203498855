"""Payloads about returns to a commissioner: see post/payloads.py. Numbers of many people alone, never a person."""

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from desist.post.payload import Coded, Payload, Words


@dataclass(frozen=True)
class ServiceReturn(Payload):
    """A service's return of a quarter: the figures that may leave, as desist/returns/figures.py writes them.

    `number` counts the returns of the quarter; `why` says why it corrects the one before, "" for the first. `moved` says
    in one coded word what became of the quarter before. Each figure and each clock is one text.
    """

    KIND: ClassVar[str] = "service-return"

    area: Coded
    quarter: dt.date
    number: int
    why: Coded
    definitions: Coded
    counted_at: dt.datetime
    figures: tuple[Coded, ...]
    days: tuple[Coded, ...]
    moved: Coded


@dataclass(frozen=True)
class ReturnRecalled(Payload):
    """A return must not be used any more: its numbers are deleted there."""

    KIND: ClassVar[str] = "return-recalled"

    quarter: dt.date
    number: int
    why: Coded
    recalled_at: dt.datetime


@dataclass(frozen=True)
class ReturnQuestion(Payload):
    """A commissioner asks about a return, on its thread; `question` is a token of theirs."""

    KIND: ClassVar[str] = "return-question"

    question: Coded
    words: Words
    asked_at: dt.datetime


@dataclass(frozen=True)
class ReturnAnswer(Payload):
    """The service's answer to a question about a return."""

    KIND: ClassVar[str] = "return-answer"

    question: Coded
    words: Words
    answered_at: dt.datetime
