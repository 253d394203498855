"""People, sessions and chains for tests, each with sensible defaults. Everybody here is invented."""

import itertools
import json
import secrets
import uuid
from base64 import b64encode
from collections.abc import Mapping
from datetime import date, timedelta
from hashlib import sha256
from io import BytesIO
from typing import Any, TypeVar
from zipfile import ZipFile

from django.utils import timezone
from psycopg.types.range import DateRange, TimestamptzRange
from tests import returned, staff

from desist.accounts.models import Account, RoleGrant
from desist.desk.alerts.models import Alert
from desist.desk.duty.models import DutyNumber
from desist.extracts import dictionary
from desist.feeds.models import Feed
from desist.instruments import library, scoring
from desist.moving_in import commands as moving_in
from desist.moving_in.offers import commands as offers
from desist.post import doors, locked, own, payloads
from desist.post.models import Agreement as SharingAgreement
from desist.post.models import Partner
from desist.programme.agreement.models import Agreement, FollowUpTask, NoticeGiven, NoticeWords
from desist.programme.assessments.models import Assessment
from desist.programme.calendar.busy.models import BusyTime
from desist.programme.calendar.planner.models import Move
from desist.programme.chains.models import Chain, ChainLink
from desist.programme.circumstances.models import Circumstance, Relative, SelfHarm
from desist.programme.concerns.models import Concern, ConcernStep
from desist.programme.curriculum.models import Curriculum, CurriculumModule, CurriculumSession
from desist.programme.documents.models import Document
from desist.programme.episodes.models import Allocation, Episode
from desist.programme.leaving.certificates.models import Certificate
from desist.programme.leaving.followups.models import FollowUp
from desist.programme.leaving.models import Leaving
from desist.programme.leaving.reports import facts
from desist.programme.leaving.reports.models import Report, ReportDocument
from desist.programme.letters.models import Letter
from desist.programme.measures.models import Measure
from desist.programme.moving_in.commands import CASELOAD
from desist.programme.moving_in.models import MoveIn
from desist.programme.moving_on.models import PersonOffer
from desist.programme.orders.key_dates.models import DayAhead
from desist.programme.orders.models import Order
from desist.programme.outside import commands as outside_commands
from desist.programme.outside.commands import Sent
from desist.programme.outside.models import OutsideDoor, OutsideReferral
from desist.programme.outside.states import Way
from desist.programme.plans.coping.models import CopingLine, CopingPlan
from desist.programme.plans.models import Goal, Readiness
from desist.programme.plans.support.models import Agency, SupportLink, SupportOverride, SupportReferral
from desist.programme.practitioners.absences.models import Leave
from desist.programme.practitioners.models import Declaration, Practitioner, SupervisionArrangement
from desist.programme.premises.models import Premises, Room
from desist.programme.referrals.attachments.models import Attachment
from desist.programme.referrals.enclosures.models import Enclosure
from desist.programme.referrals.intake.models import Draft
from desist.programme.referrals.judgements.models import PoliceJudgement
from desist.programme.referrals.models import Referral
from desist.programme.risk.models import AcuteFactor, RiskRating, Typology
from desist.programme.risk.scenarios.models import RiskForm, RiskScenario
from desist.programme.service.extracts.models import OutcomeExtract
from desist.programme.service.handover_requests.models import HandoverRequest
from desist.programme.service.quarterly.models import QuarterlyReturn, ReturnQuestion
from desist.programme.service.reminders.models import Reminder, ReminderChoice
from desist.programme.sessions.contacts.models import Contact
from desist.programme.sessions.diary.models import DiaryDay, DiaryTarget
from desist.programme.sessions.models import Session, SessionFeedback
from desist.programme.sessions.practice.models import SkillPractice
from desist.programme.supervision.models import Supervision
from desist.programme.supervision.quality.models import QualitySample, SampledSession
from desist.programme.supervision.reflections.models import Reflection
from desist.programme.supervision.training.models import TrainingEntry
from desist.references import reference
from desist.referral import answers as asked
from desist.referral import files
from desist.sites import Zone
from desist.tasks.models import Task, TaskStep
from desist.wall.actors import Actor, Role

NOW, AREA = staff.NOW, staff.AREA
POLICE = "northmere-police"

_numbers = itertools.count(1)


account = staff.account


def grant(*, account: Account, role: Role = Role.PRACTITIONER, area: str = AREA) -> RoleGrant:
    """The role an account holds in an area: a practitioner's, unless another is given."""
    return staff.grant(account=account, role=role, area=area)


def practitioner(
    *, account: Account, area: str = AREA, supervised: bool = True, **fields: Any
) -> Practitioner:
    """A trained and supervised practitioner with room for eight people."""
    defaults = {
        "name": account.name,
        "profession": "cbt",
        "registration": "CBT 0001 (invented)",
        "trained_on": date(2025, 9, 1),
    }
    row = Practitioner.objects.create(ref=account.ref, area=area, **defaults | fields)
    if supervised:
        arrangement(practitioner=row, every_weeks=12, due_on=NOW.date() + timedelta(weeks=12))
    return row


def premises(*, area: str = AREA, **fields: Any) -> Premises:
    """A building that can be booked."""
    defaults = {"name": f"The Mill {next(_numbers)}", "listed_by": "carol", "listed_at": NOW}
    return Premises.objects.create(area=area, **defaults | fields)


def room(*, area: str = AREA, **fields: Any) -> Room:
    """A room to meet in, in a building of its own unless one is given."""
    defaults = {"name": "The Mill, room 2", "premises": fields.pop("premises", None) or premises(area=area)}
    return Room.objects.create(area=area, **defaults | fields)


def referral(*, area: str = AREA, **fields: Any) -> Referral:
    """A referral by the police that waits for a decision."""
    defaults = {
        "partner": POLICE,
        "thread": f"thread-{next(_numbers)}",
        "completed_at": NOW - timedelta(days=10),
        "received_at": NOW - timedelta(days=10),
        "given_names": "Robin",
        "family_name": "Example",
        "born": date(1990, 2, 28),
        "route": "police_voluntary",
        "legal_basis": "agreement",
        "proceedings": "none",
        "behaviours": ["following"],
        "channels": ["in_person"],
        "methods": ["none"],
        "relationship": "ex_partner",
        "contact_by": "through_referrer",
        "lives_in": "own",
        "offence_kind": "none",
        "orders": ["none"],
        "need_kinds": ["none"],
        "risk_kinds": ["none"],
        "risk_tool": "none",
        "risk_to": ["none"],
        "referrer_kind": "police",
        "offence": "None",
        "behaviour_account": "Followed on three days.",
        "referrer_name": "Officer Ash Vale",
        "referrer_phone": "01632 960 000",
    }
    return Referral.objects.create(area=area, **defaults | fields)


def episode(*, referral: Referral, practitioner: Practitioner | None = None, **fields: Any) -> Episode:
    """A person on the programme, in sessions, allocated where the caller gives a practitioner."""
    referral.state = "accepted"
    referral.decided_by, referral.decided_at = "carol", NOW
    referral.save()
    defaults = {"area": referral.area, "opened_at": NOW - timedelta(days=8), "state": "in_sessions"}
    row = Episode.objects.create(referral=referral, **defaults | fields)
    if practitioner:
        Allocation.objects.create(episode=row, practitioner=practitioner, made_by="carol", made_at=NOW)
    return row


def session(*, episode: Episode, number: int = 1, **fields: Any) -> Session:
    """A planned session of the episode's practitioner, in week `number` from NOW."""
    start = NOW + timedelta(weeks=number - 1)
    defaults = {
        "practitioner": episode.allocations.get(ended_at=None).practitioner,
        "period": TimestamptzRange(start, start + timedelta(minutes=90)),
    }
    return Session.objects.create(episode=episode, number=number, **defaults | fields)


def attended(*, episode: Episode, number: int = 1, **fields: Any) -> Session:
    """A session that was held and recorded."""
    record = {
        "state": "attended",
        "attendance": "attended",
        "risk_check": "nothing",
        "compliance": "worked",
        "recorded_by": episode.allocations.get(ended_at=None).practitioner.ref,
        "recorded_at": NOW,
    }
    return session(episode=episode, number=number, **record | fields)


def missed(*, episode: Episode, number: int = 1, **fields: Any) -> Session:
    """A session to which the person did not come, recorded."""
    record = {
        "state": "missed",
        "attendance": "missed",
        "missed_reason": "no_word",
        "whose_reason": "person",
        "recorded_by": episode.allocations.get(ended_at=None).practitioner.ref,
        "recorded_at": NOW,
    }
    return session(episode=episode, number=number, **record | fields)


def entered(*, session: Session, **fields: Any) -> Move:
    """The note that a session was entered after it was held."""
    defaults = {
        "kind": "entered",
        "decision": f"decision-{next(_numbers)}",
        "after": session.period,
        "practitioner_after": session.practitioner,
        "asked_by": "service",
        "why": "before",
        "made_by": session.practitioner.ref,
        "made_at": NOW,
    }
    return Move.objects.create(session=session, **defaults | fields)


def chain(*, session: Session, links: int = 0, **fields: Any) -> Chain:
    """A chain with a number of links in its middle part."""
    defaults = {
        "behaviour": "Drove twice round the block at nine in the evening",
        "submission": f"submission-{next(_numbers)}",
        "started_by": session.practitioner.ref,
        "started_at": NOW,
        "changed_by": session.practitioner.ref,
        "changed_at": NOW,
    }
    row = Chain.objects.create(session=session, **defaults | fields)
    for position in range(1, links + 1):
        ChainLink.objects.create(
            chain=row,
            part="link",
            position=position,
            kind="thought",
            words=f"Thought {position}",
            intensity=3,
        )
    return row


def alert(*, case: str, area: str = AREA, **fields: Any) -> Alert:
    """An alert with which the police ask a colleague at the programme to ring."""
    Partner.objects.get_or_create(
        name=POLICE,
        defaults={
            "zone": "partnership",
            "title": "Northmere Police",
            "transport": "by_hand",
            "phone": "01632 960 005",
            "added_at": NOW,
        },
    )
    defaults = {
        "partner": POLICE,
        "thread": reference(),
        "reason": "police",
        "contact": "01632 960 050",
        "raised_at": NOW,
        "received_at": NOW,
        "due_at": NOW + timedelta(minutes=30),
    }
    return Alert.objects.create(case=case, area=area, **defaults | fields)


def duty_number(*, area: str = AREA, **fields: Any) -> DutyNumber:
    """The service's duty number, on which a colleague always answers."""
    defaults = {"title": "Duty manager", "number": "01632 960 111", "added_by": "carol", "added_at": NOW}
    return DutyNumber.objects.create(area=area, **defaults | fields)


Alerting = TypeVar("Alerting", Concern, Agreement, Leaving)


def _alerted(row: Alerting) -> Alerting:
    """Return the row with the alert that the database made of it, as it does where the version before writes."""
    row.refresh_from_db(fields=["alert"])
    return row


def concern(*, session: Session | None = None, **fields: Any) -> Concern:
    """A concern that was sent to the other side and that no officer there has taken up.

    It was raised in the session, or else about the `referral` that the caller gives.
    """
    defaults: dict[str, Any] = {
        "what": "Spoke of waiting outside a workplace",
        "told_whom": "Sol Arden, duty manager",
        "told_at": NOW,
        "answer": "Will call the police now",
        "contact": "01632 960 009",
        "submission": f"submission-{next(_numbers)}",
        "raised_by": "carol",
        "raised_at": NOW,
    }
    if session:
        defaults |= {"referral": session.episode.referral, "raised_by": session.practitioner.ref}
    return _alerted(Concern.objects.create(session=session, **defaults | fields))


def step(*, concern: Concern, stage: str, number: int = 1, **fields: Any) -> ConcernStep:
    """What was done about a concern, so that it is at a stage now; its own person owes the next step."""
    defaults: dict[str, Any] = {
        "step": {"council": "referred", "decision": "enquired"}.get(stage, "screened"),
        "result": {"enquiry": "enquire", "referral": "council", "actions": "act"}.get(stage, ""),
        "words": "As the record says",
        "owner": concern.raised_by,
        "due_on": NOW.date(),
        "submission": f"step-{next(_numbers)}",
        "by": "carol",
        "at": NOW,
    }
    if stage == "council":
        defaults |= {"council": "Northmere council", "whom": "Ash Lane, social worker", "done_on": NOW.date()}
    return concern.steps_taken.create(number=number, stage=stage, **defaults | fields)


def followed(*, session: Session, stage: str) -> Concern:
    """A concern about a child, raised in the session, that is at a stage of being followed."""
    raised = NOW + timedelta(minutes=next(_numbers))
    row = concern(session=session, kind="child", raised_role="practitioner", raised_at=raised)
    if stage != "screening":
        step(concern=row, stage=stage)
    return row


def risk_form(*, episode: Episode, scenarios: int = 1, **fields: Any) -> RiskForm:
    """A version of the service's own risk form that is being written, with scenarios about the survivor."""
    defaults = {
        "number": 1,
        "review_on": NOW.date() + timedelta(days=60),
        "begun_by": "carol",
        "begun_at": NOW,
    }
    row = RiskForm.objects.create(episode=episode, submission=f"form-{next(_numbers)}", **defaults | fields)
    for _ in range(scenarios):
        scenario(form=row)
    return row


def scenario(*, form: RiskForm, **fields: Any) -> RiskScenario:
    """He waits at her work: possible, within weeks."""
    ref = reference()
    defaults = {
        "ref": ref,
        "origin": ref,
        "domain": "survivor",
        "what": "He waits outside her place of work",
        "whom": "A former partner",
        "likely": "possible",
        "imminence": "weeks",
        "signs": "He asks colleagues about her hours",
        "submission": f"scenario-{next(_numbers)}",
        "written_by": "carol",
        "written_at": NOW,
    }
    return RiskScenario.objects.create(form=form, **defaults | fields)


def handover(*, episode: Episode, to: Practitioner, **fields: Any) -> HandoverRequest:
    """A request to take a person over, not answered yet."""
    defaults = {"asked_by": "carol", "asked_at": NOW}
    return HandoverRequest.objects.create(episode=episode, to=to, **defaults | fields)


def person_offer(*, area: str = AREA, **fields: Any) -> PersonOffer:
    """A person whom another programme offers, with a record of two rows, not answered yet; or one offered here."""
    incoming = "episode" not in fields
    row = PersonOffer(area=area, incoming=incoming, partner="other-service", thread=reference())
    row.answer_by, row.offered_by, row.offered_at = NOW.date() + timedelta(days=700), "carol", NOW
    if incoming:
        row.sealed = locked.lock(
            place=offers.OFFERED, row=row.ref, text=json.dumps([1, doors.to_json(case_offer())])
        )
    else:
        row.sealed = locked.lock(
            place=offers.OFFERED, row=row.ref, text=json.dumps(["He moved", "Kit, 01632 960 001"])
        )
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(force_insert=True)
    return row


def case_offer(*, given_names: str = "Robin") -> payloads.CaseOffer:
    """The offer of a person by another programme, as it crosses."""
    person: dict[str, Any] = {
        "key": "1",
        "given_names": given_names,
        "family_name": "Example",
        "born": date(1990, 2, 28),
    }
    person |= {"contact_by": "phone", "route": "self", "legal_basis": "agreement", "proceedings": "none"}
    person |= {"relationship": "ex_partner", "behaviours": ["following"], "offence_kind": "none"}
    person |= {"referrer_kind": "self", "accepted_on": date(2026, 1, 5)}
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("people", CASELOAD.sheets[0].written([person]))
    return payloads.CaseOffer(
        area=AREA,
        given_names=given_names,
        family_name="Example",
        contact="Emrys Vale, 01632 960 001",
        reason="He moved there",
        agreed_on="2026-03-02",
        agreed_how="phone",
        answer_by=NOW.date() + timedelta(days=700),
        tables=(b64encode(out.getvalue()).decode(),),
        offered_at=NOW,
    )


def police_judgement(*, referral: Referral, **fields: Any) -> PoliceJudgement:
    """A question to the police for their judgement, not answered."""
    defaults = {"partner": POLICE, "thread": f"judge-{next(_numbers)}", "asked_by": "carol", "asked_at": NOW}
    return PoliceJudgement.objects.create(referral=referral, **defaults | fields)


def attachment(*, referral: Referral, **fields: Any) -> Attachment:
    """A note attached to a referral, kept with the site's own key."""
    content = b"Reports to the station on Mondays."
    keys, ref = own.keys().current, reference()
    defaults = {
        "ref": ref,
        "name": "note.txt",
        "media": files.Media.TEXT,
        "size": len(content),
        "digest": sha256(content).hexdigest(),
        "key": keys.id,
        "sealed": files.lock(keys=keys, ref=ref, content=content),
        "added_at": NOW,
    }
    return Attachment.objects.create(referral=referral, **defaults | fields)


def enclosure(*, draft: Draft, **fields: Any) -> Enclosure:
    """A note attached to a draft, kept with the site's own key."""
    content = b"Reports to the station on Mondays."
    keys, ref = own.keys().current, reference()
    defaults = {
        "ref": ref,
        "name": "note.txt",
        "media": files.Media.TEXT,
        "size": len(content),
        "digest": sha256(content).hexdigest(),
        "key": keys.id,
        "sealed": files.lock(keys=keys, ref=ref, content=content),
        "added_by": "carol",
        "added_at": NOW,
    }
    return Enclosure.objects.create(draft=draft, **defaults | fields)


def draft(*, area: str = AREA, **fields: Any) -> Draft:
    """A referral that is being typed in, without any answer yet."""
    defaults = {"answers": {}, "started_by": "carol", "started_at": NOW}
    return Draft.objects.create(area=area, **defaults | fields)


def door(*, area: str = AREA, **fields: Any) -> OutsideDoor:
    """The open form of an area that says who it is, for referrers without an account."""
    if not NoticeWords.objects.filter(area=area, ended_at=None).exists():
        NoticeWords.objects.create(
            area=area,
            controller="Northmere Trust",
            telephone="01632 960111",
            complaints="To the manager.",
            data_protection="The data protection officer.",
            lawful_basis="Public task.",
            retention="Six years after the end.",
            reason="New",
            made_by="carol",
            made_at=NOW,
        )
    return OutsideDoor.objects.create(area=area, **{"changed_by": "carol", "changed_at": NOW} | fields)


def outside(
    *, area: str = AREA, way: Way = Way.PHONE, said: Mapping[str, Any] | None = None
) -> OutsideReferral:
    """A form from a probation officer about Robin Example, as it came, with one file."""
    row = OutsideDoor.objects.filter(area=area, open=True).first() or door(area=area)
    answers = {
        **asked.empty(),
        "given_names": "Robin",
        "family_name": "Example",
        "born": date(1990, 2, 28),
        "referrer_kind": "probation",
        "referrer_name": "Ola Reed",
        "referrer_organisation": "Northmere Probation",
        "referrer_phone": "01632 960222",
        "referrer_email": "ola@probation.example",
        **(said or {}),
    }
    ref = outside_commands.send(
        door=row.ref,
        sent=Sent(answers, way, "1 Office Row" if way is Way.LETTER else ""),
        files=[files.inspect(name="note.txt", content=b"Reports to the station on Mondays.")],
        submission=f"outside-{next(_numbers)}",
        at=NOW,
    )
    return OutsideReferral.objects.get(ref=ref)


def move_in(*, area: str = AREA, people: str = "", **fields: Any) -> MoveIn:
    """A caseload of one row that was sent, by default without a person's facts, and checked by the worker."""
    actor = Actor(who="carol", role=Role.MANAGER, area=area, correlation=uuid.uuid4())
    table = f"key,given_names\n{people or '17,Robin'}\n".encode()
    ref = moving_in.send(
        CASELOAD, actor=actor, contents={"people": table}, submission=f"move-{next(_numbers)}", at=NOW
    )
    moving_in.go_on(CASELOAD, at=NOW)
    MoveIn.objects.filter(ref=ref).update(**fields or {"total": 1})
    return MoveIn.objects.get(ref=ref)


def measure(*, episode: Episode, instrument: str = "gad-7", **fields: Any) -> Measure:
    """A filled-in form of a person, with 1 for every answer."""
    known = library.instrument(name=instrument)
    answers = fields.pop("answers", [1] * len(known.items))
    defaults = {
        "instrument": instrument,
        "instrument_version": known.version,
        "occasion": "baseline",
        "taken_on": NOW.date(),
        "source": "paper",
        "answers": answers,
        "total": scoring.of_answers(instrument=known, answers=answers).total,
        "submission": f"submission-{next(_numbers)}",
        "recorded_by": "carol",
        "recorded_at": NOW,
    }
    return Measure.objects.create(episode=episode, **defaults | fields)


def notice_words(**fields: Any) -> NoticeWords:
    """The text of the notice about the service of Northmere."""
    defaults = {
        "area": AREA,
        "controller": "Northmere Behaviour Change (invented)",
        "telephone": "01632 960140",
        "complaints": "Write to the manager.",
        "data_protection": "Ask our data protection officer: 01632 960142.",
        "lawful_basis": "The law gives us this task.",
        "retention": "We keep records for six years.",
        "reason": "The service began",
        "made_by": "carol",
        "made_at": NOW,
    }
    return NoticeWords.objects.create(**defaults | fields)


def notice_given(*, episode: Episode, **fields: Any) -> NoticeGiven:
    """A person who was given the notice."""
    defaults = {
        "notice": "2026-11",
        "how": "read_out",
        "given_on": NOW.date(),
        "understood": "Who is told what",
        "submission": f"submission-{next(_numbers)}",
        "given_by": "carol",
        "recorded_at": NOW,
    }
    return NoticeGiven.objects.create(episode=episode, **defaults | fields)


def agreement(*, episode: Episode, **fields: Any) -> Agreement:
    """A person who was given the notice and agreed."""
    defaults = {
        "state": "agreed",
        "given": "signed",
        "notice": notice_given(episode=episode),
        "answered_on": NOW.date(),
        "answered_by": "carol",
    }
    return _alerted(Agreement.objects.create(episode=episode, **defaults | fields))


def follow_up(*, episode: Episode, **fields: Any) -> FollowUpTask:
    """An action to take after a withdrawal."""
    defaults = {"kind": "tell", "due_on": NOW.date(), "made_at": NOW}
    return FollowUpTask.objects.create(episode=episode, **defaults | fields)


def leaving(*, episode: Episode, **fields: Any) -> Leaving:
    """A deselection that is held."""
    defaults = {
        "state": "held",
        "by": "service",
        "reason": "non_attendance",
        "phase": "during",
        "contact": "01632 960 009",
        "submission": f"submission-{next(_numbers)}",
        "decided_by": "carol",
        "decided_at": NOW,
        "held_until": NOW + timedelta(days=1),
    }
    return _alerted(Leaving.objects.create(episode=episode, **defaults | fields))


def assessment(*, episode: Episode, **fields: Any) -> Assessment:
    """An appointment for an assessment, by video unless the caller gives a room; nothing is written yet."""
    begins = NOW + timedelta(days=2, hours=3)
    allocation = episode.allocations.filter(ended_at=None).first()
    defaults = {
        "practitioner": allocation.practitioner if allocation else None,
        "period": TimestamptzRange(begins, begins + timedelta(minutes=90)),
        "how": "room" if fields.get("room") else "video",
        "submission": f"submission-{next(_numbers)}",
        "appointed_by": "carol",
        "appointed_at": NOW,
    }
    return Assessment.objects.create(episode=episode, **defaults | fields)


def rating(*, episode: Episode, **fields: Any) -> RiskRating:
    """A judgement made with a tool, to be reviewed in three months."""
    defaults = {
        "tool": "sam",
        "tool_version": "2008",
        "result": "Moderate: case priority",
        "rationale": "Two orders broken",
        "rater": "Sol Arden",
        "rater_trained": True,
        "rated_on": NOW.date(),
        "review_on": NOW.date() + timedelta(days=90),
        "submission": f"submission-{next(_numbers)}",
        "recorded_by": "carol",
        "recorded_at": NOW,
    }
    return RiskRating.objects.create(episode=episode, **defaults | fields)


def acute(*, episode: Episode, **fields: Any) -> AcuteFactor:
    """Drink, for two weeks, and a type to stand beside it."""
    Typology.objects.create(
        episode=episode,
        motive="rejected",
        rationale="It began with the end of the relationship",
        rater="Sol Arden",
        rated_on=NOW.date(),
        submission=f"submission-{next(_numbers)}",
        recorded_by="carol",
        recorded_at=NOW,
    )
    defaults = {
        "kind": "drink",
        "noticed_on": NOW.date(),
        "until": NOW.date() + timedelta(days=14),
        "submission": f"submission-{next(_numbers)}",
        "noted_by": "carol",
        "noted_at": NOW,
    }
    return AcuteFactor.objects.create(episode=episode, **defaults | fields)


def circumstance(*, episode: Episode, **fields: Any) -> Circumstance:
    """A risk to staff that the service noted."""
    defaults = {
        "kind": "weapons",
        "words": "Carries a knife: ask before he sits down",
        "said_by": "His mother",
        "review_on": date(2099, 1, 1),
        "submission": f"submission-{next(_numbers)}",
        "noted_by": "carol",
        "noted_at": NOW,
    }
    return Circumstance.objects.create(episode=episode, **defaults | fields)


def self_harm(*, episode: Episode, **fields: Any) -> SelfHarm:
    """What is known of self-harm, and whom to ring."""
    defaults = {
        "number": 1,
        "history": "Overdose at nineteen",
        "ring": "The crisis line, then his sister",
        "review_on": date(2099, 1, 1),
        "saved_by": "carol",
        "saved_at": NOW,
    }
    return SelfHarm.objects.create(episode=episode, **defaults | fields)


def relative(*, episode: Episode, **fields: Any) -> Relative:
    """A child with a hearing about contact."""
    defaults = {
        "name": "eldest son",
        "tie": "child",
        "born_in": 2017,
        "care": "other_parent",
        "contact_order": "hearing",
        "order_on": NOW.date(),
        "worker": "Duty team",
        "submission": f"submission-{next(_numbers)}",
        "noted_by": "carol",
        "noted_at": NOW,
    }
    return Relative.objects.create(episode=episode, **defaults | fields)


def goal(*, episode: Episode, **fields: Any) -> Goal:
    """A goal that serves the survivor's safety."""
    defaults = {
        "words": "I do not look at her profile for a week",
        "serves": "Fewer contacts, and the order is kept",
        "submission": f"submission-{next(_numbers)}",
        "made_by": "carol",
        "made_at": NOW,
    }
    return Goal.objects.create(episode=episode, **defaults | fields)


def readiness(*, episode: Episode, **fields: Any) -> Readiness:
    """How ready and motivated a person is."""
    known: dict[str, Any] = {
        "ready": "unsure",
        "motivation": "outside",
        "words": "Came because the court asked",
    }
    known |= {"rated_on": NOW.date(), "recorded_by": "carol", "recorded_at": NOW}
    return Readiness.objects.create(episode=episode, submission=f"ready-{next(_numbers)}", **known | fields)


def own_target(*, episode: Episode, **fields: Any) -> DiaryTarget:
    """A row that this person's diary has alone."""
    known: dict[str, Any] = {"name": "Checking the rota", "added_by": "carol", "added_at": NOW}
    return DiaryTarget.objects.create(
        episode=episode, submission=f"target-{next(_numbers)}", **known | fields
    )


def diary_day(*, episode: Episode, **fields: Any) -> DiaryDay:
    """A day of the diary, of which nothing is noted but what is given."""
    known: dict[str, Any] = {"day": NOW.date(), "typed_by": "carol", "typed_at": NOW}
    return DiaryDay.objects.create(episode=episode, **known | fields)


def coping_plan(*, episode: Episode, number: int = 1) -> CopingPlan:
    """A version of a coping plan with a line in each part."""
    plan = CopingPlan.objects.create(
        episode=episode,
        number=number,
        submission=f"submission-{next(_numbers)}",
        written_by="carol",
        written_at=NOW,
    )
    lines = {"sign": ("", "I sleep badly"), "step": ("I want to send a message", "put the phone away")}
    lines |= {"ring": ("", "Dad, after six"), "help": ("", "Cooking")}
    CopingLine.objects.bulk_create(
        CopingLine(plan=plan, part=part, position=1, cue=cue, words=words)
        for part, (cue, words) in lines.items()
    )
    return plan


def practice(*, episode: Episode, **fields: Any) -> SkillPractice:
    """A skill that was tried and helped."""
    defaults = {
        "day": NOW.date(),
        "skill": "ride",
        "helped": "yes",
        "note": "It fell after ten minutes",
        "submission": f"submission-{next(_numbers)}",
        "entered_by": "carol",
        "entered_at": NOW,
    }
    return SkillPractice.objects.create(episode=episode, **defaults | fields)


def reminders(*, episode: Episode, **fields: Any) -> ReminderChoice:
    """Reminders by e-mail, one of which was sent and one was not taken."""
    for number, state in enumerate(("sent", "failed")):
        Reminder.objects.create(
            episode=episode,
            meeting=f"meeting{number}",
            starts_at=NOW + timedelta(days=1),
            channel="email",
            words="calendar",
            state=state,
            sent_at=NOW,
        )
    return chosen_reminders(episode=episode, **fields)


def chosen_reminders(*, episode: Episode, **fields: Any) -> ReminderChoice:
    """A person's choice of reminders, by e-mail unless `fields` say otherwise."""
    defaults = {
        "channel": "email",
        "address": "robin@example.org",
        "words": "calendar",
        "alone": True,
        "chosen_on": NOW.date(),
        "noted_by": "carol",
        "noted_at": NOW,
    }
    return ReminderChoice.objects.create(episode=episode, **defaults | fields)


def agency(*, area: str = AREA, **fields: Any) -> Agency:
    """An agency of the area's directory."""
    defaults = {"name": f"Harbour Debt Advice {next(_numbers)}", "needs": ["money"], "added_by": "carol"}
    return Agency.objects.create(area=area, **{**defaults, "added_at": NOW, **fields})


def support(*, episode: Episode, **fields: Any) -> SupportReferral:
    """A person referred to an agency, waiting for its answer."""
    defaults = {
        "agency": fields.pop("agency", None) or agency(area=episode.area),
        "need": "money",
        "agreed": True,
        "told": "Name and telephone number",
        "referred_on": NOW.date(),
        "submission": f"submission-{next(_numbers)}",
        "referred_by": "carol",
        "recorded_at": NOW,
    }
    return SupportReferral.objects.create(episode=episode, **defaults | fields)


def override(*, episode: Episode, **fields: Any) -> SupportOverride:
    """A referral that the person said no to, waiting for a second person."""
    defaults = {
        "agency": fields.pop("agency", None) or agency(area=episode.area),
        "need": "substances",
        "basis": "public_task",
        "without": "A child in the home is at risk.",
        "told": "Drinks before contact.",
        "reach": "Ring the service first",
        "asked_by": "carol",
        "asked_at": NOW,
        "submission": f"submission-{next(_numbers)}",
    }
    return SupportOverride.objects.create(episode=episode, **defaults | fields)


def agency_link(*, episode: Episode) -> SupportLink:
    """A link by which an agency reads a referral; nobody knows its codes."""
    number = next(_numbers)
    row = support(episode=episode, agency=agency(area=episode.area, answers="link"))
    return row.links.create(
        digest=f"digest-{number}",
        made_by="carol",
        made_at=NOW,
        until=NOW + timedelta(days=14),
        submission=f"submission-{number}",
    )


def ended(*, episode: Episode, state: str = "completed") -> Episode:
    """The episode, after its programme ended."""
    episode.state, episode.ended_at = state, NOW
    episode.save()
    return episode


def report(*, episode: Episode, **fields: Any) -> Report:
    """A draft exit report in which every required part is written."""
    defaults = {
        "number": 1,
        "themes": "The chain from a photograph to the drive past.",
        "risks": "Court dates.",
        "recommendations": "Keep to the plan for evenings.",
        "started_by": "carol",
        "started_at": NOW,
    }
    return Report.objects.create(episode=episode, **defaults | fields)


def offered(*, episode: Episode, by: str = "carol", **fields: Any) -> Report:
    """An exit report that waits for a second person to sign it."""
    if episode.ended_at is None:
        ended(episode=episode)
    said = facts.gather(Episode.objects.select_related("referral").get(pk=episode.pk)).to_json()
    defaults = {"state": "offered", "facts": said, "offered_by": by, "offered_at": NOW}
    return report(episode=episode, **defaults | fields)


def signed(*, episode: Episode, content: bytes = b"%PDF-1.7 signed", **fields: Any) -> Report:
    """An exit report that was signed, with its document."""
    defaults = {"state": "signed", "signed_by": "ola", "signed_at": NOW, "sent": "sent"}
    row = offered(episode=episode, by="carol", **defaults | fields)
    keys, ref = own.keys().current, reference()
    ReportDocument.objects.create(
        report=row,
        ref=ref,
        size=len(content),
        digest=sha256(content).hexdigest(),
        key=keys.id,
        sealed=files.lock(keys=keys, ref=ref, content=content),
        made_at=NOW,
    )
    return row


def arrangement(
    *, practitioner: Practitioner, supervisor: Account | None = None, **fields: Any
) -> SupervisionArrangement:
    """Supervision every four weeks, from NOW on; it replaces the earlier arrangement."""
    practitioner.arrangements.filter(ended_at=None).update(ended_by="carol", ended_at=NOW)
    defaults = {
        "every_weeks": 4,
        "begins_on": NOW.date(),
        "due_on": NOW.date() + timedelta(weeks=4),
        "made_by": "carol",
        "made_at": NOW,
    }
    return SupervisionArrangement.objects.create(
        practitioner=practitioner, supervisor=supervisor.ref if supervisor else "sol", **defaults | fields
    )


def supervision(*, practitioner: Practitioner, supervisor: str, **fields: Any) -> Supervision:
    """A supervision that is planned for NOW."""
    defaults = {
        "starts_at": NOW,
        "submission": f"submission-{next(_numbers)}",
        "planned_by": supervisor,
        "planned_at": NOW,
    }
    return Supervision.objects.create(practitioner=practitioner, supervisor=supervisor, **defaults | fields)


def learnt(*, practitioner: Practitioner, **fields: Any) -> TrainingEntry:
    """A course that was completed a year before NOW, and whose refresher is due a week after NOW."""
    defaults = {
        "kind": "course",
        "about": "children",
        "on": NOW.date() - timedelta(days=365),
        "until": NOW.date() + timedelta(days=7),
        "submission": f"submission-{next(_numbers)}",
        "recorded_by": practitioner.ref,
        "recorded_at": NOW,
    }
    return TrainingEntry.objects.create(practitioner=practitioner, **defaults | fields)


def reflection(*, practitioner: Practitioner, **fields: Any) -> Reflection:
    """A private entry."""
    defaults = {
        "on": NOW.date(),
        "words": "I talked too much.",
        "submission": f"submission-{next(_numbers)}",
        "written_at": NOW,
    }
    return Reflection.objects.create(practitioner=practitioner, **defaults | fields)


def feedback(*, session: Session, **answers: int) -> SessionFeedback:
    """The person agreed fully with everything."""
    said = {"said": 4, "understood": 4, "pace": 4, "clear": 4}
    return SessionFeedback.objects.create(session=session, given_at=NOW, screen_of="kit", **said | answers)


def curriculum(*, area: str = AREA, **fields: Any) -> Curriculum:
    """A draft with one module and one session."""
    row = Curriculum.objects.create(area=area, **{"made_by": "carol", "made_at": NOW} | fields)
    module = CurriculumModule.objects.create(curriculum=row, position=1, name="Beginning")
    CurriculumSession.objects.create(
        curriculum=row, module=module, number=1, title="Getting started", minutes=90
    )
    return row


def sampled(*, session: Session) -> SampledSession:
    """A session that was drawn as the only one of its sample."""
    sample = QualitySample.objects.create(
        area=session.episode.area,
        first=NOW.date() - timedelta(days=90),
        last=NOW.date(),
        each=1,
        seed="k7f2m9px4c",
        drawn_from=1,
        submission=f"submission-{next(_numbers)}",
        drawn_by="carol",
        drawn_at=NOW,
    )
    return SampledSession.objects.create(sample=sample, session=session)


def leave(*, practitioner: Practitioner, **fields: Any) -> Leave:
    """Days on which a practitioner is away: a week from NOW, unless the caller gives others."""
    days = DateRange(NOW.date(), NOW.date() + timedelta(days=7))
    defaults = {"days": days, "kind": "annual", "noted_by": "carol", "noted_at": NOW}
    return Leave.objects.create(practitioner=practitioner, **defaults | fields)


def busy_time(*, episode: Episode, **fields: Any) -> BusyTime:
    """A time of the week at which a person works."""
    defaults = {
        "kind": "work",
        "weekday": "1",
        "starts": "09:00",
        "ends": "13:00",
        "submission": f"submission-{next(_numbers)}",
        "noted_by": "carol",
        "noted_at": NOW,
    }
    return BusyTime.objects.create(episode=episode, **defaults | fields)


def day_ahead(*, episode: Episode, **fields: Any) -> DayAhead:
    """A court date that lies ahead."""
    defaults = {
        "kind": "court",
        "day": timezone.localdate() + timedelta(days=30),
        "words": "Plea hearing",
        "submission": f"submission-{next(_numbers)}",
        "noted_by": "carol",
        "noted_at": NOW,
    }
    return DayAhead.objects.create(episode=episode, **defaults | fields)


def document(*, episode: Episode, **fields: Any) -> Document:
    """A letter, kept with the site's own key."""
    content = b"Seen on Tuesday, and steadier than in the spring."
    keys, ref = own.keys().current, reference()
    defaults = {
        "ref": ref,
        "kind": "letter",
        "dated": NOW.date(),
        "name": "letter.txt",
        "media": files.Media.TEXT,
        "size": len(content),
        "digest": sha256(content).hexdigest(),
        "key": keys.id,
        "sealed": files.lock(keys=keys, ref=ref, content=content),
        "filed_by": "carol",
        "filed_at": NOW,
    }
    return Document.objects.create(episode=episode, **defaults | fields)


def contact(*, referral: Referral, **fields: Any) -> Contact:
    """A call that the person did not answer."""
    defaults = {
        "held_at": NOW,
        "party": "person",
        "begun": "us",
        "way": "telephone",
        "purpose": "arranging",
        "outcome": "no_answer",
        "submission": f"submission-{next(_numbers)}",
        "noted_by": "carol",
        "noted_at": NOW,
    }
    return Contact.objects.create(referral=referral, **defaults | fields)


def order(*, referral: Referral, **fields: Any) -> Order:
    """A Stalking Protection Order that excludes places, in force until further order."""
    defaults = {
        "token": f"token-{next(_numbers)}",
        "kind": "full",
        "event": "served",
        "made_on": NOW.date(),
        "served_on": NOW.date(),
        "exclusions": ["The harbour quarter of Northmere"],
        "told_at": NOW,
    }
    return Order.objects.create(referral=referral, area=referral.area, **defaults | fields)


def declaration(*, practitioner: Practitioner, **fields: Any) -> Declaration:
    """A link to a case, declared by a practitioner."""
    defaults = {"kind": "knows", "submission": f"submission-{next(_numbers)}", "declared_at": NOW}
    return Declaration.objects.create(practitioner=practitioner, **defaults | fields)


def feed(*, account: Account, **fields: Any) -> Feed:
    """The secret address of a calendar."""
    defaults = {"digest": sha256(str(next(_numbers)).encode()).hexdigest(), "made_at": NOW}
    return Feed.objects.create(account=account.ref, **defaults | fields)


def later(*, episode: Episode, **fields: Any) -> FollowUp:
    """A follow-up that is due."""
    defaults = {"months": 6, "due_on": NOW.date(), "made_at": NOW}
    return FollowUp.objects.create(episode=episode, **defaults | fields)


def certificate(*, episode: Episode, content: bytes = b"%PDF-1.7 certified", **fields: Any) -> Certificate:
    """A certificate of attendance that was issued."""
    keys, ref = own.keys().current, reference()
    defaults = {
        "ref": ref,
        "number": 1,
        "requirement": "Licence condition 3",
        "sessions": [1],
        "days": [NOW.date()],
        "submission": f"submission-{next(_numbers)}",
        "issued_by": "carol",
        "issued_at": NOW,
        "sent": "sent",
        "size": len(content),
        "digest": sha256(content).hexdigest(),
        "key": keys.id,
        "sealed": files.lock(keys=keys, ref=ref, content=content),
    }
    return Certificate.objects.create(episode=episode, **defaults | fields)


def own_task(*, about: Episode, **fields: Any) -> Task:
    """A task of the person's practitioner about the person, due today."""
    who = about.allocations.latest("made_at").practitioner.ref
    defaults: dict[str, Any] = {"due_on": NOW.date(), "given_by": who, "given_at": NOW, "held_by": who}
    defaults |= {"case": about.ref, "area": about.area, "submission": secrets.token_hex(8)}
    row = Task(**defaults | fields)
    row.words = "Ring the housing officer"
    row.save()
    step = TaskStep(task=row, what="given", by=row.given_by, to=row.held_by, at=NOW)
    step.save()
    return row


def letter(*, episode: Episode, **fields: Any) -> Letter:
    """An invitation to the person, written and not sent."""
    basis = {"name": episode.referral.name, "post": "", "email": ""}
    defaults = {
        "ref": reference(),
        "document": document(episode=episode, digest=secrets.token_hex(32)),
        "kind": "invitation",
        "variant": "plain",
        "to": episode.referral.name,
        "basis": json.dumps(basis),
        "written_by": "carol",
        "written_at": NOW,
        "submission": secrets.token_hex(16),
    }
    return Letter.objects.create(episode=episode, **defaults | fields)


def quarterly_return(*, quarter: date = date(2026, 7, 1), **fields: Any) -> QuarterlyReturn:
    """A return of which nothing was counted but noughts, and nothing leaves."""
    made = {"area": AREA, "quarter": quarter, "counted_at": NOW}
    return QuarterlyReturn.objects.create(
        **returned.counted(Zone.PROGRAMME, leaves="quarter received 0", **made | fields)
    )


def evaluation(*, area: str = AREA, **fields: Any) -> SharingAgreement:
    """A sharing agreement to evaluate the service."""
    made = {
        "title": "Evaluation of the Northmere service",
        "parties": ["northmere-commission"],
        "others": "University of Northmere",
        "purposes": ["evaluation"],
        "lawful_basis": "Public task",
        "begins_on": date(2026, 1, 1),
        "review_on": date(2027, 12, 1),
        "ends_on": date(2029, 12, 31),
        "submission": reference(),
        "kept_by": "carol",
        "kept_at": NOW,
    }
    return SharingAgreement.objects.create(area=area, **made | fields)


def outcome_extract(*, area: str = AREA, number: int = 1, **fields: Any) -> OutcomeExtract:
    """An extract of five people without an event after their referral."""
    lines = [
        f"{person:016x},2025-01-01,2025-01-08,2025-01-20,,,{area},programme,25 to 34" for person in range(5)
    ]
    made = {
        "agreement": evaluation(area=area).ref,
        "joins": False,
        "key": "0" * 64,
        "edition": dictionary.EDITION,
        "data_cut": NOW.date(),
        "smallest": 5,
        "people": 5,
        "left_out": '{"again": 2, "too_small": 3}',
        "coarser": '{"no_age": 4, "year": 1}',
        "episode_lines": "\n".join(lines),
        "digest": "0" * 64,
        "submission": reference(),
        "counted_by": "carol",
        "counted_at": NOW,
    }
    return OutcomeExtract.objects.create(area=area, number=number, **made | fields)


def return_question(*, of: QuarterlyReturn, **fields: Any) -> ReturnQuestion:
    """A question of the commissioner."""
    made = {"token": reference(), "question": "Why did fewer people start?", "asked_at": NOW}
    return ReturnQuestion.objects.create(of=of, **made | fields)
