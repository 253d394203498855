"""What is due about people: the tasks of their practitioner, and of a manager where they have none."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import DateTimeField, Exists, OuterRef, Q, QuerySet, Subquery, Value

from desist.agencies import ANSWERS_WITHIN, Said
from desist.agencies.states import FOLLOWS, State
from desist.codes import RiskTool
from desist.programme import clocks
from desist.programme.agreement.models import FollowUpTask
from desist.programme.agreement.states import FollowUp
from desist.programme.calendar.clashes import queries as clashes
from desist.programme.calendar.meetings.queries import Meeting
from desist.programme.circumstances import queries as circumstances
from desist.programme.circumstances.models import Circumstance, SelfHarm
from desist.programme.leaving.followups import queries as followups
from desist.programme.leaving.models import Leaving
from desist.programme.leaving.reports import queries as reports
from desist.programme.leaving.states import STANDS
from desist.programme.leaving.states import State as LeavingState
from desist.programme.measures.models import Measure
from desist.programme.pages.home import pathway
from desist.programme.pages.home.cases import Cases
from desist.programme.phones.models import UNANSWERED, PhoneRequest
from desist.programme.phones.states import Kind
from desist.programme.plans.support import queries as support
from desist.programme.plans.support.models import SupportNews, SupportReferral
from desist.programme.risk import queries as risk
from desist.programme.risk.models import RiskRating
from desist.programme.risk.scenarios.models import RiskForm
from desist.programme.risk.scenarios.states import State as FormState
from desist.programme.sessions.models import Session
from desist.programme.sessions.reached import UNCONTACTED
from desist.programme.sessions.states import title
from desist.ui import dates
from desist.ui.todo import Line, When
from desist.wall import policy
from desist.wall.actors import Actor
from desist.wall.statements import Statement, among, day

#: the most of each kind that one page shows: the most urgent ones
MOST = 50


def due(cases: Cases, meetings: Sequence[Meeting], *, actor: Actor, at: datetime) -> Iterator[Line]:
    """Return what is due about these people; nothing is asked where there are none."""
    if not cases:
        return
    yield from _safety_checks(cases)
    yield from _leavings(cases, at)
    yield from _withdrawals(cases, at)
    for one in cases.values():
        yield from pathway.ordered(one)
        yield from pathway.missing(one, at=at)
    for moved in clashes.to_move(people=list(cases), actor=actor, at=at)[:MOST]:
        one, by = cases[moved.episode], dates.day_of(moved.starts_at)
        yield one.line(moved.words, moved.route, moved.ref, by=by, clock=moved.clock)
    yield from _without_outcome(cases, meetings, at)
    yield from _missed(cases, at)
    yield from _reviews(cases, actor, at)
    yield from _risk_forms(cases, at)
    yield from _ended(cases, at)
    yield from _sent(cases)
    yield from _supported(cases, actor, at)


def _safety_checks(cases: Cases) -> Iterator[Line]:
    """Return the answers that demand a safety check: these come before everything else."""
    for ref, episode in SAFETY_CHECKS.rows(people=list(cases)):
        yield cases[episode].line("do the safety check", "measures:measure", ref, clock="Do now", now=True)


def _leavings(cases: Cases, at: datetime) -> Iterator[Line]:
    """Return deselections: while one is held nothing is said; once it is over, the person has to be told."""
    for episode, until, state in LEAVINGS.rows(people=list(cases)):
        if state == LeavingState.HELD and until:
            words, clock = (
                "do not yet tell anyone that their place is ending",
                f"Held until {dates.at(until)}",
            )
            yield cases[episode].line(words, "leaving:leaving", when=When.WAITING, clock=clock)
        else:
            yield cases[episode].line(
                "tell them that their place has ended", "leaving:leaving", since=until or at
            )


def _withdrawals(cases: Cases, at: datetime) -> Iterator[Line]:
    """Return what follows from withdrawals and is due today or overdue."""
    for episode, kind, due_on in WITHDRAWALS.rows(people=list(cases), today=dates.day_of(at)):
        yield cases[episode].line(f"withdrew. {FollowUp(kind).label}", "agreement:agreement", by=due_on)


def _without_outcome(cases: Cases, meetings: Sequence[Meeting], at: datetime) -> Iterator[Line]:
    """Return the meetings that are over and have no outcome; late when RECORD_DAYS have passed."""
    for one in meetings:
        if one.ends_at < at and one.episode in cases:
            words = (
                "finish or cancel the assessment"
                if one.assessment
                else f"finish the record of {one.title.lower()}"
            )
            yield cases[one.episode].line(
                words,
                "assessments:assessment" if one.assessment else "sessions:session",
                one.ref,
                by=dates.day_of(one.ends_at) + timedelta(days=clocks.RECORD_DAYS),
                clock=f"held {dates.age(one.ends_at, at)}",
                when=When.TODAY,
            )


def _missed(cases: Cases, at: datetime) -> Iterator[Line]:
    """Return missed sessions after which nobody has spoken with the person."""
    for ref, episode, kind, number, period, tried in MISSED.rows(people=list(cases)):
        so_far = f", tried {tried} {'time' if tried == 1 else 'times'}" if tried else ""
        words = (
            f"contact them about {title(kind, number).lower()}, missed on {dates.on(period.lower)}{so_far}"
        )
        by = clocks.follow_up(missed_on=period.lower, now=at).last
        yield cases[episode].line(words, "sessions:session", ref, by=by)


def _reviews(cases: Cases, actor: Actor, at: datetime) -> Iterator[Line]:
    """Return what is to be reviewed today or earlier, and the people for whom no judgement of risk holds."""
    people = [one.pk for one in cases.values() if (one.judged or one.noted) and not one.ended_at]
    writes = policy.opens(actor.role, "circumstances:review")
    found = REVIEWS.rows(people=people, today=dates.day_of(at)) if people else ()
    for what, episode, ref, code, review_on, struck_at in found:
        if what == "noted":
            page = "circumstances:person" if ref else "circumstances:self-harm"
            route, row = ("circumstances:review", ref) if ref and writes else (page, "")
            words = circumstances.review_words(code)
            yield cases[episode].line(f"review {words[:1].lower()}{words[1:]}", route, row, by=review_on)
        elif struck_at:
            words, clock = (
                "record a judgement of risk: none holds now",
                f"the last one was withdrawn {dates.age(struck_at, at)}",
            )
            yield cases[episode].line(words, "risk:risk", by=dates.day_of(struck_at), clock=clock)
        else:
            words = f"review the judgement of risk ({RiskTool(code).label})"
            yield cases[episode].line(words, "risk:risk", by=review_on)


def _risk_forms(cases: Cases, at: datetime) -> Iterator[Line]:
    """Return signed risk forms to review, and those that were given back to be changed."""
    people = [one.pk for one in cases.values() if one.formed and not one.ended_at]
    for ref, episode, state, review_on in (
        RISK_FORMS.rows(people=people, today=dates.day_of(at)) if people else ()
    ):
        if state == FormState.SIGNED:
            yield cases[episode].line("review the risk form", "scenarios:form", ref, by=review_on)
        else:
            yield cases[episode].line("the risk form was given back: change it", "scenarios:form", ref)


def _ended(cases: Cases, at: datetime) -> Iterator[Line]:
    """Return the exit reports to write and the follow-ups due soon or before, of people who left or completed."""
    over = [one.pk for one in cases.values() if one.ended_at]
    if over:
        for report in reports.to_write(episodes=over, at=at):
            yield cases[report.episode].line(report.words, report.route, report.ref, since=report.since)
        for later in followups.due(episodes=over, at=at):
            words = f"follow-up at {later.months} months"
            yield cases[later.episode].line(words, "followups:record", later.ref, by=later.due_on)


def _safety() -> QuerySet[Any]:
    rows = Measure.objects.filter(
        episode__in=among("people"), flagged=True, safety_check=None, struck_at=None
    )
    return rows.order_by("recorded_at", "pk").values_list("ref", "episode")[:MOST]


def _held() -> QuerySet[Any]:
    rows = Leaving.objects.filter(episode__in=among("people"), told_at=None, state__in=STANDS)
    rows = rows.exclude(held_until=None).order_by("held_until")
    return rows.values_list("episode", "held_until", "state")[:MOST]


def _withdrew() -> QuerySet[Any]:
    rows = FollowUpTask.objects.filter(episode__in=among("people"), done_at=None, due_on__lte=day("today"))
    return rows.order_by("due_on", "pk").values_list("episode", "kind", "due_on")[:MOST]


def _sent(cases: Cases) -> Iterator[Line]:
    """Return what people sent from their phones and nobody has answered."""
    people = [one.pk for one in cases.values() if one.sent]
    for ref, episode, kind, asked_at in SENT.rows(people=people) if people else ():
        words = f"{Kind(kind).label[:1].lower()}{Kind(kind).label[1:]}: answer it"
        yield cases[episode].line(words, "phones:answer", ref, since=asked_at)


def _supported(cases: Cases, actor: Actor, at: datetime) -> Iterator[Line]:
    """Return what agencies said and nobody has read, and the referrals that they have not answered for a week."""
    people = [one.pk for one in cases.values() if one.supported]
    asked, acts = dates.day_of(at) - ANSWERS_WITHIN, policy.opens(actor.role, "support:news")
    for ref, episode, agency, said, state, unread, referred_on in (
        SUPPORTED.rows(people=people, asked=asked) if people else ()
    ):
        words, more = f"{agency} answered: read it", {"since": unread}
        if not unread:
            words = f"ask {agency} for its answer to the referral of {dates.on(referred_on)}"
            more = {"by": referred_on + ANSWERS_WITHIN}
        elif said == Said.CONCERN:
            words, more = f"{agency} raised a concern: read it and ring them", {**more, "overdue": True}
        elif said == Said.ASKED:
            words = f"{agency} asks a question: answer it"
        elif FOLLOWS.get(said, state) != state:
            words = (
                f"{agency} now says “{Said(said).label}”, but it stands at “{State(state).label}”: ring them"
            )
        own = "support:news" if unread else "support:outcome"
        yield cases[episode].line(words, *((own, ref) if acts else ("support:support",)), **more)


def _from_agencies() -> QuerySet[Any]:
    newest = SupportNews.objects.filter(referral=OuterRef("pk"), by="").order_by("-at", "-pk")
    rows = SupportReferral.objects.filter(support.waits(day("asked")), episode__in=among("people"))
    rows = rows.annotate(said=Subquery(newest.values("said")[:1])).order_by("referred_on", "pk")
    return rows.values_list("ref", "episode", "agency__name", "said", "state", "unread_since", "referred_on")[
        :MOST
    ]


def _from_phones() -> QuerySet[Any]:
    rows = PhoneRequest.objects.filter(UNANSWERED, episode__in=among("people")).order_by("asked_at", "pk")
    return rows.values_list("ref", "episode", "kind", "asked_at")[:MOST]


def _not_met() -> QuerySet[Any]:
    rows = Session.objects.filter(UNCONTACTED, episode__in=among("people")).order_by("period")
    return rows.values_list("ref", "episode", "kind", "number", "period", "attempts")[:MOST]


def _to_review() -> QuerySet[Any]:
    """Judgements of risk, then risks to staff, needs and self-harm, in one statement."""
    theirs, today, never = Q(episode__in=among("people")), day("today"), Value(None, DateTimeField())
    ratings = RiskRating.objects.filter(risk.to_judge(today), theirs).order_by("struck_at", "review_on", "pk")
    due = Circumstance.objects.filter(circumstances.to_review(today), theirs).order_by("review_on", "pk")
    harm = SelfHarm.objects.filter(circumstances.harm_to_review(today), theirs).order_by("review_on", "pk")
    told = ("review_on", never)
    return ratings.values_list(Value("rated"), "episode", Value(""), "tool", "review_on", "struck_at")[
        :MOST
    ].union(
        due.values_list(Value("noted"), "episode", "ref", "kind", *told)[:MOST],
        harm.values_list(Value("noted"), "episode", Value(""), Value(""), *told)[:MOST],
        all=True,
    )


def _forms_to_write() -> QuerySet[Any]:
    later = RiskForm.objects.filter(episode=OuterRef("episode"), number__gt=OuterRef("number"))
    rows = RiskForm.objects.filter(episode__in=among("people")).filter(~Exists(later))
    back = Q(state=FormState.DRAFT) & ~Q(returned_reason="")
    rows = rows.filter(back | Q(state=FormState.SIGNED, review_on__lte=day("today")))
    return rows.order_by("review_on", "pk").values_list("ref", "episode", "state", "review_on")[:MOST]


SAFETY_CHECKS, LEAVINGS, WITHDRAWALS = Statement(_safety), Statement(_held), Statement(_withdrew)
MISSED, REVIEWS = Statement(_not_met), Statement(_to_review)
RISK_FORMS = Statement(_forms_to_write)
SENT, SUPPORTED = Statement(_from_phones), Statement(_from_agencies)
