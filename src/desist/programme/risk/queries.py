"""Questions about judgements of risk, each with a frozen answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, Max, OuterRef, Q
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from desist.codes import RiskTool
from desist.programme import clocks
from desist.programme.episodes.models import Episode
from desist.programme.episodes.states import State as EpisodeState
from desist.programme.referrals import judged
from desist.programme.risk.models import AcuteFactor, RiskRating
from desist.programme.risk.policy import Action
from desist.programme.risk.states import Alerted, Compared, Factor, Motive, Over
from desist.references import spoken
from desist.referral.answers import of, said, words
from desist.referral.forms import LABELS
from desist.ui import charts, dates
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
    compared: str
    alerting: str  # who hears of a higher judgement


@dataclass(frozen=True)
class FactorRow:
    """One acute factor; `over` says why it ended before its day, else empty."""

    ref: str
    kind: str
    words: str
    noticed_on: date
    until: date
    over: str
    now: bool


@dataclass(frozen=True)
class TypeRow:
    """One judgement of the type of stalking."""

    motive: str
    rationale: str
    rater: str
    rated_on: date
    behaviours: str


@dataclass(frozen=True)
class Acute:
    """The acute factors of a person, the newest first, and beside each session held or missed those that counted then."""

    rows: tuple[FactorRow, ...]
    sessions: tuple[tuple[int, date, tuple[str, ...]], ...]  # number, day, kinds

    @property
    def now(self) -> tuple[FactorRow, ...]:
        """Those that count today."""
        return tuple(row for row in self.rows if row.now)

    @property
    def lines(self) -> list[tuple[str, float, list[charts.Value]]]:
        """The strip as the chart takes it: a line a kind, above where it counted at a session."""
        seen = [kind for kind in Factor.labels if any(kind in kinds for _, _, kinds in self.sessions)]
        return [(kind, 1, [float(kind in kinds) for _, _, kinds in self.sessions]) for kind in seen]


@dataclass(frozen=True)
class RiskPage:
    """A person's judgements, acute factors and types, the newest first."""

    episode: str
    spoken: str
    name: str
    rows: tuple[JudgementRow, ...]
    acute: Acute
    types: tuple[TypeRow, ...]
    #: question and answer of the referrer's judgement, where there is one
    referred: tuple[tuple[str, str], ...]
    police: judged.Judgements
    may_record: bool

    @property
    def none_holds(self) -> bool:
        """Whether every judgement of the person was struck out."""
        return bool(self.rows) and all(row.struck_reason for row in self.rows)


@dataclass(frozen=True)
class ToEnd:
    """One acute factor of a person, to end."""

    page: RiskPage
    row: FactorRow


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


def to_end(*, actor: Actor, ref: str, at: datetime) -> ToEnd:
    """One acute factor with the others of the person, to end."""
    rows = gate.open(actor, Action.END_FACTOR, AcuteFactor, ref, at=at)
    page = _page(rows.select_related("episode__referral").get().episode, actor, at)
    return ToEnd(page, next(row for row in page.acute.rows if row.ref == ref))


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


def acute_now(today: date | Cast) -> Q:
    """Return the acute factors that count on a day, as far as is known now."""
    return Q(noticed_on__lte=today, until__gte=today, over="")


def _acute(row: Episode, today: date) -> Acute:
    rows = list(row.acute_factors.order_by("-noticed_on", "-pk"))
    held = (
        row.sessions.exclude(kind="motivational")
        .exclude(state="cancelled")
        .order_by("period")
        .values_list("number", "period")
    )
    days = [(number, dates.day_of(period.lower)) for number, period in held]
    return Acute(
        rows=tuple(
            FactorRow(
                ref=one.ref,
                kind=str(Factor(one.kind).label),
                words=one.words,
                noticed_on=one.noticed_on,
                until=one.until,
                over=str(Over(one.over).label) if one.over else "",
                now=not one.over and one.noticed_on <= today <= one.until,
            )
            for one in rows
        ),
        sessions=tuple(
            (number, day, tuple(str(kind.label) for kind in Factor if _counted(rows, kind, day)))
            for number, day in days
            if day <= today
        ),
    )


def _counted(rows: Iterable[AcuteFactor], kind: Factor, day: date) -> bool:
    """Return whether a kind of factor counted on a day: one entered in error never did."""
    mine = (one for one in rows if one.kind == kind and one.over != Over.ERROR)
    return any(
        one.noticed_on <= day <= min(one.until, dates.day_of(one.ended_at) if one.ended_at else one.until)
        for one in mine
    )


def _judgements(row: Episode, today: date) -> tuple[JudgementRow, ...]:
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
                compared=str(Compared(one.compared).label) if one.compared else "",
                alerting="; ".join(str(Alerted(code).label) for code in one.alerting),
            )
        )
    return tuple(found)


def _page(row: Episode, actor: Actor, at: datetime) -> RiskPage:
    today = at.astimezone(clocks.LONDON).date()
    return RiskPage(
        episode=row.ref,
        spoken=spoken(row.ref),
        name=f"{row.referral.given_names} {row.referral.family_name}",
        rows=_judgements(row, today),
        acute=_acute(row, today),
        types=tuple(
            TypeRow(
                motive=str(Motive(one.motive).label),
                rationale=one.rationale,
                rater=one.rater,
                rated_on=one.rated_on,
                behaviours=words("behaviours", one.behaviours),
            )
            for one in row.typologies.order_by("-rated_on", "-pk")
        ),
        referred=tuple((LABELS[name], answer) for name, answer in said("risk", of(row.referral))),
        police=judged.judgements(row.referral, actor),
        may_record=actor.role in policy.rule(Action.RECORD_RISK).roles,
    )
