"""What waits for whoever is signed in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from desist.accounts.alerts import queries as account_alerts
from desist.desk.alerts import queries as alerts
from desist.partnership.attachments import queries as attachments
from desist.partnership.disclosures import queries as disclosures
from desist.partnership.orders import queries as orders
from desist.partnership.pairs import queries as pairs
from desist.partnership.policy import ORDERS, POLICE, Action
from desist.partnership.referrals import queries as sent
from desist.partnership.referrals.models import News as Told
from desist.partnership.referrals.models import Referral
from desist.partnership.referrals.states import News as What
from desist.partnership.referrals.states import State
from desist.partnership.reports import queries as reports
from desist.references import spoken
from desist.wall import gate, policy
from desist.wall.actors import Actor, Role

#: so long whoever began a draft is told that somebody else discarded it
TOLD_FOR = timedelta(days=14)
SHOWN = 20  # the rest is on the orders' own page


@dataclass(frozen=True)
class Draft:
    """A referral that was begun and not sent, or that somebody else discarded: since when."""

    ref: str
    spoken: str
    since: datetime


@dataclass(frozen=True)
class News:
    """The newest that the programme told of a referral and nobody read."""

    ref: str
    spoken: str
    what: str
    came_at: datetime


@dataclass(frozen=True)
class Page:
    """Alerts first, then drafts."""

    alerts: tuple[alerts.Row, ...]
    account_alerts: tuple[account_alerts.Waiting, ...]
    drafts: tuple[Draft, ...]
    discarded: tuple[Draft, ...]
    news: tuple[News, ...]
    orders: tuple[orders.Due, ...]
    requests: tuple[disclosures.Request, ...]
    disclosures: tuple[disclosures.Row, ...]
    pairs: tuple[pairs.Row, ...]
    reports: tuple[reports.Row, ...]
    files: tuple[attachments.Held, ...]


def to_do(*, actor: Actor, at: datetime) -> Page:
    """What waits, the most urgent first."""
    referrals = gate.see(actor, Action.SEE_TO_DO, Referral, at=at)
    begun = referrals.filter(state=State.DRAFT, started_by=actor.who).order_by("started_at")
    drafts = begun.values_list("ref", "started_at")
    return Page(
        alerts=alerts.waiting(actor=actor, at=at),
        account_alerts=account_alerts.waiting(actor=actor, at=at),
        reports=reports.waiting(actor=actor, at=at),
        pairs=pairs.waiting(actor=actor, at=at),
        orders=orders.due(actor=actor, at=at)[:SHOWN] if actor.role in ORDERS else (),
        requests=disclosures.requests(actor=actor, at=at) if actor.role in POLICE else (),
        disclosures=disclosures.waiting(actor=actor, at=at) if actor.role in POLICE else (),
        files=attachments.to_release(actor=actor, at=at) if actor.role in POLICE else (),
        news=_news(referrals, actor) if actor.role in POLICE else (),
        discarded=_discarded(actor, at) if actor.role in POLICE else (),
        drafts=tuple(Draft(ref, spoken(ref), started_at) for ref, started_at in drafts),
    )


def _discarded(actor: Actor, at: datetime) -> tuple[Draft, ...]:
    """Drafts that whoever looks began and somebody else discarded in the last days."""
    theirs = Referral.objects.filter(policy.rule(Action.SEE_DISCARDED).scope(actor), started_by=actor.who)
    rows = sent.ended_drafts(theirs).filter(discarded_at__gt=at - TOLD_FOR).exclude(discarded_by=actor.who)
    found = rows.order_by("discarded_at", "pk").values_list("ref", "discarded_at")
    return tuple(Draft(ref, spoken(ref), since) for ref, since in found)


def _news(referrals: QuerySet[Referral], actor: Actor) -> tuple[News, ...]:
    """What whoever looks has to read of these referrals: the newest of each, the oldest first."""
    lead_of = actor.area if actor.role is Role.FORCE_LEAD else ""
    theirs = sent.read_by(rows=referrals, who=actor.who, lead_of=lead_of)
    rows = Told.objects.filter(referral__in=theirs.values("pk"), read_at=None)
    rows = rows.order_by("referral", "-came_at", "-pk").distinct("referral")
    found = [
        News(ref, spoken(ref), str(What(what).label), came_at)
        for ref, what, came_at in rows.values_list("referral__ref", "what", "came_at")
    ]
    return tuple(sorted(found, key=lambda one: one.came_at))
