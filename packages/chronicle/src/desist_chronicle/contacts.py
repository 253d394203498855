"""Contacts: acts of the subject, or of a person acting for the subject, towards another; the unit of every count."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desist_chronicle.conversations import Conversations
from desist_chronicle.corpus import KINDS, NO_TIME, Corpus
from desist_chronicle.people import SUBJECT, Identities, Role
from desist_chronicle.records import Flag, Kind

#: kinds of record that are a contact; system lines, continuations and unread bytes are not
CONTACT_KINDS = (Kind.MESSAGE, Kind.EMAIL, Kind.CALL, Kind.MISSED_CALL, Kind.VOICEMAIL)
#: written but never sent
_NOT_SENT = frozenset({Flag.DRAFT, Flag.FAILED, Flag.QUEUED})


@dataclass(frozen=True)
class Contacts:
    """Per record, whether and how it is a contact; copies are never one."""

    #: from the subject
    attempted: NDArray[np.bool_]
    #: to the subject, in a conversation the subject is in
    answered: NDArray[np.bool_]
    #: from a person said to act for the subject
    through_third_party: NDArray[np.bool_]
    #: contacts of `attempted` without a time, which are in no count by time
    undated: NDArray[np.bool_]


def find_contacts(
    *, corpus: Corpus, identities: Identities, conversations: Conversations, kept: NDArray[np.bool_]
) -> Contacts:
    """Sort the records that stand for themselves (`kept`) into contacts by direction."""
    rows = corpus.rows
    contact = kept & np.isin(rows["kind"], [KINDS.index(kind) for kind in CONTACT_KINDS])
    contact &= ~corpus.flagged(_NOT_SENT)
    with_subject = np.array([SUBJECT in people for people in conversations.present], dtype=np.bool_)
    attempted = contact & (identities.role == Role.SUBJECT)
    third = contact & (identities.role == Role.THIRD_PARTY)
    return Contacts(
        attempted=attempted,
        answered=contact & ~attempted & ~third & with_subject[conversations.of],
        through_third_party=third,
        undated=attempted & (rows["utc"] == NO_TIME),
    )
