"""A course of conduct: the records of all sources, their people and copies, and the occasions in scope."""

from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from desist_chronicle import occasions
from desist_chronicle.clocks import OffsetProposal, propose_offsets
from desist_chronicle.contacts import Contacts, find_contacts
from desist_chronicle.conversations import Conversations, converse
from desist_chronicle.corpus import NO_TIME, Corpus
from desist_chronicle.duplicates import Duplicates, fingerprints, merge_copies
from desist_chronicle.occasions import Occasions
from desist_chronicle.people import Identities, People, identify
from desist_chronicle.period import Period
from desist_chronicle.scope import Scope, Unused, Why, choose, selection_sentence, unused

_DAY = 86_400_000_000


@dataclass(frozen=True)
class Course:
    """Everything a chronology is written from."""

    corpus: Corpus
    identities: Identities
    conversations: Conversations
    duplicates: Duplicates
    offsets: tuple[OffsetProposal, ...]
    scope: Scope
    #: per record a `Why`
    why: NDArray[np.int8]
    #: covers only the records in scope
    contacts: Contacts
    occasions: Occasions
    #: the local days from the first to the last dated record in scope, or as chosen
    period: Period | None
    selection: str
    unused: tuple[Unused, ...] = field(repr=False)

    @property
    def shown(self) -> NDArray[np.bool_]:
        """Whether each record is in scope and not a copy."""
        return np.asarray((self.why == Why.SHOWN) & self.duplicates.kept)


def chart(*, corpus: Corpus, people: People, scope: Scope, gap_hours: float = occasions.GAP) -> Course:
    """Work out the course of conduct. Raises UnknownPersonError and EmptyScopeError, which say what to do."""
    identities = identify(corpus=corpus, people=people)
    conversations = converse(corpus=corpus, identities=identities)
    prints = fingerprints(corpus=corpus)
    copies = merge_copies(corpus=corpus, identities=identities, conversations=conversations, prints=prints)
    every = find_contacts(corpus=corpus, identities=identities, conversations=conversations, kept=copies.kept)
    why = choose(corpus=corpus, conversations=conversations, contacts=every, scope=scope)
    contacts = _within(every, why == Why.SHOWN)
    return Course(
        corpus=corpus,
        identities=identities,
        conversations=conversations,
        duplicates=copies,
        offsets=propose_offsets(corpus=corpus, identities=identities, prints=prints),
        scope=scope,
        why=why,
        contacts=contacts,
        occasions=occasions.group(
            rows=corpus.rows, chosen=contacts.attempted & ~contacts.undated, gap_hours=gap_hours
        ),
        period=_period(corpus, why, scope),
        selection=selection_sentence(
            shown=int((why == Why.SHOWN).sum()),
            total=len(corpus),
            from_subject=int(contacts.attempted.sum()),
            to_subject=int(contacts.answered.sum()),
            answers=int(every.answered.sum()),
        ),
        unused=tuple(unused(corpus=corpus, conversations=conversations, why=why)),
    )


def _within(every: Contacts, shown: NDArray[np.bool_]) -> Contacts:
    return Contacts(
        attempted=every.attempted & shown,
        answered=every.answered & shown,
        through_third_party=every.through_third_party & shown,
        undated=every.undated & shown,
    )


def _period(corpus: Corpus, why: NDArray[np.int8], scope: Scope) -> Period | None:
    """Return the days that were chosen; where none were, the days that the shown records cover."""
    local = corpus.rows["local"][why == Why.SHOWN]
    local = local[local != NO_TIME]
    if not len(local):
        return None
    return Period(
        first=scope.first or date(1970, 1, 1) + timedelta(days=int(local.min()) // _DAY),
        last=scope.last or date(1970, 1, 1) + timedelta(days=int(local.max()) // _DAY),
    )
