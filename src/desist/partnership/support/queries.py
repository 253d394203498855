"""Questions about referrals to agencies as an agency reads them, each with a frozen answer."""

from dataclasses import dataclass
from datetime import date, datetime

from desist.accounts import queries as accounts
from desist.agencies import SAY, Basis, Need
from desist.partnership.agencies.models import Agency
from desist.partnership.agencies.terms import queries as terms
from desist.partnership.support.models import SupportReferral
from desist.partnership.support.policy import Action
from desist.partnership.support.states import MAY_SAY, OVER, State, What
from desist.post.models import Partner
from desist.references import spoken
from desist.wall import gate
from desist.wall.actors import Actor

PAGE = 100


@dataclass(frozen=True)
class Row:
    """One referral of a list. `name` is "" once the service withdrew it."""

    ref: str
    spoken: str
    name: str
    need: str
    service: str
    referred_on: date
    state: str
    waits: bool
    over: bool


@dataclass(frozen=True)
class Step:
    """One thing that happened, the newest first."""

    what: str
    on: date
    words: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Page:
    """One referral, what happened to it, and what can be said of it."""

    row: Row
    version: int
    reach: str
    told: str
    agreed: bool
    basis: str
    steps: tuple[Step, ...]
    may_say: tuple[tuple[str, str], ...]


def referrals(*, actor: Actor, at: datetime) -> tuple[Row, ...] | None:
    """The referrals to the actor's agency: those to answer first, then the open ones, then the newest; at most PAGE.

    None where the account has not accepted the present terms: it reads nothing before.
    """
    rows = gate.see(actor, Action.SEE_SUPPORT, SupportReferral, at=at)
    titles = _titles()
    found = [_row(one, titles) for one in rows.order_by("-arrived_at", "-pk")[:PAGE]]
    if not found and (asked := terms.to_accept(actor=actor, at=at)) and not asked.accepted:
        return None
    return tuple(sorted(found, key=lambda one: (not one.waits, one.over)))


def referral(*, actor: Actor, ref: str, at: datetime) -> Page:
    """One referral."""
    return _page(gate.open(actor, Action.SEE_SUPPORT, SupportReferral, ref, at=at).get(), actor)


def to_answer(*, actor: Actor, ref: str, at: datetime) -> Page:
    """One referral, for the colleague who tells the service what came of it."""
    return _page(gate.open(actor, Action.ANSWER_SUPPORT, SupportReferral, ref, at=at).get(), actor)


def agency(*, actor: Actor, ref: str, at: datetime) -> tuple[str, int]:
    """The name of an agency that is taken off the list, and how many of its referrals are open."""
    row = gate.open(actor, Action.END_AGENCY, Agency, ref, at=at).get()
    return row.name, row.referrals.exclude(state__in=OVER).count()


def _titles() -> dict[str, str]:
    return dict(Partner.objects.values_list("name", "title"))


def _row(row: SupportReferral, titles: dict[str, str]) -> Row:
    return Row(
        ref=row.ref,
        spoken=spoken(row.ref),
        name=row.name,
        need=Need(row.need).label,
        service=titles.get(row.sender, row.sender),
        referred_on=row.referred_on,
        state=State(row.state).label,
        waits=row.state == State.NEW,
        over=row.state in OVER,
    )


def _page(row: SupportReferral, actor: Actor) -> Page:
    words = row.told
    return Page(
        row=_row(row, _titles()),
        version=row.version,
        reach=words.get("reach", ""),
        told=words.get("told", ""),
        agreed=row.agreed,
        basis=Basis(row.basis).label,
        steps=tuple(
            Step(
                What(one.what).label,
                one.on,
                one.words,
                accounts.as_read_by(actor, one.by) if one.by else "",
                one.at,
            )
            for one in row.steps.order_by("-at", "-pk")
        ),
        may_say=tuple((one.value, SAY[one]) for one in MAY_SAY[State(row.state)]),
    )
