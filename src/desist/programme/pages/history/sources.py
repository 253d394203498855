"""The tables that tell what happened to a person's referral, and those that do not, with the reason.

Lines hold coded words alone, with who and when. Free text stays where it was written: a line leads there. Every source
takes the episode that the gate opened. A rule test keeps this whole: each table with a moment or a day that hangs on a
referral or an episode is in one of the two tables.
"""

from collections.abc import Callable, Iterator

from django.db.models import Model

from desist.programme import models
from desist.programme.episodes.models import Episode
from desist.programme.pages.history import beginning, ending, work
from desist.programme.pages.history.lines import Line

#: the source of the lines -> the tables that it reads
SOURCES: dict[Callable[[Episode], Iterator[Line]], tuple[type[Model], ...]] = {
    beginning.referral: (models.Happening, models.Delay, models.Advice),
    beginning.calls: (),  # of the duty desk: an alert names a case and hangs on none
    beginning.allocations: (models.Allocation,),
    beginning.agreements: (models.NoticeGiven, models.Agreement, models.FollowUpTask),
    beginning.disclosures: (models.DisclosureRequest, models.Disclosure),
    beginning.assessments: (models.Assessment,),
    work.measures: (models.Measure, models.SafetyCheck),
    work.circumstances: (models.Circumstance, models.SelfHarm, models.Relative),
    work.risk: (models.RiskRating, models.AcuteFactor, models.Typology),
    work.risk_forms: (models.RiskForm,),
    work.plans: (models.Goal, models.GoalRating, models.Readiness, models.CopingPlan),
    work.support: (models.SupportReferral, models.SupportOverride),
    work.places_and_times: (models.BusyTime, models.PlaceCheck),
    work.days_ahead: (models.DayAhead,),
    work.contacts: (models.Contact,),
    work.documents: (models.Document,),
    work.letters: (models.Letter,),
    work.meetings: (models.Session, models.SessionFeedback, models.Chain),
    work.moves: (models.Move,),
    work.concerns: (models.Concern, models.ConcernStep),
    ending.leavings: (models.Leaving,),
    ending.reports: (models.Report,),
    ending.certificates: (models.Certificate,),
}
#: what the page filters by -> its name, and the sources of those lines; the rest are of the referral
KINDS: dict[str, tuple[str, frozenset[Callable[[Episode], Iterator[Line]]]]] = {
    "sessions": (
        "Sessions and chains",
        frozenset({work.meetings, work.moves, work.places_and_times, beginning.assessments}),
    ),
    "work": ("Plan and measures", frozenset({work.plans, work.support, work.measures, work.days_ahead})),
    "contacts": (
        "Contacts and documents",
        frozenset({work.contacts, work.documents, work.letters}),
    ),
    "risk": (
        "Risk and concerns",
        frozenset(
            {
                *(work.risk, work.risk_forms, work.circumstances, work.concerns),
                *(beginning.calls, beginning.disclosures),
            }
        ),
    ),
    "referral": (
        "Referral, agreement and ending",
        frozenset({beginning.referral, beginning.allocations, beginning.agreements})
        | {ending.leavings, ending.reports, ending.certificates},
    ),
}
COMMANDS = "its commands write a line of the referral's own timeline"
#: tables that yield no line here, and why
UNTOLD: dict[type[Model], str] = {
    models.Referral: COMMANDS,
    models.Change: COMMANDS,
    models.OwnContact: COMMANDS,
    models.Heard: COMMANDS,
    models.PoliceJudgement: COMMANDS,
    models.Order: COMMANDS,
    models.TypedWithdrawal: COMMANDS,
    models.SentAlert: "what raised it is a line, and says when it was acknowledged",
    **dict.fromkeys(
        (models.Phone, models.PhoneRequest),
        "the page of the person's phone tells it, and the audit who did it",
    ),
    models.Enclosure: "once the draft is taken in it is an attachment, which is a line",
    models.Draft: COMMANDS,
    models.OutsideReferral: "it becomes a draft and then a referral, which is a line",
    models.Attachment: COMMANDS,
    models.Decision: COMMANDS,
    models.Correction: COMMANDS,
    models.ReasonChange: COMMANDS,
    models.FollowUp: COMMANDS,  # a failed attempt stays a line when a later one replaces it
    models.PersonOffer: "until it is accepted nothing changes; then the leaving is a line, or the referral begins",
    models.Episode: "the decision opens it, a leaving ends it: both are lines",
    models.HandoverRequest: "until it is accepted nothing changes; then the allocation or the move is a line",
    models.RiskScenario: "a part of the risk form, which is a line once it is begun and once it is signed",
    models.ReportDocument: "made at the moment of signing, which is a line",
    models.ChainStep: "a step of the editor; the chain is a line",
    models.SupportLink: "how an agency reads a referral; the page of the person's support shows it",
    models.SupportNews: "what an agency said; the page of the person's support shows it",
    models.DiaryDay: "a day as the person wrote it, not something that happened to the referral",
    models.DiaryTarget: "a row of the diary; the diary's page shows it",
    models.BetweenSessions: "how a person works between the sessions; the pages of paper and phone show it",
    models.SkillPractice: "what the person tried, as they noted it; the page of the practice log shows it",
    models.FidelityRating: "about the practitioner's work; who observed what is for the quality pages",
    models.Debrief: "about the practitioner, not the person",
    **dict.fromkeys(
        (models.ReminderChoice, models.Reminder),
        "how appointments are told; the page of the person's phone shows it",
    ),
}
