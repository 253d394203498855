"""A course of conduct: the records of all sources, their people and copies, and the occasions in scope."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from desist_chronicle import occasions
from desist_chronicle.clocks import OffsetProposal, propose_offsets
from desist_chronicle.contacts import Contacts, find_contacts, is_dated
from desist_chronicle.conversations import Conversations, converse
from desist_chronicle.corpus import KINDS, Corpus
from desist_chronicle.duplicates import Duplicates, fingerprints, merge_copies, possible_copies
from desist_chronicle.occasions import Occasions
from desist_chronicle.people import Identities, People, identify
from desist_chronicle.period import Period, day_of
from desist_chronicle.records import Kind
from desist_chronicle.scope import Scope, Unused, Why, choose, selection_sentence, unused


@dataclass(frozen=True)
class Course:
    """Everything a chronology is written from."""

    corpus: Corpus
    identities: Identities
    conversations: Conversations
    duplicates: Duplicates
    #: kept contacts with the words of another source's at nearly the same time
    possible_copies: int
    offsets: tuple[OffsetProposal, ...]
    scope: Scope
    #: per record whether it has a time that can be
    dated: NDArray[np.bool_]
    #: per record a `Why`
    why: NDArray[np.int8]
    #: covers only the records in scope
    contacts: Contacts
    occasions: Occasions
    #: the local days from the first to the last dated record in scope, or as chosen
    period: Period | None
    #: of these, the days of which the sources tell; of a day before or after all their records nothing is known
    covered: Period | None
    selection: str
    unused: tuple[Unused, ...] = field(repr=False)

    @property
    def shown(self) -> NDArray[np.bool_]:
        """Whether each record is in scope and not a copy."""
        return np.asarray((self.why == Why.SHOWN) & self.duplicates.kept)


def chart(
    *,
    corpus: Corpus,
    people: People,
    scope: Scope,
    gap_hours: float = occasions.GAP,
    today: date | None = None,
    again: Mapping[str, str] | None = None,
) -> Course:
    """Work out the course of conduct; a time after `today` is none, and `again` names sources given twice.

    Where a person chose the records one by one the subject need not have written any. Raises UnknownPersonError and
    EmptyScopeError, which say what to do.
    """
    identities = identify(corpus=corpus, people=people, may_be_absent=scope.one_by_one)
    conversations = converse(corpus=corpus, identities=identities)
    prints, copies = _copies(corpus, identities, conversations, scope, again)
    dated = is_dated(corpus=corpus, today=today)
    every = find_contacts(
        corpus=corpus, identities=identities, conversations=conversations, kept=copies.kept, dated=dated
    )
    why = choose(corpus=corpus, conversations=conversations, contacts=every, scope=scope)
    shown, period = why == Why.SHOWN, _period(corpus, why, scope, dated)
    contacts = _within(every, shown)
    near = possible_copies(corpus=corpus, identities=identities, prints=prints, kept=copies.kept & shown)
    return Course(
        corpus=corpus,
        identities=identities,
        conversations=conversations,
        duplicates=copies,
        possible_copies=near,
        offsets=propose_offsets(corpus=corpus, identities=identities, prints=prints),
        scope=scope,
        dated=dated,
        why=why,
        contacts=contacts,
        occasions=occasions.group(rows=corpus.rows, chosen=contacts.timed, gap_hours=gap_hours),
        period=period,
        covered=_covered(corpus, why, dated, period),
        selection=_selection(corpus, why, contacts, every),
        unused=tuple(unused(corpus=corpus, conversations=conversations, why=why)),
    )


def _copies(
    corpus: Corpus,
    identities: Identities,
    conversations: Conversations,
    scope: Scope,
    again: Mapping[str, str] | None,
) -> tuple[NDArray[np.uint64], Duplicates]:
    """Return the fingerprints of the texts, and the copies that they show."""
    prints = fingerprints(corpus=corpus)
    return prints, merge_copies(
        corpus=corpus,
        identities=identities,
        conversations=conversations,
        prints=prints,
        again=again,
        apart=scope.one_by_one,
    )


def _selection(corpus: Corpus, why: NDArray[np.int8], contacts: Contacts, every: Contacts) -> str:
    return selection_sentence(
        shown=int((why == Why.SHOWN).sum()),
        total=int((corpus.rows["kind"] != KINDS.index(Kind.HEADING)).sum()),
        from_subject=int(contacts.attempted.sum()),
        to_subject=int(contacts.answered.sum()),
        answers=int(every.answered.sum()),
    )


def _within(every: Contacts, shown: NDArray[np.bool_]) -> Contacts:
    return Contacts(
        attempted=every.attempted & shown,
        answered=every.answered & shown,
        through_third_party=every.through_third_party & shown,
        undated=every.undated & shown,
        misdated=every.misdated & shown,
    )


def _period(corpus: Corpus, why: NDArray[np.int8], scope: Scope, dated: NDArray[np.bool_]) -> Period | None:
    """Return the days that were chosen; where none were, the days that the shown records cover."""
    local = corpus.rows["local"][(why == Why.SHOWN) & dated]
    if not len(local):
        return None
    return Period(first=scope.first or day_of(local.min()), last=scope.last or day_of(local.max()))


def _covered(
    corpus: Corpus, why: NDArray[np.int8], dated: NDArray[np.bool_], period: Period | None
) -> Period | None:
    """Return the days of a period of which its sources tell: from the first record of any of them to the last."""
    if period is None:
        return None
    rows, shown = corpus.rows, (why == Why.SHOWN) & dated
    local = rows["local"][dated & np.isin(rows["source"], rows["source"][shown])]
    return Period(first=max(period.first, day_of(local.min())), last=min(period.last, day_of(local.max())))
