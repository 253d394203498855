"""Contacts: acts of the subject, or of a person acting for the subject, towards another; the unit of every count."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import numpy as np
from numpy.typing import NDArray

from desist_chronicle.conversations import Conversations
from desist_chronicle.corpus import KINDS, NO_TIME, Corpus, instant
from desist_chronicle.people import SUBJECT, Identities, Role
from desist_chronicle.records import Flag, Kind

#: kinds of record that are a contact; system lines, continuations and unread bytes are not
CONTACT_KINDS = (Kind.MESSAGE, Kind.EMAIL, Kind.CALL, Kind.MISSED_CALL, Kind.VOICEMAIL)
#: written but never sent
NOT_SENT = frozenset({Flag.DRAFT, Flag.FAILED, Flag.QUEUED})
#: the first text message was sent on 3 December 1992: an earlier time is that of a clock which was not set
FIRST_TEXT = date(1992, 12, 3)


@dataclass(frozen=True)
class Contacts:
    """Per record, whether and how it is a contact; copies are never one."""

    #: from the subject
    attempted: NDArray[np.bool_]
    #: to the subject, in a conversation the subject is in
    answered: NDArray[np.bool_]
    #: from a person said to act for the subject
    through_third_party: NDArray[np.bool_]
    #: contacts of `attempted` without a time, or with one that cannot be: they are in no count by time
    undated: NDArray[np.bool_]
    #: contacts of `undated` whose time cannot be
    misdated: NDArray[np.bool_]

    @property
    def timed(self) -> NDArray[np.bool_]:
        """Contacts of `attempted` that are in counts by time."""
        return np.asarray(self.attempted & ~self.undated)


def is_dated(*, corpus: Corpus, today: date | None = None) -> NDArray[np.bool_]:
    """Return per record whether it has a time that can be: after the first text message, and not after `today`."""
    local = corpus.rows["local"]
    dated = local >= instant(datetime.combine(FIRST_TEXT, time()))
    if today is not None:
        # the phone's zone may be a day ahead
        dated &= local < instant(datetime.combine(today + timedelta(days=2), time()))
    return np.asarray(dated)


def find_contacts(
    *,
    corpus: Corpus,
    identities: Identities,
    conversations: Conversations,
    kept: NDArray[np.bool_],
    dated: NDArray[np.bool_],
) -> Contacts:
    """Sort the records that stand for themselves (`kept`) into contacts by direction. `dated` have a time that can be."""
    rows = corpus.rows
    contact = kept & np.isin(rows["kind"], [KINDS.index(kind) for kind in CONTACT_KINDS])
    contact &= ~corpus.flagged(NOT_SENT)
    with_subject = np.array([SUBJECT in people for people in conversations.present], dtype=np.bool_)
    attempted = contact & (identities.role == Role.SUBJECT)
    third = contact & (identities.role == Role.THIRD_PARTY)
    return Contacts(
        attempted=attempted,
        answered=contact & ~attempted & ~third & with_subject[conversations.of],
        through_third_party=third,
        undated=attempted & ~dated,
        misdated=attempted & ~dated & (rows["utc"] != NO_TIME),
    )
