"""The referrals that can be of one person, and what goes along when one is merged into another."""

from datetime import datetime
from typing import Any

from django.db.models import Model, Q

from desist.merges.records import Along, Kind, dated
from desist.merges.states import State as Merged
from desist.programme.agreement.models import Agreement, FollowUpTask, NoticeGiven
from desist.programme.alerts.models import SentAlert
from desist.programme.assessments.models import Assessment
from desist.programme.calendar.busy.models import BusyTime
from desist.programme.calendar.planner.models import PlaceCheck
from desist.programme.circumstances.models import Circumstance, Relative, SelfHarm
from desist.programme.concerns.models import Concern
from desist.programme.documents.models import Document
from desist.programme.episodes.models import Episode
from desist.programme.episodes.states import OPEN
from desist.programme.episodes.states import State as CourseState
from desist.programme.leaving.followups.models import FollowUp
from desist.programme.leaving.reports.models import Report
from desist.programme.letters.models import Letter
from desist.programme.measures.models import Measure
from desist.programme.orders.key_dates.models import DayAhead
from desist.programme.orders.models import Order
from desist.programme.plans.between.models import BetweenSessions
from desist.programme.plans.coping.models import CopingPlan
from desist.programme.plans.models import Goal, Readiness
from desist.programme.plans.support.models import SupportOverride, SupportReferral
from desist.programme.referrals.attachments.models import Attachment
from desist.programme.referrals.contact_details.models import OwnContact
from desist.programme.referrals.judgements.models import PoliceJudgement
from desist.programme.referrals.models import Referral
from desist.programme.referrals.policy import Action
from desist.programme.referrals.states import Happened, State
from desist.programme.risk.models import AcuteFactor, RiskRating, Typology
from desist.programme.risk.scenarios.models import RiskForm
from desist.programme.sessions.contacts.models import Contact
from desist.programme.sessions.diary.models import DiaryDay, DiaryTarget
from desist.programme.sessions.models import Session
from desist.programme.sessions.practice.models import SkillPractice
from desist.programme.sessions.states import OF_THE_TWELVE
from desist.programme.sessions.states import State as SessionState
from desist.references import spoken
from desist.referral.forms import LABELS
from desist.tasks.models import Task

#: a referral that is settled has no clock that a merge could hide
SETTLED = (State.DECLINED, State.WITHDRAWN)
ANSWERS = (
    *("given_names", "family_name", "aliases", "born", "pnc", "cro"),
    *("contact_by", "own_phone", "own_email", "own_address", "own_postcode", "lives_in"),
)


def unfit(first: Referral, second: Referral) -> str:
    """Why a referral is not merged into another: it still waits for something, or both are on the programme."""
    course, other = getattr(second, "episode", None), getattr(first, "episode", None)
    if course and course.state in OPEN:
        if other and other.state in OPEN:
            return (
                "Both are on the programme now. Record under Leaving that one of them was entered twice, "
                "and merge that one into the other"
            )
        return f"{spoken(second.ref)} is on the programme now: keep that one as the first, and merge the other into it"
    if course is None and second.state not in SETTLED:
        return (
            f"{spoken(second.ref)} still waits for a decision. Decline it as “The person is referred already”, "
            "which tells the referrer, and merge it then"
        )
    return ""


def happened(row: Referral, other: str, after: Merged, by: str, at: datetime) -> None:
    """Write a line of a referral's timeline."""
    row.happened(
        Happened.MERGED if after is Merged.STANDS else Happened.SPLIT,
        by=by,
        at=at,
        detail=f"With {spoken(other)}",
    )
    held = course(row)
    if held and held.state in (CourseState.ALLOCATED, CourseState.IN_SESSIONS):
        _follow_sessions(held)


def _follow_sessions(held: Episode) -> None:
    """Let a course be in sessions where one was attended, and before them where none was."""
    begun = held.sessions.filter(state=SessionState.ATTENDED, kind__in=OF_THE_TWELVE).exists()
    held.state = CourseState.IN_SESSIONS if begun else CourseState.ALLOCATED
    held.save(update_fields=["state"])


def course(row: Referral) -> Any:  # noqa: ANN401 -- an episode, or none
    """A referral's course on the programme, None where it has none."""
    return getattr(row, "episode", None)


def one_course(first: Referral, second: Referral) -> bool:
    """Whether two courses overlap: a person is on one at a time, so one course was entered twice."""
    one, other = course(first), course(second)
    return bool(one and other and (other.ended_at is None or other.ended_at > one.opened_at))


def of_person(
    model: type[Model],
    name: str,
    day: str,
    column: str = "episode",
    **more: Any,  # noqa: ANN401 -- what else Along takes
) -> Along:
    """Rows about the person, which are kept with a course: they go along from an earlier course too."""
    return dated(model, column, name, day, owner=course, **more)


def of_course(model: type[Model], name: str, day: str, **more: Any) -> Along:  # noqa: ANN401 -- what else Along takes
    """Rows of the course itself: they go along where one course was entered twice; an earlier one stays whole."""
    return dated(model, "episode", name, day, owner=course, goes=one_course, **more)


#: a signed form or report is never changed: it stays where it was signed, with the others of its course
UNSIGNED = ~Q(state="signed")
ALONG = (
    dated(Order, "referral", "Orders", "made_on", asks=True),
    dated(Concern, "referral", "Concerns", "raised_at", asks=True),
    dated(Contact, "referral", "Contacts", "held_at", asks=True),
    dated(SentAlert, "referral", "Alerts sent", "raised_at"),
    dated(Attachment, "referral", "Files of the referral", "added_at"),
    dated(OwnContact, "referral", "Contact details changed here", "kept_at"),
    dated(PoliceJudgement, "referral", "Judgements of the police", "asked_at"),
    of_person(Circumstance, "Risks to staff and needs", "since"),
    of_person(SelfHarm, "Self-harm", "saved_at", one=True),
    of_person(Relative, "Children and family", "noted_at"),
    of_person(Document, "Documents", "filed_at"),
    of_person(Letter, "Letters", "written_at"),
    of_person(DayAhead, "Key dates", "day"),
    of_person(RiskRating, "Judgements of risk", "rated_on"),
    of_person(AcuteFactor, "Acute factors", "noticed_on"),
    of_person(Typology, "Types of stalking", "rated_on"),
    of_person(RiskForm, "Risk forms", "begun_at", one=True, group="risk forms", which=UNSIGNED),
    of_person(Task, "Tasks", "due_on", column="case"),
    of_course(NoticeGiven, "Information notices", "given_on"),
    of_course(Agreement, "Agreement to take part", "answered_on"),
    of_course(FollowUpTask, "Tasks after a withdrawal", "due_on"),
    of_course(Assessment, "Assessments", "appointed_at"),
    of_course(BusyTime, "Busy times", "first_on"),
    of_course(Session, "Sessions", "recorded_at"),
    of_course(PlaceCheck, "Checks of places", "said_at"),
    of_course(Measure, "Measures", "taken_on"),
    of_course(Goal, "Goals", "made_at"),
    of_course(Readiness, "Readiness and motivation", "rated_on"),
    of_course(BetweenSessions, "How the person works between the sessions", "set_at", one=True),
    of_course(CopingPlan, "Coping plan", "written_at", one=True),
    of_course(SkillPractice, "Practice of skills", "day"),
    of_course(SupportReferral, "Support", "referred_on"),
    of_course(SupportOverride, "Support that the person said no to", "asked_at"),
    of_course(DiaryDay, "Days of the diary", "day"),
    of_course(DiaryTarget, "Targets of the diary", "added_at"),
    of_course(Report, "Exit reports", "started_at", one=True, group="reports", which=UNSIGNED),
    of_course(FollowUp, "Follow-ups", "due_on", one=True),
)
#: what leads to a referral or a course and does not go along -> why
STAYS = {
    "programme_episode.referral": "a course stays with the referral that it began with",
    "programme_happening.referral": "the timeline of this referral",
    "programme_change.referral": "what the referrer changed in this referral",
    "programme_draft.referral": "the form that this referral was typed in",
    "programme_decision.referral": "the decision on this referral",
    "programme_advice.referral": "the advice given on this referral",
    "programme_delay.referral": "the clock of this referral",
    "programme_heard.referral": "what the referrer told about this referral by telephone",
    "programme_typedwithdrawal.referral": "the withdrawal of this referral",
    "programme_movedperson.referral": "the import that brought this referral",
    "programme_disclosurerequest.referral": "the police answer it by the thread of this referral",
    "programme_disclosure.referral": "the police recall it by the thread of this referral",
    "programme_allocation.episode": "who worked with the person in that course",
    "programme_personoffer.episode": "which programme that course was offered to",
    "programme_handoverrequest.episode": "who was asked to take that course over",
    "programme_phone.episode": "a phone was invited for that course, and is ended with it",
    "programme_phonerequest.episode": "it came from a phone of that course, and is answered there",
    "programme_reminderchoice.episode": "what the person chose in that course",
    "programme_reminder.episode": "it was sent in that course",
    "programme_certificate.episode": "a certificate is never changed: it says in which course it was issued",
    "programme_leaving.episode": "how that course ended",
    "programme_supervisioncase.episode": "what was talked about in supervision then",
}
RECORDS = (
    Kind(
        action=Action.COMPARE_REFERRALS,
        model=Referral,
        route="referrals:referral",
        name=lambda row: str(row.name),
        labels={name: LABELS[name] for name in ANSWERS},
        along=ALONG,
        stays=STAYS,
        unfit=unfit,
        happened=happened,
    ),
)
