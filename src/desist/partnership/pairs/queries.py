"""Questions about pairs, each with a frozen answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from desist.accounts import queries as accounts
from desist.partnership.pairs.models import PairHappening, Side
from desist.partnership.pairs.policy import Action
from desist.partnership.pairs.states import TRANSITIONS, Consent, Happened, How, State
from desist.partnership.policy import POLICE
from desist.partnership.referrals.models import Referral
from desist.partnership.referrals.policy import Action as ReferralsAction
from desist.partnership.referrals.states import UNSENT
from desist.post.models import Partner
from desist.post.transports import Transport
from desist.references import spoken
from desist.ui import dates
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.places import rows_that_wait
from desist.wall.statements import Instances, Question, among, texts

PAGE = 50
WAITING = rows_that_wait(Side, Q(state=State.ASKED))
#: a request that waits longer is late: a frightened person asked for news
PATIENCE = timedelta(days=2)
MOST = 200  # referrals offered to be joined to, the newest


@dataclass(frozen=True)
class Person:
    """A referral that a side stands behind."""

    ref: str
    spoken: str
    name: str


@dataclass(frozen=True)
class Row:
    """One side, without anything that says who the client is."""

    ref: str
    spoken: str
    version: int
    crime_reference: str
    service: str
    state: str
    state_label: str
    how: str
    made_at: datetime
    people: tuple[Person, ...]
    can_end: bool  # its service has no software: an officer types an end in
    overdue: bool  # it has waited for an answer for days


@dataclass(frozen=True)
class Line:
    """One line of a history."""

    what: str
    detail: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Page:
    """One side with its history, and the referrals it can be joined to; those that name its crime stand apart."""

    row: Row
    history: tuple[Line, ...]
    proposed: tuple[tuple[str, str], ...]
    offered: tuple[tuple[str, str], ...]

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """The referrals that the officer can choose, those that name the crime first."""
        named = {ref for ref, _ in self.proposed}
        others = (pair for pair in self.offered if pair[0] not in named)
        return (*((ref, f"{words}: names this crime") for ref, words in self.proposed), *others)


@dataclass(frozen=True)
class ReferralPage:
    """One referral: the referrals merged with it, the sides behind it, and its history."""

    person: Person
    together: tuple[Person, ...]
    sides: tuple[Row, ...]
    history: tuple[Line, ...]
    offered: tuple[tuple[str, str], ...]


def pairs(*, actor: Actor, at: datetime) -> tuple[Row, ...]:
    """The sides: those that wait for an answer first, then the newest; at most PAGE."""
    rows = gate.see(actor, Action.SEE_PAIRS, Side, at=at).order_by("-made_at", "-pk")
    asked, others = rows.filter(state=State.ASKED), rows.exclude(state=State.ASKED)
    return _rows([*asked[:PAGE], *others[:PAGE]][:PAGE], actor, at)


def waiting(*, actor: Actor, at: datetime) -> tuple[Row, ...]:
    """The sides that wait for an answer, the oldest first; none for a role that may not answer."""
    if actor.role not in POLICE:
        return ()
    return _rows(gate.whole(actor, Action.SEE_PAIRS, ASKED, OF_KEYS, at=at), actor, at)


def _asked(rows: QuerySet[Side]) -> QuerySet[Any]:
    return rows.filter(state=State.ASKED).order_by("made_at", "pk").values_list("pk")[:PAGE]


ASKED = Question(Side, _asked)
OF_KEYS = Instances(lambda: Side.objects.filter(pk__in=among("keys")).order_by("made_at", "pk"), "*")


def services(*, actor: Actor, at: datetime) -> tuple[tuple[str, str], ...]:
    """The advocacy services without software for which an officer may type in a request, as (name, title)."""
    found = Partner.objects.filter(zone="advocacy", transport=Transport.BY_HAND, area__in=["", actor.area])
    writable = found.filter(Q(ended_at=None) | Q(ended_at__gt=at))
    return tuple(writable.order_by("title").values_list("name", "title"))


def side(*, actor: Actor, ref: str, at: datetime) -> Page:
    """One side."""
    one = gate.open(actor, Action.JOIN_PAIR, Side, ref, at=at).get()
    return Page(
        row=_rows([one], actor, at)[0],
        history=_history(one.happenings.order_by("at", "pk")),
        proposed=_proposed(one, actor, at),
        offered=_offered(actor, at),
    )


def referral(*, actor: Actor, ref: str, at: datetime) -> ReferralPage:
    """One referral and the sides behind it."""
    one = gate.open(actor, Action.MERGE_PAIR, Referral, ref, at=at).get()
    seen = gate.see(actor, ReferralsAction.SEE_REFERRALS, Referral, at=at)
    together = [_person(row) for row in seen.filter(pair=one.pair).exclude(pk=one.pk).order_by("started_at")]
    sides = gate.see(actor, Action.SEE_PAIRS, Side, at=at).filter(pair=one.pair, state=State.STANDS)
    taken = {ref, *(row.ref for row in together)}
    return ReferralPage(
        person=_person(one),
        together=tuple(together),
        sides=_rows(sides.order_by("made_at"), actor, at),
        history=_history(PairHappening.objects.filter(Q(referral=ref) | Q(other=ref)).order_by("at", "pk")),
        offered=tuple(pair for pair in _offered(actor, at) if pair[0] not in taken),
    )


def _behind(rows: QuerySet[Referral]) -> QuerySet[Any]:
    rows = rows.filter(pair__in=texts("pairs")).order_by("started_at")
    return rows.values_list("pair", "ref", "given_names", "family_name")


BEHIND = Question(Referral, _behind)


def _rows(sides_found: Iterable[Side], actor: Actor, at: datetime) -> tuple[Row, ...]:
    sides = list(sides_found)
    if not sides:
        return ()
    known = {one.name: one for one in Partner.objects.filter(zone="advocacy")}
    pairs = [one.pair for one in sides]
    behind: dict[str, list[Person]] = {}
    found = gate.read(actor, ReferralsAction.SEE_REFERRALS, BEHIND, at=at, pairs=pairs)
    for pair, ref, given, family in found:
        behind.setdefault(pair, []).append(Person(ref, spoken(ref), f"{given} {family}".strip()))
    return tuple(
        Row(
            ref=one.ref,
            spoken=spoken(one.ref),
            version=one.version,
            crime_reference=one.crime_reference,
            service=known[one.advocacy].title if one.advocacy in known else one.advocacy,
            state=one.state,
            state_label=State(one.state).label,
            how=How(one.how).label,
            made_at=one.made_at,
            people=tuple(behind.get(one.pair, ())),
            overdue=one.state == State.ASKED and at - one.made_at > PATIENCE,
            can_end=_by_hand(known.get(one.advocacy)) and State.ENDED in TRANSITIONS[State(one.state)],
        )
        for one in sides
    )


def _person(row: Referral) -> Person:
    return Person(row.ref, spoken(row.ref), row.name)


def _offered(actor: Actor, at: datetime) -> tuple[tuple[str, str], ...]:
    return tuple(_option(*row) for row in gate.read(actor, ReferralsAction.SEE_REFERRALS, OFFERED, at=at))


def _sent(rows: QuerySet[Referral]) -> QuerySet[Any]:
    return rows.exclude(state__in=UNSENT).order_by("-started_at").values_list(*OPTION)[:MOST]


OPTION = ("ref", "given_names", "family_name", "sent_at")
OFFERED = Question(Referral, _sent)


def _proposed(one: Side, actor: Actor, at: datetime) -> tuple[tuple[str, str], ...]:
    """The referrals that name the crime: in the offence, in an order, by a victim who was referred, or by another side."""
    crime = one.crime_reference
    others = Side.objects.filter(crime_reference__iexact=crime, area=one.area, state=State.STANDS)
    named = (
        Q(offence__icontains=crime)
        | Q(victim_referrals__crime_reference__iexact=crime)
        | Q(protection_orders__protected__crime_reference__iexact=crime)
        | Q(pair__in=others.exclude(pk=one.pk).values("pair"))
    )
    rows = (
        gate.see(actor, ReferralsAction.SEE_REFERRALS, Referral, at=at)
        .exclude(state__in=UNSENT)
        .filter(named)
    )
    found = rows.order_by("-started_at").values_list(*OPTION, "started_at").distinct()[:PAGE]
    return tuple(_option(*row) for *row, _ in found) if crime else ()


def _option(ref: str, given: str, family: str, sent_at: datetime | None) -> tuple[str, str]:
    sent = f", sent {dates.on(sent_at)}" if sent_at else ""
    return ref, f"{spoken(ref)}, {f'{given} {family}'.strip()}{sent}"


def _by_hand(service: Partner | None) -> bool:
    return service is not None and service.transport == Transport.BY_HAND


def _detail(row: PairHappening) -> str:
    parts = [" with ".join(spoken(one) for one in (row.referral, row.other) if one)]
    if row.told_by and row.told_at:
        parts.append(f"told by {row.told_by}, {dates.at(row.told_at)}")
    if row.consent and row.consented_on:
        parts.append(f"{Consent(row.consent).label.lower()}, {dates.on(row.consented_on)}")
    return "; ".join(part for part in parts if part)


def _history(rows: Iterable[PairHappening]) -> tuple[Line, ...]:
    return tuple(
        Line(
            what=Happened(row.what).label,
            detail=_detail(row),
            by="the post" if row.by == "post" else accounts.name(ref=row.by),
            at=row.at,
        )
        for row in rows
    )
