"""The part of the sources that is shown: its conversations and days, and what the choice leaves out."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from desist_chronicle.contacts import Contacts
from desist_chronicle.conversations import Conversations
from desist_chronicle.corpus import KINDS, NO_TIME, Corpus, instant, wall_clock
from desist_chronicle.people import SUBJECT
from desist_chronicle.records import Kind


class EmptyScopeError(Exception):
    """Nothing is left to show."""


class Why(IntEnum):
    """The reason why a record is shown or not."""

    SHOWN = 0
    WITHOUTSUBJECT = 1
    OTHER_THREAD = 2
    OUTSIDE_DATES = 3
    NO_DATE = 4
    ANSWERS_LEFT_OUT = 5
    HEADINGS = 6


REASONS = {
    Why.WITHOUTSUBJECT: "the subject is not in this conversation",
    Why.OTHER_THREAD: "the conversation was not chosen",
    Why.OUTSIDE_DATES: "outside the chosen dates",
    Why.NO_DATE: "has no date, and dates were chosen",
    Why.ANSWERS_LEFT_OUT: "not from the subject, and only the subject's side was chosen",
    Why.HEADINGS: "a table's row of headings",
}


@dataclass(frozen=True)
class Scope:
    """A choice. Without one, every conversation that the subject is in, over all time, both sides."""

    #: parts of conversations' names; any of them chooses
    threads: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    subject_side_only: bool = False
    #: a person chose the records one by one: all are shown, and none is taken for a copy of another
    one_by_one: bool = False

    @property
    def chosen_by_hand(self) -> bool:
        """Whether a person left anything out by choice."""
        return self != Scope()


@dataclass(frozen=True)
class Unused:
    """Material of one conversation that is not shown, for one reason."""

    conversation: str
    reason: str
    records: int
    first: date | None
    last: date | None
    #: what is left out: messages, or a file
    what: str = "Messages"


def choose(
    *, corpus: Corpus, conversations: Conversations, contacts: Contacts, scope: Scope
) -> NDArray[np.int8]:
    """Per record a `Why`. Raises EmptyScopeError when nothing is shown, saying what could have been chosen.

    Records that were chosen one by one may be none.
    """
    if scope.one_by_one:
        return np.full(len(corpus), Why.SHOWN, dtype=np.int8)
    why = _by_conversation(conversations, scope)[conversations.of]
    why[(why == Why.SHOWN) & (corpus.rows["kind"] == KINDS.index(Kind.HEADING))] = Why.HEADINGS
    local = corpus.rows["local"]
    bounded = scope.first is not None or scope.last is not None
    if bounded:
        why[(why == Why.SHOWN) & (local == NO_TIME)] = Why.NO_DATE
        why[(why == Why.SHOWN) & ~_within(local, scope)] = Why.OUTSIDE_DATES
    if scope.subject_side_only:
        why[(why == Why.SHOWN) & ~contacts.attempted] = Why.ANSWERS_LEFT_OUT
    if not (why == Why.SHOWN).any():
        names = "; ".join(conversation.name for conversation in conversations.all[:12])
        raise EmptyScopeError(
            f"Nothing is left to show. Check --thread, --from and --to. Conversations: {names}."
        )
    return why


def _by_conversation(conversations: Conversations, scope: Scope) -> NDArray[np.int8]:
    reasons = []
    wanted = [thread.casefold() for thread in scope.threads]
    for conversation, present in zip(conversations.all, conversations.present, strict=True):
        if wanted:
            named = any(thread in conversation.name.casefold() for thread in wanted)
            reasons.append(Why.SHOWN if named else Why.OTHER_THREAD)
        else:
            reasons.append(Why.SHOWN if SUBJECT in present else Why.WITHOUTSUBJECT)
    return np.array(reasons, dtype=np.int8)


def _within(local: NDArray[np.int64], scope: Scope) -> NDArray[np.bool_]:
    inside = np.ones(len(local), dtype=np.bool_)
    if scope.first is not None:
        inside &= local >= instant(datetime.combine(scope.first, time()))
    if scope.last is not None:
        inside &= local < instant(datetime.combine(scope.last + timedelta(days=1), time()))
    return inside


def unused(*, corpus: Corpus, conversations: Conversations, why: NDArray[np.int8]) -> list[Unused]:
    """What is not shown, by conversation and reason, in their order."""
    local = corpus.rows["local"]
    found = []
    for number, conversation in enumerate(conversations.all):
        here = conversations.of == number
        for reason, words in REASONS.items():
            times = local[here & (why == reason)]
            if len(times):
                dated = times[times != NO_TIME]
                first = wall_clock(int(dated.min())) if len(dated) else None
                last = wall_clock(int(dated.max())) if len(dated) else None
                found.append(
                    Unused(
                        conversation=conversation.name,
                        reason=words,
                        records=len(times),
                        first=first and first.date(),
                        last=last and last.date(),
                    )
                )
    return found


def selection_sentence(*, shown: int, total: int, from_subject: int, to_subject: int, answers: int) -> str:
    """Return the kind of selection. `answers` is how many messages to the subject the sources hold in all."""
    if shown == total:
        kind = f"This shows every one of the {total:,} records in the sources."
    else:
        kind = f"This is a selection: it shows {shown:,} of the {total:,} records in the sources."
    if from_subject and answers and not to_subject:
        kind += (
            f" It is one-sided: it shows what came from the subject and none of the {answers:,} answers that the "
            "sources hold. Tell everyone who relies on it."
        )
    return kind
