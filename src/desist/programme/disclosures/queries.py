"""Questions about what was asked and disclosed, each with a frozen answer.

The words of a disclosure are in `Item` alone, for the page that prepares a session. No other page asks for them: what
may be raised gets into a session by the practitioner's own words.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from desist.accounts import queries as accounts
from desist.disclosure import codes, copies
from desist.post.models import Partner
from desist.post.policy import Action as Post
from desist.post.transports import Transport
from desist.programme.disclosures.models import Disclosure
from desist.programme.disclosures.policy import Action
from desist.programme.disclosures.states import State
from desist.programme.episodes.models import Episode
from desist.programme.referrals.models import Referral
from desist.references import spoken
from desist.ui import dates
from desist.wall import gate, policy
from desist.wall.actors import Actor

PAGE = 50


@dataclass(frozen=True)
class Person:
    """The person that it is about."""

    episode: str
    spoken: str
    name: str


@dataclass(frozen=True)
class Item:
    """One disclosure as the page that prepares a session shows it; a recalled one has no words."""

    words: str
    nature: str
    as_of: date | None
    raised: str
    may_be_raised: bool
    received_at: datetime | None
    recalled_at: datetime | None
    reason: str


@dataclass(frozen=True)
class Asked:
    """One question and where it stands."""

    question: str
    purpose: str
    necessity: str
    needed_by: date | None
    asked_by: str
    asked_at: datetime
    state: str
    state_label: str
    reason: str
    settled_at: datetime | None


@dataclass(frozen=True)
class TypedIn:
    """The people behind something told by telephone or on paper: the teller, the decider, the typist; without its words."""

    told_by: str
    decided_by: str
    typed_by: str
    received_at: datetime | None
    recalled_at: datetime | None
    recall_told_by: str


@dataclass(frozen=True)
class DisclosuresPage:
    """What was asked about a person, and how much is disclosed, without its words."""

    person: Person
    asked: tuple[Asked, ...]
    received: int
    recalled: int
    prepare: str  # the session on whose page it can be read
    may_ask: bool
    may_type_in: bool  # the police have no software: what they say is typed in
    may_see_agreements: bool
    typed_in: tuple[TypedIn, ...]


@dataclass(frozen=True)
class ByHand:
    """What can be typed in for a person, each as (reference, words): open questions, and what was told and stands."""

    person: Person
    questions: tuple[tuple[str, str], ...]
    told: tuple[tuple[str, str], ...]


def disclosures(*, actor: Actor, episode: str, at: datetime) -> DisclosuresPage:
    """A person's questions to the police."""
    row = _open(actor, Action.SEE_DISCLOSURES, episode, at)
    kept = list(row.referral.disclosures.values_list("recalled_at", flat=True))
    sessions = row.sessions.order_by("-period").values_list("ref", flat=True)
    upcoming = row.sessions.filter(state="planned").order_by("period").values_list("ref", flat=True)
    return DisclosuresPage(
        person=_person(row),
        asked=_asked(row.referral),
        received=sum(one is None for one in kept),
        recalled=sum(one is not None for one in kept),
        prepare=upcoming.first() or sessions.first() or "",
        may_ask=actor.role in policy.rule(Action.ASK_DISCLOSURE).roles,
        may_type_in=actor.role in policy.rule(Action.TYPE_DISCLOSURE).roles and _by_hand(row.referral),
        may_see_agreements=actor.role in policy.rule(Post.SEE_AGREEMENTS).roles,
        typed_in=tuple(
            TypedIn(
                one.told_by,
                one.decided_by,
                accounts.name(ref=one.typed_by),
                one.received_at,
                one.recalled_at,
                one.recall_told_by,
            )
            for one in _typed_in(row.referral)
        ),
    )


def to_ask(*, actor: Actor, episode: str, at: datetime) -> Person:
    """The person that the police are asked about."""
    return _person(_open(actor, Action.ASK_DISCLOSURE, episode, at))


def by_hand(*, actor: Actor, episode: str, at: datetime) -> ByHand:
    """What a force without software may have answered or recalled."""
    row = _open(actor, Action.TYPE_DISCLOSURE, episode, at)
    asked = row.referral.disclosure_requests.filter(state=State.ASKED).order_by("-asked_at")[:PAGE]
    stands = [one for one in _typed_in(row.referral) if one.recalled_at is None]
    return ByHand(
        person=_person(row),
        questions=tuple((one.ref, f"{one.question[:80]} ({dates.on(one.asked_at)})") for one in asked),
        told=tuple((one.ref, f"{one.told_by}, {dates.at(one.received_at or at)}") for one in stands),
    )


def to_prepare(*, referral: Referral) -> tuple[Item, ...]:
    """Everything disclosed about a person whose session the gate let through: for the preparation page alone."""
    return tuple(map(_item, referral.disclosures.order_by("-received_at", "-pk")))


def _typed_in(referral: Referral) -> QuerySet[Disclosure]:
    return referral.disclosures.exclude(told_by="").order_by("-received_at", "-pk")


def _by_hand(referral: Referral) -> bool:
    """Return whether the police side of a referral has no software."""
    return not Partner.objects.filter(name=referral.partner).exclude(transport=Transport.BY_HAND).exists()


def _person(episode: Episode) -> Person:
    about = episode.referral
    return Person(episode.ref, spoken(episode.ref), about.name)


def _item(row: Disclosure) -> Item:
    recalled = row.recalled_at is not None
    return Item(
        words="" if recalled else row.words,
        nature=codes.Nature(row.nature).label if row.nature else "",
        as_of=row.as_of,
        raised=copies.raised(may_be_raised=row.may_be_raised, told_on=row.told_on),
        may_be_raised=row.may_be_raised and not recalled,
        received_at=row.received_at,
        recalled_at=row.recalled_at,
        reason=codes.Recall(row.reason).label if row.reason else "",
    )


def _asked(referral: Referral) -> tuple[Asked, ...]:
    return tuple(
        Asked(
            question=row.question,
            purpose=codes.Purpose(row.purpose).label,
            necessity=row.necessity,
            needed_by=row.needed_by,
            asked_by=accounts.name(ref=row.asked_by),
            asked_at=row.asked_at,
            state=row.state,
            state_label=State(row.state).label,
            reason=codes.Refusal(row.reason).label if row.reason else "",
            settled_at=row.settled_at,
        )
        for row in referral.disclosure_requests.order_by("-asked_at")[:PAGE]
    )


def _open(actor: Actor, action: Action, episode: str, at: datetime) -> Episode:
    return gate.open(actor, action, Episode, episode, at=at).select_related("referral").get()
