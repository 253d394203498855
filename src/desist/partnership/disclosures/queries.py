"""Questions about disclosures on the police side, each with a frozen answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from desist.accounts import queries as accounts
from desist.disclosure import codes
from desist.disclosure.copies import Content
from desist.partnership.disclosures import commands
from desist.partnership.disclosures.models import Disclosure, DisclosureRequest
from desist.partnership.disclosures.policy import Action
from desist.partnership.disclosures.states import RequestState, State
from desist.partnership.referrals.models import Referral
from desist.partnership.referrals.policy import Action as ReferralsAction
from desist.post import approvals
from desist.post.agreements import queries as agreements
from desist.post.models import Partner
from desist.post.transports import Transport
from desist.references import spoken
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.statements import Instances, Question, among

PAGE = 50
WAITING = (State.DRAFT, State.OFFERED)


@dataclass(frozen=True)
class Request:
    """One request of the programme."""

    ref: str
    referral: str
    spoken: str
    name: str
    purpose: str
    question: str
    necessity: str
    needed_by: date | None
    asked_at: datetime
    is_open: bool
    state: str
    reason: str


@dataclass(frozen=True)
class Row:
    """One disclosure in a list. Only its own page shows its words."""

    ref: str
    referral: str
    spoken: str
    name: str
    state: str
    state_label: str
    approvals: int
    started_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True)
class Decider:
    """One approval: by a person here, or by the service that vouches. `state` is in words."""

    name: str
    at: datetime
    until: datetime
    holds: bool
    used: bool


@dataclass(frozen=True)
class Page:
    """One disclosure with everything that its page shows."""

    row: Row
    version: int
    content: Content
    offered_by: str
    basis: str
    basis_code: str
    agreement: str
    agreement_ref: str
    necessity: str
    proportionality: str
    offered_because: str
    offered_no_more: str
    deciders: tuple[Decider, ...]
    question: str  # the reference of the request that it answers
    programme: str
    by_hand: bool
    received_at: datetime | None
    received_from: str
    closed_by: str
    closed_at: datetime | None
    reason: str
    stopped_at: datetime | None
    approved_by_me: bool
    has_referral: bool

    @property
    def organisations(self) -> str:
        """The organisations that decided, as the record names them."""
        used = [one for one in self.deciders if one.used]
        names = " and ".join(one.name for one in used)
        if not used:
            return ""
        return f"{names}: {'two organisations' if self.offered_by else 'two people of one organisation, since only one holds it'}"


def requests(*, actor: Actor, at: datetime) -> tuple[Request, ...]:
    """The requests of the programme that are not answered, the oldest first."""
    return tuple(map(_request, gate.whole(actor, Action.SEE_REQUESTS, ASKED, REQUESTS, at=at)))


def _asked(rows: QuerySet[DisclosureRequest]) -> QuerySet[Any]:
    return rows.filter(state=RequestState.OPEN).order_by("asked_at").values_list("pk")[:PAGE]


def _undecided(rows: QuerySet[Disclosure]) -> QuerySet[Any]:
    return rows.filter(state__in=WAITING).order_by("started_at").values_list("pk")[:PAGE]


ASKED, UNDECIDED = Question(DisclosureRequest, _asked), Question(Disclosure, _undecided)
REQUESTS = Instances(
    lambda: DisclosureRequest.objects.filter(pk__in=among("keys")).order_by("asked_at"), "*", "referral__*"
)
DISCLOSURES = Instances(
    lambda: Disclosure.objects.filter(pk__in=among("keys")).order_by("started_at"),
    *("*", "referral__*", "request__*"),
)


def request(*, actor: Actor, ref: str, at: datetime) -> Request:
    """One request."""
    rows = gate.open(actor, Action.DECIDE_REQUEST, DisclosureRequest, ref, at=at)
    return _request(rows.select_related("referral").get())


def disclosures(*, actor: Actor, at: datetime) -> tuple[Row, ...]:
    """The area's disclosures: those that wait for a decision first, then the newest; at most PAGE."""
    rows = gate.see(actor, Action.SEE_DISCLOSURES, Disclosure, at=at).select_related("referral", "request")
    found = _rows(rows.order_by("-started_at", "-pk")[:PAGE], at)
    return tuple(sorted(found, key=lambda row: row.state not in WAITING))


def waiting(*, actor: Actor, at: datetime) -> tuple[Row, ...]:
    """The disclosures that wait for a decision here, the oldest first."""
    return _rows(gate.whole(actor, Action.SEE_DISCLOSURES, UNDECIDED, DISCLOSURES, at=at), at)


def about(*, actor: Actor, referral: str, at: datetime) -> tuple[str, str]:
    """The person a new disclosure is about: the spoken reference and the name."""
    row = gate.open(actor, ReferralsAction.SEE_REFERRAL, Referral, referral, at=at).get()
    return spoken(row.ref), row.name


def disclosure(*, actor: Actor, ref: str, at: datetime) -> Page:
    """One disclosure."""
    rows = gate.open(actor, Action.SEE_DISCLOSURE, Disclosure, ref, at=at)
    one = rows.select_related("referral", "request").get()
    partner = Partner.objects.filter(name=one.referral.programme).first() if one.referral else None
    deciders = _deciders(one, at)
    return Page(
        row=_rows([one], at)[0],
        version=one.version,
        content=commands.content(one),
        offered_by=_title(one.service) if one.service else "",
        basis=codes.Basis(one.basis).label if one.basis else "",
        basis_code=one.basis,
        agreement=agreements.title(ref=one.agreement),
        agreement_ref=one.agreement,
        necessity=one.necessity,
        proportionality=one.proportionality,
        offered_because=one.offered_because,
        offered_no_more=one.offered_no_more,
        deciders=deciders,
        question=one.request.question if one.request else "",
        programme=partner.title if partner else "",
        by_hand=partner is not None and partner.transport == Transport.BY_HAND,
        received_at=one.received_at,
        received_from=one.received_from,
        closed_by=_name(one.closed_by),
        closed_at=one.closed_at,
        reason=_reason(one),
        stopped_at=one.stopped_at,
        approved_by_me=any(one.holds(at) and one.by == actor.who for one in commands.given(one)),
        has_referral=one.referral is not None,
    )


def _deciders(one: Disclosure, at: datetime) -> tuple[Decider, ...]:
    return tuple(
        Decider(
            name=_title(given.organisation) if given.organisation else _name(given.by),
            at=given.at,
            until=given.until,
            holds=given.holds(at),
            used=one.sent_at is not None and given.ended_at == one.sent_at,
        )
        for given in commands.given(one)
    )


def _rows(found: Iterable[Disclosure], at: datetime) -> tuple[Row, ...]:
    """The rows of a list, each with the number of people whose approval of its present words holds."""
    listed = list(found)
    bound = {one.pk: commands.digest(one) for one in listed if one.state in WAITING}
    held = approvals.counted(bound.values(), at=at)
    return tuple(_row(one, held.get(bound.get(one.pk, ""), 0)) for one in listed)


def _row(one: Disclosure, held: int) -> Row:
    about = one.referral
    return Row(
        ref=one.ref,
        referral=about.ref if about else "",
        spoken=spoken(about.ref) if about else "",
        name=about.name if about else "Nobody who is referred",
        state=one.state,
        state_label=State(one.state).label,
        approvals=held,
        started_at=one.started_at,
        sent_at=one.sent_at,
    )


def _request(one: DisclosureRequest) -> Request:
    return Request(
        ref=one.ref,
        referral=one.referral.ref,
        spoken=spoken(one.referral.ref),
        name=one.referral.name,
        purpose=codes.Purpose(one.purpose).label,
        question=one.question,
        necessity=one.necessity,
        needed_by=one.needed_by,
        asked_at=one.asked_at,
        is_open=one.state == RequestState.OPEN,
        state=RequestState(one.state).label,
        reason=codes.Refusal(one.reason).label if one.reason else "",
    )


def _reason(one: Disclosure) -> str:
    words = {**dict(codes.Refusal.choices), **dict(codes.Recall.choices)}
    return str(words.get(one.reason, ""))


def _title(name: str) -> str:
    return Partner.objects.filter(name=name).values_list("title", flat=True).first() or name


def _name(ref: str) -> str:
    return "the service that offered it" if ref == "post" else accounts.name(ref=ref) if ref else ""
