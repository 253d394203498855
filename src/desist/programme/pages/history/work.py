"""The events in the work with a person: measures, risk, the plan, sessions, concerns."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import BooleanField, DateField, DateTimeField, Value

from desist.agencies import Need
from desist.agencies.states import State as SupportState
from desist.circumstances.states import Kind, Over, Tie
from desist.codes import RiskTool
from desist.instruments import library
from desist.programme.calendar.planner import states as planning
from desist.programme.concerns.stages import Step
from desist.programme.concerns.states import Outcome
from desist.programme.documents.states import Kind as DocumentKind
from desist.programme.episodes.models import Episode
from desist.programme.letters.states import Kind as LetterKind
from desist.programme.letters.states import Way as LetterWay
from desist.programme.measures.queries import PHONE
from desist.programme.measures.states import Occasion, SafetyOutcome
from desist.programme.orders.key_dates.states import Kind as DayKind
from desist.programme.pages.history.lines import OUTSIDE, Line, Place, acknowledged, midnight
from desist.programme.plans.support.states import OverrideState
from desist.programme.risk.states import Factor
from desist.programme.sessions import queries as sessions
from desist.programme.sessions.contacts.states import Outcome as ContactOutcome
from desist.programme.sessions.contacts.states import Party, Way
from desist.programme.sessions.models import Session
from desist.programme.sessions.states import FollowUp, MissedReason
from desist.programme.sessions.states import State as SessionState
from desist.ui import dates

#: what happened to a plan, before the time that it led to
DONE = {
    planning.Kind.MOVED: "moved to",
    planning.Kind.ADDED: "added for",
    planning.Kind.HELD: "held at another time,",
    planning.Kind.ENTERED: "entered afterwards, held",
}


def measures(episode: Episode) -> Iterator[Line]:
    """Yield measures filled in and struck out, and safety checks."""
    for one in episode.measures.select_related("safety_check"):
        to = Place("measures:measure", one.ref)
        title = library.instrument(name=one.instrument).title
        filled = f"{Occasion(one.occasion).label}, {dates.on(one.taken_on)}"
        by = OUTSIDE if one.recorded_by == PHONE else one.recorded_by
        yield Line(one.recorded_at, f"{title} filled in", by, filled, to=to)
        if one.struck_at:
            yield Line(one.struck_at, f"{title} withdrawn, entered in error", one.struck_by, to=to)
        check = getattr(one, "safety_check", None)
        if check is not None:
            said = str(SafetyOutcome(check.outcome).label)
            yield Line(check.made_at, "Safety check", check.made_by, said, to=to)


def risk(episode: Episode) -> Iterator[Line]:
    """Yield judgements of risk, without their result."""
    to = Place("risk:risk", episode.ref)
    for one in episode.risk_ratings.all():
        tool = str(RiskTool(one.tool).label)
        detail = f"{tool}, review by {dates.on(one.review_on)}"
        yield Line(one.recorded_at, "Judgement of risk recorded", one.recorded_by, detail, to=to)
        if one.struck_at:
            yield Line(
                one.struck_at, "Judgement of risk withdrawn, entered in error", one.struck_by, tool, to=to
            )
    for factor in episode.acute_factors.all():
        kind = str(Factor(factor.kind).label)
        detail = f"{kind}, until {dates.on(factor.until)}"
        yield Line(factor.noted_at, "Acute factor noted", factor.noted_by, detail, to=to)
        if factor.ended_at:
            yield Line(factor.ended_at, "Acute factor ended", factor.ended_by, kind, to=to)
    for typed in episode.typologies.all():
        yield Line(typed.recorded_at, "Type of stalking recorded", typed.recorded_by, to=to)


def circumstances(episode: Episode) -> Iterator[Line]:
    """Yield risks to staff, needs, self-harm, children and family, without their words."""
    told = ("noted_at", "noted_by", "over", "ended_at", "ended_by")
    rows = episode.circumstances.values_list("kind", "as_referred", *told).union(
        episode.relatives.values_list("tie", Value(None, BooleanField()), *told), all=True
    )
    for code, as_referred, *noted in rows:
        if as_referred is None:
            yield from _relative(episode, str(Tie(code).label), noted)
        else:
            yield from _circumstance(episode, "As referred" if as_referred else str(Kind(code).label), noted)
    for version in episode.self_harm.all():
        harm = Place("circumstances:self-harm", episode.ref)
        yield Line(version.saved_at, "Self-harm and crisis plan written", version.saved_by, to=harm)


def _circumstance(episode: Episode, kind: str, noted: Sequence[Any]) -> Iterator[Line]:
    noted_at, noted_by, over, ended_at, ended_by = noted
    to = Place("circumstances:person", episode.ref)
    if kind != "As referred":
        yield Line(noted_at, "Risk to staff or need noted", noted_by, kind, to=to)
    if ended_at:
        what = "reviewed" if over == Over.REVIEWED else "ended"
        yield Line(ended_at, f"Risk to staff or need {what}", ended_by, kind, to=to)


def _relative(episode: Episode, tie: str, noted: Sequence[Any]) -> Iterator[Line]:
    noted_at, noted_by, over, ended_at, ended_by = noted
    family = Place("circumstances:family", episode.ref)
    yield Line(noted_at, "Child or relative noted", noted_by, tie, to=family)
    if ended_at and over != Over.REVIEWED:
        yield Line(ended_at, "Child or relative taken off the list", ended_by, tie, to=family)


def risk_forms(episode: Episode) -> Iterator[Line]:
    """Yield versions of the service's own risk form: begun, and signed."""
    for one in episode.risk_forms.all():
        to = Place("scenarios:form", one.ref)
        yield Line(one.begun_at, f"Risk form, version {one.number}, begun", one.begun_by, to=to)
        if one.signed_at:
            yield Line(one.signed_at, f"Risk form, version {one.number}, signed", one.signed_by, to=to)


def plans(episode: Episode) -> Iterator[Line]:
    """Yield goals and the days on which they were rated, and versions of the coping plan."""
    to = Place("plans:plan", episode.ref)
    told: set[int] = set()
    rated = ("ratings__recorded_at", "ratings__recorded_by")
    for goal, made_at, made_by, at, by in episode.goals.values_list("pk", "made_at", "made_by", *rated):
        if goal not in told:
            told.add(goal)
            yield Line(made_at, "Goal set", made_by, to=to)
        if at:
            yield Line(at, "Goal rated", by, to=to)
    for judged in episode.readiness.all():
        yield Line(judged.recorded_at, "Readiness judged", judged.recorded_by, to=to)
    to = Place("coping:plan", episode.ref)
    for plan in episode.coping_plans.all():
        yield Line(plan.written_at, f"Coping plan written, version {plan.number}", plan.written_by, to=to)


def support(episode: Episode) -> Iterator[Line]:
    """Support from partner agencies."""
    to = Place("support:support", episode.ref)
    day, moment = (Value(None, output_field=kind()) for kind in (DateField, DateTimeField))
    referred = episode.support.order_by().values_list(
        "need", "agency__name", "state", "recorded_at", "referred_by", "answered_on", moment, Value("")
    )
    asked = episode.support_overrides.order_by().values_list(
        Value(""), "agency__name", "state", "asked_at", "asked_by", day, "decided_at", "decided_by"
    )
    for need, agency, state, at, by, answered_on, decided_at, decided_by in referred.union(asked, all=True):
        if need:
            yield Line(at, "Referred to an agency", by, f"{agency}: {Need(need).label.lower()}", to=to)
        else:
            yield Line(at, "Referral asked for without agreement", by, agency, to=to)
        if answered_on:
            said = f"{agency}: {SupportState(state).label.lower()}"
            yield Line(midnight(answered_on), "The agency answered", OUTSIDE, said, to=to, whole_day=True)
        if decided_at:
            said = f"{agency}: {OverrideState(state).label.lower()}"
            yield Line(decided_at, "Referral without agreement decided", decided_by, said, to=to)


def places_and_times(episode: Episode) -> Iterator[Line]:
    """Yield times when the person cannot come, and answers about places that an order excludes."""
    to = Place("planner:planner", episode.ref)
    for one in episode.busy_times.all():
        yield Line(one.noted_at, "Unavailable time added", one.noted_by, to=to)
        if one.removed_at:
            yield Line(one.removed_at, "Unavailable time removed", one.removed_by, to=to)
    for check in episode.place_checks.select_related("premises"):
        inside = f"inside; {planning.Inside(check.reason).label.lower()}" if check.inside else "outside"
        said = f"{check.premises.name if check.premises else 'A place not on a list'}: {inside}"
        yield Line(check.said_at, "Place checked against an order", check.said_by, said, to=to)


def days_ahead(episode: Episode) -> Iterator[Line]:
    """Yield noted days ahead, changed, and taken off the list."""
    to = Place("key_dates:days", episode.ref)
    for one in episode.days_ahead.all():
        kind = str(DayKind(one.kind).label)
        yield Line(one.noted_at, "Key date added", one.noted_by, kind, to=to)
        if one.changed_at:
            yield Line(one.changed_at, "Key date changed", one.changed_by, kind, to=to)
        if one.removed_at:
            yield Line(one.removed_at, "Key date removed", one.removed_by, kind, to=to)


def contacts(episode: Episode) -> Iterator[Line]:
    """Yield contacts outside sessions, without what was said; a struck-out one makes a further line."""
    to = Place("contacts:person", episode.ref)
    for one in episode.referral.contacts.all():
        coded = (Way(one.way).label, ContactOutcome(one.outcome).label)
        what = f"Contact with {str(Party(one.party).label).lower()}"
        yield Line(one.held_at, what, one.noted_by, ", ".join(map(str, coded)).lower(), to=to)
        if one.struck_at:
            yield Line(one.struck_at, "Contact withdrawn, entered in error", one.struck_by, to=to)


def documents(episode: Episode) -> Iterator[Line]:
    """Yield documents filed and removed, without their names."""
    to = Place("documents:documents", episode.ref)
    for one in episode.documents.defer("sealed"):
        kind = str(DocumentKind(one.kind).label)
        yield Line(one.filed_at, "Document filed", one.filed_by, kind, to=to)
        if one.removed_at:
            yield Line(one.removed_at, "Document removed", one.removed_by, kind, to=to)


def letters(episode: Episode) -> Iterator[Line]:
    """Yield letters that went out; the document of each is a line of its own."""
    to = Place("letters:letters", episode.ref)
    for one in episode.letters.all():
        if one.sent_on:
            how = f"{LetterKind(one.kind).label}, {LetterWay(one.way).label.lower()}"
            yield Line(midnight(one.sent_on), "Letter went out", one.settled_by, how, to=to)


def meetings(episode: Episode) -> Iterator[Line]:
    """Yield sessions recorded, missed and followed up, their chains, and the fact of feedback."""
    for one in episode.sessions.select_related("feedback").prefetch_related("chains", "corrections"):
        yield from _recorded(one)
        feedback = getattr(one, "feedback", None)
        if feedback is not None:
            words = f"Feedback on {sessions.title(one).lower()}"
            yield Line(feedback.given_at, words, OUTSIDE, to=Place("sessions:session", one.ref))
        for chain in one.chains.all():
            kind = "an urge resisted" if chain.resisted else "an act"
            to = Place("chains:chain", chain.ref)
            yield Line(chain.started_at, f"Chain of {kind} started", chain.started_by, to=to)


def _recorded(one: Session) -> Iterator[Line]:
    to, title = Place("sessions:session", one.ref), sessions.title(one)
    if one.recorded_at:
        # A correction is a line of its own: this one says what was said then.
        corrected = min(one.corrections.all(), key=lambda late: late.version, default=None)
        missed = (corrected.before if corrected else one.state) == SessionState.MISSED
        reason = str(MissedReason(one.missed_reason).label) if one.missed_reason else ""
        why = reason if missed else f"held {dates.at(one.period.lower)}"
        words = f"{title} {'missed' if missed else 'recorded'}"
        yield Line(one.recorded_at, words, one.recorded_by, why, to=to)
    if one.followed_up_at:
        tried = f"{one.attempts} {'attempt' if one.attempts == 1 else 'attempts'}"
        how = f"{FollowUp(one.follow_up).label}, {dates.on(one.tried_on or one.followed_up_at)}, {tried}"
        words = f"Contact after {title.lower()} was missed"
        yield Line(one.followed_up_at, words, one.followed_up_by, how, to=to)


def moves(episode: Episode) -> Iterator[Line]:
    """Yield sessions planned in another way: who asked, why, and when they were before."""
    for session in episode.sessions.prefetch_related("moves"):
        for one in session.moves.all():
            asked = (
                f"{planning.Asked(one.asked_by).label.lower()} asked: {planning.Why(one.why).label.lower()}"
            )
            before = f"; before, {dates.at(one.before.lower)}" if one.before else ""
            to = (
                f" {DONE[planning.Kind(one.kind)]} {dates.at(one.after.lower)}" if one.after else " cancelled"
            )
            words = f"{sessions.title(session)}{to}"
            place = Place("sessions:session", session.ref)
            yield Line(one.made_at, words, one.made_by, f"{asked}{before}", to=place)


def concerns(episode: Episode) -> Iterator[Line]:
    """Yield concerns raised, taken up on the other side, followed step by step, and closed."""
    for one in episode.referral.concerns.select_related("alert"):
        to = Place("concerns:concern", one.ref)
        told = f"someone was told {dates.at(one.told_at)}"
        yield Line(one.raised_at, "Concern raised", one.raised_by, told, to=to)
        yield from acknowledged(one.alert, to=to)
        if one.closed_at:
            yield Line(one.closed_at, "Concern closed", one.closed_by, str(Outcome(one.outcome).label), to=to)
    steps = episode.referral.concerns.exclude(steps_taken=None)
    for ref, step, by, at in steps.values_list(
        "ref", *(f"steps_taken__{name}" for name in ("step", "by", "at"))
    ):
        yield Line(at, f"Concern: {Step(step).label.lower()}", by, to=Place("concerns:concern", ref))
