"""Questions about judgements of risk, each with a frozen answer."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, Max, OuterRef, Q
from django.db.models.expressions import Combinable

from desist.codes import RiskTool
from desist.programme import clocks
from desist.programme.episodes.models import Episode
from desist.programme.episodes.states import State as EpisodeState
from desist.programme.risk.models import RiskRating
from desist.programme.risk.policy import Action
from desist.references import spoken
from desist.referral.answers import BY_KEY, words
from desist.referral.forms import LABELS
from desist.ui import dates
from desist.wall import gate, policy
from desist.wall.actors import Actor

PAGE = 50


@dataclass(frozen=True)
class JudgementRow:
    """One judgement. A struck-out one says why, and no longer holds."""

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
class RiskPage:
    """A person's judgements, the newest first."""

    episode: str
    spoken: str
    name: str
    rows: tuple[JudgementRow, ...]
    referred: tuple[
        tuple[str, str], ...
    ]  # question and answer of the referrer's judgement, where there is one
    may_record: bool

    @property
    def none_holds(self) -> bool:
        """Whether every judgement of the person was struck out."""
        return bool(self.rows) and all(row.struck_reason for row in self.rows)


@dataclass(frozen=True)
class ToStrike:
    """One judgement, to strike out: whether another holds then, and the signed reports that may repeat it."""

    page: RiskPage
    row: JudgementRow
    only: bool
    reports: tuple[str, ...]


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


@dataclass(frozen=True)
class Unjudged:
    """A person without a valid judgement of risk; `struck_on` is the day the last one was struck out, if any."""

    episode: str
    name: str
    in_sessions: bool
    struck_on: date | None


def risk(*, actor: Actor, episode: str, at: datetime) -> RiskPage:
    """A person's judgements."""
    rows = gate.open(actor, Action.SEE_RISK, Episode, episode, at=at)
    return _page(rows.select_related("referral").get(), actor, at)


def to_record(*, actor: Actor, episode: str, at: datetime) -> RiskPage:
    """A person's judgements, to record one."""
    rows = gate.open(actor, Action.RECORD_RISK, Episode, episode, at=at)
    return _page(rows.select_related("referral").get(), actor, at)


def to_strike(*, actor: Actor, ref: str, at: datetime) -> ToStrike:
    """One judgement with the others of the person, to strike out."""
    rows = gate.open(actor, Action.STRIKE_RISK, RiskRating, ref, at=at)
    one = rows.select_related("episode__referral").get()
    page = _page(one.episode, actor, at)
    return ToStrike(
        page=page,
        row=next(row for row in page.rows if row.ref == ref),
        only=all(row.struck_reason for row in page.rows if row.ref != ref),
        reports=_reports(one),
    )


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
            tool=RiskTool(tool).label,
            result=result,
            rated_on=rated_on,
            review_on=review_on,
            days=(today - review_on).days,
        )
        for who, given, family, tool, result, rated_on, review_on in values
    )


def without(*, actor: Actor, at: datetime) -> tuple[Unjudged, ...]:
    """People on the programme with no current judgement of risk, those in sessions first; at most PAGE."""
    rows = gate.see(actor, Action.SEE_RISK, Episode, at=at).filter(unjudged())
    begun = ExpressionWrapper(Q(state=EpisodeState.IN_SESSIONS), output_field=BooleanField())
    rows = rows.annotate(begun=begun, struck=Max("risk_ratings__struck_at")).order_by(
        "-begun", "opened_at", "pk"
    )
    values = rows.values_list("ref", "referral__given_names", "referral__family_name", "begun", "struck")[
        :PAGE
    ]
    return tuple(
        Unjudged(
            episode=who,
            name=f"{given} {family}",
            in_sessions=begun_already,
            struck_on=dates.day_of(struck) if struck else None,
        )
        for who, given, family, begun_already, struck in values
    )


def unjudged() -> Q:
    """Return the episodes still on the programme without a valid judgement of risk."""
    return Q(~Exists(RiskRating.objects.filter(episode=OuterRef("pk"), struck_at=None)), ended_at=None)


def to_judge(today: date | Combinable) -> Q:
    """Return what asks for a judgement of risk: one that ran out, and one that was struck out where no other holds."""
    return Q(newest(), review_on__lte=today) | none_holds()


def none_holds() -> Q:
    """The judgement that was struck out last, of every person without one that holds."""
    theirs = RiskRating.objects.filter(episode=OuterRef("episode"))
    later = theirs.filter(
        Q(struck_at__gt=OuterRef("struck_at")) | Q(struck_at=OuterRef("struck_at"), pk__gt=OuterRef("pk"))
    )
    return Q(~Exists(theirs.filter(struck_at=None)), ~Exists(later), struck_at__isnull=False)


def newest() -> Q:
    """Return the judgements that hold: not struck out, and without a later one by the same tool."""
    same = RiskRating.objects.filter(episode=OuterRef("episode"), tool=OuterRef("tool"), struck_at=None)
    later = same.filter(
        Q(rated_on__gt=OuterRef("rated_on")) | Q(rated_on=OuterRef("rated_on"), pk__gt=OuterRef("pk"))
    )
    return Q(~Exists(later), struck_at=None)


def _reports(row: RiskRating) -> tuple[str, ...]:
    """The signed reports that may say what was judged: made since it was recorded, and replaced by no other."""
    signed = row.episode.reports.filter(signed_at__gte=row.recorded_at)
    signed = signed.exclude(superseded_by__state="signed").order_by("number")
    found = signed.values_list("number", "signed_at")
    return tuple(f"Exit report, version {number}, signed {dates.on(at)}" for number, at in found if at)


def _page(row: Episode, actor: Actor, at: datetime) -> RiskPage:
    today = at.astimezone(clocks.LONDON).date()
    seen: set[str] = set()
    found = []
    for one in row.risk_ratings.order_by("-rated_on", "-pk"):
        newest = one.tool not in seen and one.struck_at is None
        if newest:
            seen.add(one.tool)
        found.append(
            JudgementRow(
                ref=one.ref,
                tool=RiskTool(one.tool).label,
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
    return RiskPage(
        episode=row.ref,
        spoken=spoken(row.ref),
        name=f"{row.referral.given_names} {row.referral.family_name}",
        rows=tuple(found),
        referred=tuple(
            (LABELS[name], said)
            for name in BY_KEY["risk"].names
            if (said := words(name, getattr(row.referral, name)))
        ),
        may_record=actor.role in policy.rule(Action.RECORD_RISK).roles,
    )
