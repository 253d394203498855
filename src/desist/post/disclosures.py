"""Payloads of disclosures. A token names one request or one disclosure between two sites alone."""

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from desist.post.payload import Coded, Payload, Words


@dataclass(frozen=True)
class DisclosureRequest(Payload):
    """The programme asks the police for something about a person it works with. `needed_by` is an ISO day, or ""."""

    KIND: ClassVar[str] = "disclosure-request"

    request: Coded
    purpose: Coded
    question: Words
    necessity: Words
    needed_by: Coded
    asked_at: dt.datetime


@dataclass(frozen=True)
class DisclosureRefused(Payload):
    """The police disclose nothing on a request, or an offer goes no further; `reason` is coded."""

    KIND: ClassVar[str] = "disclosure-refused"

    subject: Coded
    reason: Coded
    decided_at: dt.datetime


@dataclass(frozen=True)
class _Content(Payload):
    """The exact copy, as desist.disclosure.copies has it. `told_on` is an ISO day, or ""."""

    APART: ClassVar[frozenset[str]] = frozenset({"words", "disclosure", "request"})

    disclosure: Coded
    words: Words
    nature: Coded
    as_of: dt.date
    may_be_raised: bool
    told_on: Coded
    purpose: Coded


@dataclass(frozen=True)
class Disclosure(_Content):
    """The exact copy for the programme. It never names its source; `request` is the request it answers, or ""."""

    KIND: ClassVar[str] = "disclosure"

    request: Coded


@dataclass(frozen=True)
class DisclosureOffer(_Content):
    """A disclosure of an advocacy service to the police, for them alone or to pass on to the programme."""

    KIND: ClassVar[str] = "disclosure-offer"

    recipient: Coded
    necessity: Words
    proportionality: Words


@dataclass(frozen=True)
class DisclosureReceipt(Payload):
    """Receipt: this exact copy arrived (`event` received), was passed on (released), or is out of use (stopped)."""

    KIND: ClassVar[str] = "disclosure-receipt"

    disclosure: Coded
    event: Coded
    fingerprint: Coded
    at: dt.datetime


@dataclass(frozen=True)
class DisclosureRecall(Payload):
    """The sender asks the receiver to stop using a disclosure; `reason` is coded."""

    KIND: ClassVar[str] = "disclosure-recall"

    disclosure: Coded
    reason: Coded
    recalled_at: dt.datetime
