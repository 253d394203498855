"""The rows that a person of a caseload becomes, not saved yet; `by` had them brought in, `at` is when."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

from psycopg.types.range import TimestamptzRange

from desist.instruments import library
from desist.moving_in.tables import KEY, Person
from desist.post import outbox, own
from desist.programme.calendar.planner import states as planned
from desist.programme.calendar.planner.models import Move
from desist.programme.chains.models import Chain, ChainLink
from desist.programme.circumstances.models import Circumstance, Relative, SelfHarm
from desist.programme.documents.models import Document
from desist.programme.episodes.models import Episode
from desist.programme.episodes.states import State as EpisodeState
from desist.programme.measures.models import Measure
from desist.programme.moving_in import sheets, work
from desist.programme.plans.coping.models import CopingLine, CopingPlan
from desist.programme.plans.models import Goal, Readiness
from desist.programme.practitioners.models import Practitioner
from desist.programme.referrals.models import Referral
from desist.programme.referrals.states import State as ReferralState
from desist.programme.risk.models import AcuteFactor, RiskRating, Typology
from desist.programme.risk.states import Over
from desist.programme.sessions.contacts.models import Contact
from desist.programme.sessions.diary.models import DiaryDay, DiaryTarget
from desist.programme.sessions.models import Session
from desist.programme.sessions.states import State as SessionState
from desist.questionnaires.codes import Source
from desist.referral import answers as asked
from desist.referral import files
from desist.ui import dates


def of(pairs: list[tuple[Episode, Person]], sheet: str) -> Iterator[tuple[Episode, dict[str, Any]]]:
    """The rows of one table with the episodes of their people."""
    return ((row, said) for row, one in pairs for said in one.rows[sheet])


def referral(area: str, person: Person, by: str, at: datetime) -> Referral:
    """A referral that was accepted on the day that the table says."""
    begun = dates.moment(person.said["accepted_on"], time(9))
    answers = {**asked.empty(), **{name: person.said[name] for name in sheets.REFERRAL}}
    return Referral(
        area=area,
        state=ReferralState.ACCEPTED,
        thread=outbox.new_thread(),
        completed_at=begun,
        received_at=begun,
        decided_by=by,
        decided_at=at,
        **answers,
    )


def episode(referral: Referral, person: Person) -> Episode:
    """A person's time on the programme: as far as their sessions say."""
    state = EpisodeState.WAITING
    if person.said["practitioner"]:
        held = any(one["attendance"] == SessionState.ATTENDED for one in person.rows["sessions"])
        state = EpisodeState.IN_SESSIONS if held else EpisodeState.ALLOCATED
    return Episode(referral=referral, area=referral.area, state=state, opened_at=referral.completed_at)


def session(
    episode: Episode, said: Mapping[str, Any], practitioner: Practitioner, by: str, at: datetime
) -> Session:
    """A session that was held or missed, with its record."""
    return Session(
        episode=episode,
        number=said["number"],
        practitioner=practitioner,
        period=TimestamptzRange(*sheets.period(said)),
        state=said["attendance"],
        attendance=said["attendance"],
        missed_reason=said["missed_reason"] if said["attendance"] == SessionState.MISSED else "",
        **{name: said[name] for name in sheets.RECORD},
        saved_by=by,
        saved_at=at,
        recorded_by=by,
        recorded_at=at,
    )


def measure(episode: Episode, said: Mapping[str, Any], submission: str, by: str, at: datetime) -> Measure:
    """A total that was taken before: the service that took it asked about safety then, so no check waits."""
    return Measure(
        episode=episode,
        instrument=said["instrument"],
        instrument_version=library.instrument(name=said["instrument"]).version,
        occasion=said["occasion"],
        taken_on=said["taken_on"],
        source=Source.TOTAL,
        answers=[None] * len(library.instrument(name=said["instrument"]).items),
        total=said["total"],
        submission=submission,
        recorded_by=by,
        recorded_at=at,
    )


def entered(session: Session, decision: str, by: str, at: datetime) -> Move:
    """What says of a session that it was held before the service used Desist."""
    return Move(
        session=session,
        kind=planned.Kind.ENTERED,
        decision=decision,
        asked_by=planned.Asked.SERVICE,
        why=planned.Why.BEFORE,
        after=session.period,
        practitioner_after=session.practitioner,
        made_by=by,
        made_at=at,
    )


def goal(episode: Episode, said: Mapping[str, Any], submission: str, by: str, at: datetime) -> Goal:
    """A goal with its status."""
    words = {name: said[name] for name in ("words", "serves", "steps", "state")}
    return Goal(episode=episode, **words, submission=submission, made_by=by, made_at=at)


def contact(episode: Episode, said: Mapping[str, Any], submission: str, by: str, at: datetime) -> Contact:
    """A contact as it was noted."""
    names = ("party", "who", "begun", "way", "purpose", "outcome", "words")
    return Contact(
        referral=episode.referral,
        held_at=dates.moment(said["held_on"], said["held_time"]),
        **{name: said[name] for name in names},
        submission=submission,
        noted_by=by,
        noted_at=at,
    )


def judgement(
    episode: Episode, said: Mapping[str, Any], submission: str, by: str, at: datetime
) -> RiskRating:
    """A judgement of risk, with the words of who made it."""
    return RiskRating(episode=episode, **_said(said), submission=submission, recorded_by=by, recorded_at=at)


def circumstance(
    episode: Episode, said: Mapping[str, Any], submission: str, by: str, at: datetime
) -> Circumstance:
    """A risk to staff or a need in force."""
    return Circumstance(episode=episode, **_said(said), submission=submission, noted_by=by, noted_at=at)


def self_harm(episode: Episode, said: Mapping[str, Any], _: str, by: str, at: datetime) -> SelfHarm:
    """What is known of self-harm."""
    return SelfHarm(episode=episode, number=1, **_said(said), saved_by=by, saved_at=at)


def relative(episode: Episode, said: Mapping[str, Any], submission: str, by: str, at: datetime) -> Relative:
    """A child or relative."""
    return Relative(episode=episode, **_said(said), submission=submission, noted_by=by, noted_at=at)


def coping_plan(episode: Episode, submission: str, by: str, at: datetime) -> CopingPlan:
    """The first version of a coping plan."""
    return CopingPlan(episode=episode, number=1, submission=submission, written_by=by, written_at=at)


def coping_lines(plan: CopingPlan, rows: Iterable[Mapping[str, Any]]) -> Iterator[CopingLine]:
    """The lines of a coping plan, each in its place."""
    places: Counter[str] = Counter()
    for said in rows:
        places[said["part"]] += 1
        yield CopingLine(plan=plan, position=places[said["part"]], **_said(said))


def chain(session: Session, said: Mapping[str, Any], submission: str, by: str, at: datetime) -> Chain:
    """A chain in the session in which it was made."""
    changed = {"changed_by": by, "changed_at": at, "started_by": by, "started_at": at}
    return Chain(session=session, **_said(said, "chain", "session"), submission=submission, **changed)


def links(chain: Chain, rows: Iterable[Mapping[str, Any]]) -> Iterator[ChainLink]:
    """The links of a chain, each in its place."""
    places: Counter[str] = Counter()
    for said in rows:
        places[said["part"]] += 1
        yield ChainLink(chain=chain, position=places[said["part"]], **_said(said, "chain"))


def target(episode: Episode, said: Mapping[str, Any], submission: str, by: str, at: datetime) -> DiaryTarget:
    """A row of the diary that this person has alone, until it ended."""
    day = said["ended_on"]
    return DiaryTarget(
        episode=episode,
        name=said["name"],
        submission=submission,
        added_by=by,
        added_at=at,
        ended_by=by if day else "",
        ended_at=_noon(day),
    )


def diary_day(
    episode: Episode, said: Mapping[str, Any], targets: Mapping[int, DiaryTarget], by: str, at: datetime
) -> DiaryDay:
    """A day of the diary with the figures of the person's own targets."""
    own = {targets[number].ref: figure for number, figure in work.figures(said["own"]).items()}
    noted = {
        **_said(said),
        "own": own,
        "substances": None if said["substances"] == "" else said["substances"],
    }
    return DiaryDay(episode=episode, **noted, typed_by=by, typed_at=at)


def factor(episode: Episode, said: Mapping[str, Any], submission: str, by: str, at: datetime) -> AcuteFactor:
    """An acute factor, over before its day where the table says so."""
    day = said["ended_on"]
    return AcuteFactor(
        episode=episode,
        **_said(said, "ended_on"),
        submission=submission,
        noted_by=by,
        noted_at=at,
        over=Over.OVER if day else "",
        ended_by=by if day else "",
        ended_at=_noon(day),
    )


def typology(episode: Episode, said: Mapping[str, Any], submission: str, by: str, at: datetime) -> Typology:
    """A judgement of the type of stalking."""
    return Typology(episode=episode, **_said(said), submission=submission, recorded_by=by, recorded_at=at)


def readiness(episode: Episode, said: Mapping[str, Any], submission: str, by: str, at: datetime) -> Readiness:
    """A judgement of readiness and motivation."""
    return Readiness(episode=episode, **_said(said), submission=submission, recorded_by=by, recorded_at=at)


def _noon(day: date | None) -> datetime | None:
    return dates.moment(day, time(12)) if day else None


def _said(said: Mapping[str, Any], *but: str) -> dict[str, Any]:
    """The columns of a row that its table has under the same names."""
    return {name: value for name, value in said.items() if name not in {KEY, "row", *but}}


def document(
    episode: Episode, said: Mapping[str, Any], file: files.Accepted, by: str, at: datetime
) -> Document:
    """A paper of the person, locked as one that is filed by itself."""
    columns = files.kept(file, keys=own.keys().current)
    return Document(
        episode=episode, **columns, kind=said["kind"], dated=said["dated"], filed_by=by, filed_at=at
    )
