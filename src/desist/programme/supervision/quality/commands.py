"""Commands that draw a sample of sessions and rate them."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from desist.programme import clocks
from desist.programme.sessions.models import ENTERED, Session
from desist.programme.sessions.states import State
from desist.programme.supervision.quality import checklists, sampling
from desist.programme.supervision.quality.models import FidelityRating, QualitySample, SampledSession
from desist.programme.supervision.quality.policy import Action
from desist.references import reference
from desist.refusals import Refused
from desist.wall import gate, policy
from desist.wall.actors import Actor

NOTHING_TO_DRAW = "No session held on these days has been recorded. Choose other days"
RATED = "Not saved: you have already rated this session, and it can only be rated once"
NOT_HELD = (
    "Not saved: the record was put right, and this session no longer counts as attended. Nobody rates it now"
)


def draw(*, actor: Actor, first: date, last: date, each: int, submission: str, at: datetime) -> str:
    """Draw sessions that were held from `first` to `last`, and return the sample's reference.

    The server makes the seed, so that no actor tries seeds until they like the sample. Raises Refused.
    """
    sessions = _held(actor, first, last)
    total = sum(map(len, sessions.values()))
    if not total:
        raise Refused(NOTHING_TO_DRAW)
    row = QualitySample(
        area=actor.area,
        first=first,
        last=last,
        each=each,
        seed=reference(),
        drawn_from=total,
        submission=submission,
        drawn_by=actor.who,
        drawn_at=at,
    )
    try:
        with gate.create(actor, Action.DRAW_SAMPLE, row, at=at):
            drawn = sampling.draw(sessions, each=each, seed=row.seed)
            keys = dict(Session.objects.filter(ref__in=drawn).values_list("ref", "pk"))
            SampledSession.objects.bulk_create(
                SampledSession(sample=row, session_id=keys[ref]) for ref in drawn
            )
    except gate.Twice as twice:
        return twice.ref
    return row.ref


def rate(*, actor: Actor, ref: str, answers: Mapping[str, str], note: str, at: datetime) -> None:
    """Record an observer's rating of a sampled session. The rating counts. Raises Refused."""
    with gate.change(actor, Action.RATE_SAMPLED, SampledSession, ref, at=at) as row:
        if row.session.state != State.ATTENDED:
            raise Refused(NOT_HELD)
        _rate(row.session, row, _said(actor, answers, note, at))


def rate_oneself(*, actor: Actor, session: str, answers: Mapping[str, str], note: str, at: datetime) -> None:
    """Record a practitioner's rating of their own session. The rating is kept and never counted. Raises Refused."""
    with gate.change(actor, Action.RATE_ONESELF, Session, session, at=at) as row:
        _rate(row, None, _said(actor, answers, note, at))


def _rate(session: Session, sampled: SampledSession | None, said: dict[str, object]) -> None:
    """Keep a rating, once: the row that it is about is locked."""
    before = FidelityRating.objects.filter(session=session, sampled=sampled, made_by=said["made_by"]).first()
    if before is None:
        FidelityRating.objects.create(session=session, sampled=sampled, **said)
    elif (before.answers, before.note) != (said["answers"], said["note"]):
        raise Refused(RATED)


def _said(actor: Actor, answers: Mapping[str, str], note: str, at: datetime) -> dict[str, object]:
    return {
        "checklist": checklists.newest().version,
        "answers": dict(answers),
        "note": note,
        "made_by": actor.who,
        "made_at": at,
    }


def _held(actor: Actor, first: date, last: date) -> dict[str, list[str]]:
    """Return practitioner -> the sessions held in these days, of people the observer may know; without entered ones."""
    midnight = datetime.min.time()
    start = datetime.combine(first, midnight, tzinfo=clocks.LONDON)
    end = datetime.combine(last + timedelta(days=1), midnight, tzinfo=clocks.LONDON)
    rows = Session.objects.filter(policy.rule(Action.SEE_SESSIONS_TO_DRAW).scope(actor))
    held = rows.filter(state=State.ATTENDED, period__startswith__gte=start, period__startswith__lt=end)
    held = held.exclude(ENTERED)  # its record was typed long after, often from paper, and cannot be rated
    found: dict[str, list[str]] = {}
    for who, ref in held.values_list("practitioner__ref", "ref"):
        found.setdefault(who, []).append(ref)
    return found
