"""Every model of the programme zone, in one place for Django: the slices hold them."""

from desist.programme.agreement.models import Agreement, FollowUpTask, NoticeGiven, NoticeWords
from desist.programme.alerts.models import SentAlert
from desist.programme.assessments.models import Assessment
from desist.programme.calendar.busy.models import BusyTime
from desist.programme.calendar.planner.models import Move, PlaceCheck
from desist.programme.chains.models import Chain, ChainLink, ChainStep
from desist.programme.circumstances.models import Circumstance, Relative, SelfHarm
from desist.programme.concerns.models import Concern, ConcernStep
from desist.programme.corrections.models import Correction
from desist.programme.curriculum.models import Curriculum, CurriculumModule, CurriculumSession
from desist.programme.disclosures.models import Disclosure, DisclosureRequest
from desist.programme.documents.models import Document
from desist.programme.episodes.models import Allocation, Episode
from desist.programme.filters.models import KeptFilter
from desist.programme.leaving.certificates.models import Certificate
from desist.programme.leaving.followups.models import FollowUp
from desist.programme.leaving.models import Leaving, ReasonChange
from desist.programme.leaving.reports.models import Report, ReportDocument
from desist.programme.letters.models import Letter, LetterTemplate
from desist.programme.measures.models import Measure, SafetyCheck, Wording
from desist.programme.moving_in.models import MovedPerson, MoveIn
from desist.programme.moving_on.models import PersonOffer
from desist.programme.orders.key_dates.models import DayAhead
from desist.programme.orders.models import Order
from desist.programme.outside.models import OutsideDoor, OutsideReferral
from desist.programme.phones.models import Phone, PhoneRequest
from desist.programme.plans.between.models import BetweenSessions
from desist.programme.plans.coping.models import CopingLine, CopingPlan
from desist.programme.plans.models import Goal, GoalRating, Readiness
from desist.programme.plans.support.models import (
    Agency,
    SupportLink,
    SupportNews,
    SupportOverride,
    SupportReferral,
)
from desist.programme.practitioners.absences.models import Leave
from desist.programme.practitioners.models import Declaration, Practitioner, SupervisionArrangement
from desist.programme.premises.models import Premises, Room
from desist.programme.referrals.attachments.models import Attachment
from desist.programme.referrals.contact_details.models import OwnContact
from desist.programme.referrals.enclosures.models import Enclosure
from desist.programme.referrals.intake.models import Draft
from desist.programme.referrals.judgements.models import PoliceJudgement
from desist.programme.referrals.models import Change, Happening, Referral
from desist.programme.referrals.telephone_notices.models import Heard, TypedWithdrawal
from desist.programme.risk.models import AcuteFactor, RiskRating, Typology
from desist.programme.risk.scenarios.models import RiskForm, RiskScenario
from desist.programme.service.extracts.models import OutcomeExtract
from desist.programme.service.handover_requests.models import HandoverRequest
from desist.programme.service.quarterly.models import QuarterlyReturn, ReturnQuestion
from desist.programme.service.reminders.models import Reminder, ReminderChoice
from desist.programme.service.settings.models import SettingChange
from desist.programme.sessions.contacts.models import Contact
from desist.programme.sessions.diary.models import DiaryDay, DiaryTarget
from desist.programme.sessions.models import Session, SessionFeedback
from desist.programme.sessions.practice.models import SkillPractice
from desist.programme.supervision.models import Debrief, Supervision, SupervisionCase
from desist.programme.supervision.quality.models import FidelityRating, QualitySample, SampledSession
from desist.programme.supervision.reflections.models import Reflection
from desist.programme.supervision.training.models import TrainingEntry
from desist.programme.triage.models import Advice, Criteria, Decision, Delay

__all__ = [
    "AcuteFactor",
    "Advice",
    "Agency",
    "Agreement",
    "Allocation",
    "Assessment",
    "Attachment",
    "BetweenSessions",
    "BusyTime",
    "Certificate",
    "Chain",
    "ChainLink",
    "ChainStep",
    "Change",
    "Circumstance",
    "Concern",
    "ConcernStep",
    "Contact",
    "CopingLine",
    "CopingPlan",
    "Correction",
    "Criteria",
    "Curriculum",
    "CurriculumModule",
    "CurriculumSession",
    "DayAhead",
    "Debrief",
    "Decision",
    "Declaration",
    "Delay",
    "DiaryDay",
    "DiaryTarget",
    "Disclosure",
    "DisclosureRequest",
    "Document",
    "Draft",
    "Enclosure",
    "Episode",
    "FidelityRating",
    "FollowUp",
    "FollowUpTask",
    "Goal",
    "GoalRating",
    "HandoverRequest",
    "Happening",
    "Heard",
    "KeptFilter",
    "Leave",
    "Leaving",
    "Letter",
    "LetterTemplate",
    "Measure",
    "Move",
    "MoveIn",
    "MovedPerson",
    "NoticeGiven",
    "NoticeWords",
    "Order",
    "OutcomeExtract",
    "OutsideDoor",
    "OutsideReferral",
    "OwnContact",
    "PersonOffer",
    "Phone",
    "PhoneRequest",
    "PlaceCheck",
    "PoliceJudgement",
    "Practitioner",
    "Premises",
    "QualitySample",
    "QuarterlyReturn",
    "Readiness",
    "ReasonChange",
    "Referral",
    "Reflection",
    "Relative",
    "Reminder",
    "ReminderChoice",
    "Report",
    "ReportDocument",
    "ReturnQuestion",
    "RiskForm",
    "RiskRating",
    "RiskScenario",
    "Room",
    "SafetyCheck",
    "SampledSession",
    "SelfHarm",
    "SentAlert",
    "Session",
    "SessionFeedback",
    "SettingChange",
    "SkillPractice",
    "Supervision",
    "SupervisionArrangement",
    "SupervisionCase",
    "SupportLink",
    "SupportNews",
    "SupportOverride",
    "SupportReferral",
    "TrainingEntry",
    "TypedWithdrawal",
    "Typology",
    "Wording",
]
