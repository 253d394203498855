"""What the signed-in account has to do."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet, Value

from desist.accounts.alerts import queries as account_alerts
from desist.declarations import queries as declarations
from desist.desk.alerts import queries as alerts
from desist.merges import queries as merges
from desist.partnership.agencies import queries as agencies
from desist.partnership.agencies.terms import queries as terms
from desist.partnership.attachments import queries as attachments
from desist.partnership.breaches import queries as breaches
from desist.partnership.disclosures import queries as disclosures
from desist.partnership.extracts import queries as extracts
from desist.partnership.judgements.models import JudgementRequest
from desist.partnership.judgements.policy import Action as JudgementsAction
from desist.partnership.pages.home import lines
from desist.partnership.pages.home.policy import Action
from desist.partnership.pages.order import queries as orders
from desist.partnership.pages.referral import queries as sent
from desist.partnership.pairs import queries as pairs
from desist.partnership.panels.panel_actions import queries as panel_actions
from desist.partnership.policy import ORDERS, POLICE
from desist.partnership.referrals.models import News as Told
from desist.partnership.referrals.models import Referral
from desist.partnership.referrals.policy import Action as ReferralsAction
from desist.partnership.referrals.states import News as What
from desist.partnership.referrals.states import State
from desist.partnership.releases import queries as releases
from desist.partnership.reports import queries as reports
from desist.partnership.transfers import queries as transfers
from desist.quarterly import queries as returns
from desist.references import spoken
from desist.tasks import queries as tasks
from desist.tasks.cases import HOLDERS, called
from desist.ui import dates, todo
from desist.ui.todo import Group, Line, When
from desist.wall import gate
from desist.wall.actors import Actor, Role
from desist.wall.statements import Question, Slot, moment, texts

#: how long the officer who began a draft sees that a colleague discarded it
TOLD_FOR = timedelta(days=14)
BEGUN, ASKED = "begun", "asked"
SHOWN = 20  # the rest is on the orders' own page


def to_do(*, actor: Actor, at: datetime) -> tuple[Group, ...]:
    """What the actor has to do, by when."""
    own = gate.read(actor, Action.SEE_TO_DO, OWN, at=at, today=dates.day_of(at).isoformat())
    asked = [ref for kind, ref, *_ in own if kind == ASKED]
    kept = [
        *agencies.stale(actor=actor, at=at),
        *terms.owed(actor=actor),
        *panel_actions.lines(asked, actor=actor),
        *panel_actions.escalated(actor=actor, at=at),
    ]
    if actor.role is Role.PANEL_CHAIR:
        return todo.grouped(kept, at=at)
    found = [
        *kept,
        *alerts.to_do(actor=actor, at=at, named=_names(actor)),
        *account_alerts.to_do(actor=actor, at=at),
        *tasks.to_do(actor=actor, at=at),
        *declarations.to_do(actor=actor, at=at),
        *merges.to_do(actor=actor, at=at),
        *returns.to_do(actor=actor, at=at),
        *breaches.to_do(actor=actor, at=at),
        *lines.of_reports(reports.waiting(actor=actor, at=at)),
        *lines.of_pairs(pairs.waiting(actor=actor, at=at), at),
    ]
    if actor.role in ORDERS:
        found += extracts.to_do(actor=actor, at=at)
        found += lines.of_orders(orders.due(actor=actor, at=at)[:SHOWN])
        found += transfers.to_do(actor=actor, at=at)
        found += lines.of_releases(releases.due(actor=actor, at=at))
        found += lines.of_refusals(releases.too_late(actor=actor, at=at))
    if actor.role in POLICE:
        found += lines.of_requests(disclosures.requests(actor=actor, at=at))
        found += lines.of_judgements(_judgements(actor))
        found += lines.of_disclosures(disclosures.waiting(actor=actor, at=at))
        found += lines.of_files(attachments.to_release(actor=actor, at=at))
        found += _news(actor, at)
        found += _discarded(actor, at)
    return todo.grouped([*found, *_begun(own)], at=at)


def _begun(own: Sequence[tuple[Any, ...]]) -> Iterator[Line]:
    """Referrals to finish."""
    for kind, ref, given, family, since in own:
        if kind == BEGUN:
            yield _line(ref, f"{given} {family}".strip(), "finish the referral").but(since=since)


def for_today(*, actor: Actor, at: datetime) -> int:
    """How much the actor has to do today, as To do shows it."""
    return todo.for_today(to_do(actor=actor, at=at))


def gives_tasks(*, actor: Actor) -> bool:
    """Whether the actor's role gives tasks to itself and to colleagues."""
    return actor.role in HOLDERS


def _names(actor: Actor) -> Callable[[Collection[str]], Mapping[str, str]]:
    """What finds the names of cases of alerts, where a case is a referral."""

    def named(refs: Collection[str]) -> Mapping[str, str]:
        return called(gate.within(actor, Action.SEE_TO_DO, NAMED, refs=list(refs)))

    return named


def _named(rows: QuerySet[Referral]) -> QuerySet[Any]:
    return rows.filter(ref__in=texts("refs")).values_list("ref", "given_names", "family_name")


NAMED = Question(Referral, _named)


def _of(row: Referral, words: str) -> Line:
    """One thing to do about a referral. It names the person once the referral has a name."""
    return _line(row.ref, row.name, words)


def _line(ref: str, name: str, words: str) -> Line:
    said = words if name else f"{words[:1].upper()}{words[1:]}"
    return Line(words=said, route="referrals:referral", ref=ref, name=name, spoken=spoken(ref))


def _discarded(actor: Actor, at: datetime) -> Iterator[Line]:
    """The actor's drafts that a colleague discarded in the last days. No word of the drafts is left."""
    keys = gate.within(actor, ReferralsAction.SEE_DISCARDED, DISCARDED, since=at - TOLD_FOR)
    rows = Referral.objects.filter(pk__in=[pk for (pk,) in keys])
    for one in sent.ended_drafts(rows).order_by("discarded_at", "pk") if keys else ():
        line = _of(one, "a colleague discarded your draft")
        yield line.but(when=When.NEW, clock=dates.age(one.discarded_at, at), since=one.discarded_at)


def _news(actor: Actor, at: datetime) -> Iterator[Line]:
    """The newest unread news of each referral for the actor."""
    leads = actor.role is Role.FORCE_LEAD
    known = {"others": sent.others_at_work(area=actor.area, who=actor.who)} if leads else {}
    keys = gate.within(actor, Action.SEE_TO_DO, NEWS_OF_A_LEAD if leads else NEWS, **known)
    rows = Told.objects.filter(pk__in=[pk for (pk,) in keys]).select_related("referral")
    for one in rows.order_by("referral") if keys else ():
        line = _of(one.referral, f"read what is new: {str(What(one.what).label).lower()}")
        yield line.but(when=When.NEW, clock=dates.age(one.came_at, at), since=one.came_at)


def _judgements(actor: Actor) -> list[tuple[Any, ...]]:
    """The people whom programmes ask the police to judge, the oldest question first."""
    return gate.within(actor, JudgementsAction.SEE_JUDGEMENTS, JUDGEMENTS)


def _own(rows: QuerySet[Referral]) -> QuerySet[Any]:
    """The actor's drafts, and what panels asked, in one statement: (kind, reference, names, since)."""
    drafts = rows.filter(state=State.DRAFT, started_by=Slot("who")).annotate(kind=Value(BEGUN))
    asked = panel_actions.waiting(rows).annotate(kind=Value(ASKED), given=Value(""), family=Value(""))
    return drafts.values_list("kind", "ref", "given_names", "family_name", "started_at").union(
        asked.values_list("kind", "ref", "given", "family", "due_on"), all=True
    )


def _discarded_lately(rows: QuerySet[Referral]) -> QuerySet[Any]:
    ended = sent.ended_drafts(rows.filter(started_by=Slot("who")))
    return ended.filter(discarded_at__gt=moment("since")).exclude(discarded_by=Slot("who")).values_list("pk")


def _unread(theirs: QuerySet[Referral]) -> QuerySet[Any]:
    rows = Told.objects.filter(referral__in=theirs.values("pk"), read_at=None)
    return rows.order_by("referral", "-came_at", "-pk").distinct("referral").values_list("pk")


def _to_judge(rows: QuerySet[JudgementRequest]) -> QuerySet[Any]:
    waiting = rows.filter(answered_at=None).order_by("asked_at")
    return waiting.values_list("ref", "given_names", "family_name", "asked_at")[:SHOWN]


JUDGEMENTS = Question(JudgementRequest, _to_judge)
OWN, DISCARDED = Question(Referral, _own), Question(Referral, _discarded_lately)
NEWS = Question(Referral, lambda rows: _unread(sent.sent_by(rows, Slot("who"))))
NEWS_OF_A_LEAD = Question(Referral, lambda rows: _unread(sent.not_sent_by(rows, texts("others"))))
