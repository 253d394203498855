"""Every model of the programme zone, in one place for Django: the slices hold them."""

from desist.programme.agreement.models import Agreement, FollowUpTask, NoticeGiven
from desist.programme.attachments.models import Attachment
from desist.programme.chains.models import Chain, ChainLink, ChainStep
from desist.programme.concerns.models import Concern
from desist.programme.diary.models import DiaryDay
from desist.programme.duty.models import DutyNumber
from desist.programme.episodes.models import Allocation, Episode
from desist.programme.intake.models import Draft
from desist.programme.leaving.models import Leaving
from desist.programme.measures.models import Measure, SafetyCheck, Wording
from desist.programme.referrals.models import Change, Happening, Referral
from desist.programme.sessions.models import Session, SessionFeedback
from desist.programme.team.models import Practitioner, Room

__all__ = [
    "Agreement",
    "Allocation",
    "Attachment",
    "Chain",
    "ChainLink",
    "ChainStep",
    "Change",
    "Concern",
    "DiaryDay",
    "Draft",
    "DutyNumber",
    "Episode",
    "FollowUpTask",
    "Happening",
    "Leaving",
    "Measure",
    "NoticeGiven",
    "Practitioner",
    "Referral",
    "Room",
    "SafetyCheck",
    "Session",
    "SessionFeedback",
    "Wording",
]
