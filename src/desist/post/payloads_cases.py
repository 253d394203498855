"""The payloads by which a service offers a person, or a client, to another service of its own side."""

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from desist.post.payload import Coded, Named, Payload, Words


@dataclass(frozen=True)
class CaseOffer(Payload):
    """A person or a client is offered to another service, with the record that it needs to go on.

    `tables` is an archive in base64, in parts: the tables of a caseload that moves in, with one person. The person's
    agreement has its ISO day and a code, "" for none. The words in the tables were read before they were packed.
    """

    KIND: ClassVar[str] = "case-offer"
    APART: ClassVar[frozenset[str]] = frozenset({"tables"})
    EMPTIED: ClassVar[bool] = True

    area: Coded
    given_names: Named
    family_name: Named
    contact: Named
    reason: Words
    agreed_on: Coded
    agreed_how: Coded
    answer_by: dt.date
    tables: tuple[Coded, ...]
    offered_at: dt.datetime


@dataclass(frozen=True)
class CaseOfferAnswer(Payload):
    """The other service takes the offered person over, or refuses with words."""

    KIND: ClassVar[str] = "case-offer-answer"

    answer: Coded
    words: Words
    answered_at: dt.datetime


@dataclass(frozen=True)
class CaseOfferWithdrawn(Payload):
    """The offer of a person is withdrawn before it was answered."""

    KIND: ClassVar[str] = "case-offer-withdrawn"

    area: Coded
    withdrawn_at: dt.datetime
