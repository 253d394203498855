"""Questions about judgements of risk, each with a frozen answer."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, F, OuterRef, Q

from desist.programme import clocks
from desist.programme.episodes.models import Episode
from desist.programme.policy import Action
from desist.programme.risk.models import RiskRating
from desist.programme.risk.states import Tool
from desist.references import spoken
from desist.wall import gate, policy
from desist.wall.actors import Actor

PAGE = 50


@dataclass(frozen=True)
class Row:
    """One judgement. One that was struck out says why, and holds for nothing."""

    ref: str
    tool: str
    version: str
    result: str
    rationale: str
    sources: str
    rater: str
    trained: bool
    rated_on: date
    review_on: date
    newest: bool  # of its tool, among those that hold
    overdue: bool
    struck_reason: str


@dataclass(frozen=True)
class Page:
    """A person's judgements, the newest first."""

    episode: str
    spoken: str
    name: str
    rows: tuple[Row, ...]
    may_record: bool


@dataclass(frozen=True)
class Overdue:
    """A review that is due or overdue."""

    episode: str
    spoken: str
    name: str
    tool: str
    result: str
    rated_on: date
    review_on: date
    days: int


def risk(*, actor: Actor, episode: str, at: datetime) -> Page:
    """A person's judgements."""
    rows = gate.open(actor, Action.SEE_RISK, Episode, episode, at=at)
    return _page(rows.select_related("referral").get(), actor, at)


def to_record(*, actor: Actor, episode: str, at: datetime) -> Page:
    """The same for whoever records one."""
    rows = gate.open(actor, Action.RECORD_RISK, Episode, episode, at=at)
    return _page(rows.select_related("referral").get(), actor, at)


def to_strike(*, actor: Actor, ref: str, at: datetime) -> tuple[Page, Row]:
    """One judgement with the others of the person, for whoever strikes it out."""
    one = gate.open(actor, Action.STRIKE_RISK, RiskRating, ref, at=at)
    page = _page(one.select_related("episode__referral").get().episode, actor, at)
    return page, next(row for row in page.rows if row.ref == ref)


def overdue(*, actor: Actor, at: datetime, after: str = "") -> tuple[Overdue, ...]:
    """Reviews that are due, of people still on the programme, the longest overdue first, PAGE at a time."""
    today = at.astimezone(clocks.LONDON).date()
    rows = gate.see(actor, Action.SEE_REVIEWS, RiskRating, at=at)
    due = rows.filter(newest(), review_on__lte=today, episode__ended_at=None).order_by("review_on", "pk")
    if last := rows.filter(ref=after).values_list("review_on", "pk").first():
        due = due.filter(Q(review_on__gt=last[0]) | Q(review_on=last[0], pk__gt=last[1]))
    values = due.annotate(
        who=F("episode__ref"),
        given=F("episode__referral__given_names"),
        family=F("episode__referral__family_name"),
    ).values_list("who", "given", "family", "tool", "result", "rated_on", "review_on")[:PAGE]
    return tuple(
        Overdue(
            episode=who,
            spoken=spoken(who),
            name=f"{given} {family}",
            tool=Tool(tool).label,
            result=result,
            rated_on=rated_on,
            review_on=review_on,
            days=(today - review_on).days,
        )
        for who, given, family, tool, result, rated_on, review_on in values
    )


def newest() -> Q:
    """The judgements that were not struck out and that no later one made with the same tool follows: those that hold."""
    same = RiskRating.objects.filter(episode=OuterRef("episode"), tool=OuterRef("tool"), struck_at=None)
    later = same.filter(
        Q(rated_on__gt=OuterRef("rated_on")) | Q(rated_on=OuterRef("rated_on"), pk__gt=OuterRef("pk"))
    )
    return Q(~Exists(later), struck_at=None)


def _page(row: Episode, actor: Actor, at: datetime) -> Page:
    today = at.astimezone(clocks.LONDON).date()
    seen: set[str] = set()
    found = []
    for one in row.risk_ratings.order_by("-rated_on", "-pk"):
        newest = one.tool not in seen and one.struck_at is None
        if newest:
            seen.add(one.tool)
        found.append(
            Row(
                ref=one.ref,
                tool=Tool(one.tool).label,
                version=one.tool_version,
                result=one.result,
                rationale=one.rationale,
                sources=one.sources,
                rater=one.rater,
                trained=one.rater_trained,
                rated_on=one.rated_on,
                review_on=one.review_on,
                newest=newest,
                overdue=newest and one.review_on <= today,
                struck_reason=one.struck_reason,
            )
        )
    return Page(
        episode=row.ref,
        spoken=spoken(row.ref),
        name=f"{row.referral.given_names} {row.referral.family_name}",
        rows=tuple(found),
        may_record=actor.role in policy.rule(Action.RECORD_RISK).roles,
    )
