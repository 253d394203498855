"""What the programme of the synthetic area holds: referrals, episodes, sessions, chains and concerns."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta

from psycopg.types.range import TimestamptzRange

from desist import codes
from desist.programme.alerts.models import SentAlert
from desist.programme.chains.models import Chain, ChainLink
from desist.programme.concerns.models import Concern
from desist.programme.curriculum import outline
from desist.programme.episodes.models import Allocation, Episode
from desist.programme.practitioners.models import Practitioner, SupervisionArrangement
from desist.programme.premises.models import Room
from desist.programme.referrals.models import Happening, Referral
from desist.programme.referrals.states import State
from desist.programme.sessions.models import Session
from desist.sites import Zone
from tools.synthetic import course, names, writing
from tools.synthetic.area import TITLES
from tools.synthetic.cases import Block, Case
from tools.synthetic.staff import PHONE
from tools.synthetic.stories import CAPACITY, MANAGER, Desk

SUPERVISOR = "staffp05"
POLICE = TITLES[Zone.PARTNERSHIP][0]


@dataclass
class _Rows:
    """Rows that are made and not yet written, and the rows they refer to."""

    practitioners: dict[str, int]
    rooms: dict[tuple[str, str], int]
    session_keys: Iterator[int]
    chain_keys: Iterator[int]
    referrals: list[Referral] = field(default_factory=list)
    episodes: list[Episode] = field(default_factory=list)
    allocations: list[Allocation] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    chains: list[Chain] = field(default_factory=list)
    happenings: list[Happening] = field(default_factory=list)
    links: list[ChainLink] = field(default_factory=list)
    alerts: list[SentAlert] = field(default_factory=list)
    concerns: list[Concern] = field(default_factory=list)


def write(block: Block) -> None:
    """Write the programme's side of every case that was sent, and the practitioners invented for them."""
    writing.at_once()
    desks = [_practitioner(desk) for desk in block.desks]
    writing.number(desks)
    writing.copy(desks)
    lately = max(case.sent_at for case in block.cases)
    arranged = [_supervision(desk, lately) for desk in desks]
    writing.number(arranged)
    writing.copy(arranged)
    rows = _empty(block)
    cases = [case for case in block.cases if case.story.state != "draft"]
    rows.referrals = [_referral(case) for case in cases]
    writing.number(rows.referrals)
    rows.happenings = [
        line for pair in zip(cases, rows.referrals, strict=True) for line in _happenings(*pair)
    ]
    begun = [(case, row) for case, row in zip(cases, rows.referrals, strict=True) if case.story.stage]
    rows.episodes = [_episode(case, row) for case, row in begun]
    writing.number(rows.episodes)
    for (case, _), episode in zip(begun, rows.episodes, strict=True):
        _course(rows, case, episode)
    writing.copy(rows.referrals)
    writing.copy(rows.episodes)
    writing.number(rows.alerts)
    for concern, alert in zip(rows.concerns, rows.alerts, strict=True):
        concern.alert_id = alert.pk
    for numbered in (rows.sessions, rows.chains, rows.alerts):
        writing.copy(numbered)
    for last in (rows.allocations, rows.links, rows.concerns, rows.happenings):
        writing.number(last)
        writing.copy(last)


def _empty(block: Block) -> _Rows:
    meetings = [meeting for case in block.cases for meeting in case.course.meetings]
    return _Rows(
        dict(Practitioner.objects.values_list("ref", "pk")),
        {(name.split()[0], area): pk for pk, name, area in Room.objects.values_list("pk", "name", "area")},
        session_keys=writing.keys(Session, len(meetings)),
        chain_keys=writing.keys(Chain, sum(meeting.chain is not None for meeting in meetings)),
    )


def _practitioner(desk: Desk) -> Practitioner:
    return Practitioner(
        ref=desk.ref,
        name=desk.name,
        area=desk.area,
        profession="cbt",
        registration=f"NM {desk.ref}",
        trained_on=date(2025, 9, 1),
        capacity=CAPACITY,
    )


def _supervision(desk: Practitioner, at: datetime) -> SupervisionArrangement:
    return SupervisionArrangement(
        practitioner_id=desk.pk,
        supervisor=SUPERVISOR,
        every_weeks=4,
        begins_on=at.date(),
        due_on=at.date() + timedelta(weeks=4),
        made_by=MANAGER[desk.area],
        made_at=at,
    )


def _referral(case: Case) -> Referral:
    row = Referral(
        ref=case.programme_ref,
        area=case.story.area,
        state="received" if case.story.state == "sent" else case.story.state,
        partner=POLICE,
        thread=case.thread,
        completed_at=case.sent_at,
        received_at=case.sent_at + timedelta(minutes=1),
        decline_reason=case.decline_reason,
        **asdict(case.answers),
    )
    if case.decided:
        row.decided_by, row.decided_at, row.version = MANAGER[case.story.area], case.decided_at, 2
    return row


def _happenings(case: Case, row: Referral) -> Iterator[Happening]:
    yield Happening(referral_id=row.pk, what="received", by="", at=row.received_at)
    if case.decided:
        label = State(case.decided).label
        detail = f"{label}. {case.reason}" if case.reason else str(label)
        yield Happening(
            referral_id=row.pk, what="decided", detail=detail, by=row.decided_by, at=case.decided_at
        )
    if row.state == State.WITHDRAWN:
        later = case.decided_at + timedelta(hours=2)
        yield Happening(referral_id=row.pk, what="withdrawn", by="", at=later)


def _episode(case: Case, referral: Referral) -> Episode:
    return Episode(
        ref=case.episode_ref,
        referral_id=referral.pk,
        area=case.story.area,
        state=case.story.stage,
        opened_at=case.decided_at,
        ended_at=case.course.ended_at,
    )


def _course(rows: _Rows, case: Case, episode: Episode) -> None:
    """Write the allocation and everything that followed it."""
    story = case.story
    if not story.practitioner:
        return
    rows.allocations.append(
        Allocation(
            episode_id=episode.pk,
            practitioner_id=rows.practitioners[story.practitioner],
            made_by=MANAGER[story.area],
            made_at=case.allocated_at,  # a practitioner may still write about a person who left
        )
    )
    sessions = [_session(rows, case, episode, meeting) for meeting in case.course.meetings]
    rows.sessions += sessions
    for session, meeting in zip(sessions, case.course.meetings, strict=True):
        if meeting.chain:
            _chain(rows, session, meeting, meeting.chain, story.practitioner)
    if case.course.concern:
        of_session = next(one for one in sessions if one.ref == case.course.concern.session)
        rows.concerns.append(_concern(case, case.course.concern, of_session, episode.referral_id))
        rows.alerts.append(_alert(case, case.course.concern, episode.referral_id))


def _session(rows: _Rows, case: Case, episode: Episode, meeting: course.Meeting) -> Session:
    story, planned = case.story, outline.shipped().outline(meeting.number)
    row = Session(
        pk=next(rows.session_keys),
        ref=meeting.ref,
        episode_id=episode.pk,
        number=meeting.number,
        practitioner_id=rows.practitioners[story.practitioner],
        room_id=rows.rooms[story.room, story.area] if story.room else None,
        period=TimestamptzRange(meeting.start, meeting.end),
        state=meeting.state,
        curriculum=outline.SHIPPED,
        module=planned.module,
        about=planned.title,
        skills=list(planned.skills),
        measures=list(planned.measures),
    )
    if meeting.recorded_at:
        row.attendance = meeting.state
        row.saved_by = row.recorded_by = story.practitioner
        row.saved_at = row.recorded_at = meeting.recorded_at
        row.version = 2
        row.missed_reason = meeting.missed_reason
        row.whose_reason = "person" if meeting.state == "missed" else ""
        row.next_steps = meeting.next_steps
    if meeting.state == "attended":
        row.minutes_late, row.compliance = 0, "worked"
        raised = case.course.concern is not None and case.course.concern.session == meeting.ref
        row.risk_check = "concern" if raised else "nothing"
        row.diary_review, row.work_done, row.homework_set = meeting.diary, meeting.work, meeting.homework
        if meeting.number == 1:
            row.next_steps = f"Bring {case.secret('session_note')} to the next session."
    return row


def _chain(
    rows: _Rows, session: Session, meeting: course.Meeting, chain: course.Chain, practitioner: str
) -> None:
    row = Chain(
        pk=next(rows.chain_keys),
        ref=chain.ref,
        session_id=session.pk,
        behaviour=chain.behaviour,
        resisted=chain.resisted,
        happened_on=chain.happened_on,
        reduce_vulnerability=chain.reduce,
        prevent_prompt=chain.prevent,
        repair=chain.repair,
        submission=chain.submission,
        started_by=practitioner,
        started_at=meeting.start + timedelta(minutes=20),
        changed_by=practitioner,
        changed_at=meeting.end,
    )
    rows.chains.append(row)
    rows.links += _links(row, chain)


def _links(row: Chain, chain: course.Chain) -> Iterator[ChainLink]:
    for link in chain.links:
        yield ChainLink(chain_id=row.pk, **asdict(link))


def _concern(case: Case, concern: course.Concern, session: Session, referral: int) -> Concern:
    return Concern(
        ref=concern.ref,
        referral_id=referral,
        session_id=session.pk,
        what=f"{case.told.concern['what'] if case.told else names.CONCERN} See {case.secret('concern')}.",
        told_whom="Corin Halloway-Mist, duty supervisor",
        told_at=concern.raised_at - timedelta(minutes=5),
        answer="Agreed; the police are alerted at once.",
        contact=PHONE,
        submission=concern.submission,
        kind=case.told.concern["kind"] if case.told else "other",
        raised_by=case.story.practitioner,
        raised_role="practitioner",
        raised_at=concern.raised_at,
        acknowledged_at=concern.acknowledged_at,
    )


def _alert(case: Case, concern: course.Concern, referral: int) -> SentAlert:
    return SentAlert(
        referral_id=referral,
        partner=POLICE,
        thread=case.thread,
        reason=codes.AlertReason.CONCERN,
        raised_at=concern.raised_at,
        acknowledged_at=concern.acknowledged_at,
    )
