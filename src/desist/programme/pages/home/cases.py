"""The people about whom the first page lists what to do, with what the lists ask of each, in one statement."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from desist.agencies import ANSWERS_WITHIN
from desist.programme.agreement import queries as agreement
from desist.programme.assessments import queries as assessments
from desist.programme.circumstances.models import Circumstance, SelfHarm
from desist.programme.concerns.models import Concern
from desist.programme.concerns.policy import Action as ConcernsAction
from desist.programme.episodes.models import Allocation, Episode
from desist.programme.episodes.policy import Action as EpisodesAction
from desist.programme.measures import queries as measures
from desist.programme.phones.models import UNANSWERED, PhoneRequest
from desist.programme.plans.between.commands import ordered_since
from desist.programme.plans.between.models import BetweenSessions
from desist.programme.plans.support import queries as support
from desist.programme.plans.support.models import SupportReferral
from desist.programme.risk.models import RiskRating
from desist.programme.risk.scenarios.models import RiskForm, RiskScenario
from desist.programme.risk.scenarios.policy import Action as ScenariosAction
from desist.programme.sessions.models import HOLDING, OF_THE_COURSE, Session
from desist.programme.sessions.states import State as SessionState
from desist.references import spoken
from desist.tasks.cases import Kind, called
from desist.ui.dates import day_of
from desist.ui.todo import Line
from desist.wall.statements import Question, day, moment

#: what a task of one's own can be about
TASKS = (
    Kind(
        EpisodesAction.SEE_EPISODE,
        Episode,
        "episodes:episode",
        called,
        ("referral__given_names", "referral__family_name"),
    ),
    Kind(
        ConcernsAction.SEE_CONCERN,
        Concern,
        "concerns:concern",
        called,
        ("referral__given_names", "referral__family_name"),
    ),
    Kind(
        ScenariosAction.SEE_SCENARIO,
        RiskScenario,
        "scenarios:scenario",
        called,
        ("form__episode__referral__given_names", "form__episode__referral__family_name"),
    ),
)
#: after an end so long ago nothing is asked any more: the last follow-up is at twelve months, and may be late
OVER = timedelta(days=730)
COLUMNS = (
    *("pk", "ref", "referral__given_names", "referral__family_name", "state", "referral__completed_at"),
    *("ended_at", "referral__unread_since", "owner", "agreement__state", "agreement__requirement"),
    *("told", "assessed", "measured", "judged", "formed", "noted", "sent", "supported", "attended", "first"),
    "ordered",
)


@dataclass(frozen=True)
class Case:
    """One person on the programme, or who was; `owner` is their practitioner: the name, of the team the key."""

    pk: int
    ref: str
    given: str
    family: str
    state: str
    complete_at: datetime
    ended_at: datetime | None
    unread_since: datetime | None
    owner: str | int | None
    agreement: str | None
    requirement: str | None
    told: bool
    assessed: str | None
    measured: bool
    judged: bool
    formed: bool  # the service's own risk form was begun
    noted: bool  # a risk to staff, a need or self-harm
    sent: bool  # something that came from their phone waits for an answer
    supported: bool  # an agency owes an answer, or gave one that nobody has read
    attended: bool
    first: datetime | None  # the first session that was held or is planned
    ordered: bool  # an order came after it was set that they may use a phone

    def line(self, words: str, route: str, ref: str = "", **more: object) -> Line:
        """Return one thing to do about the person, with their practitioner; without `ref` its page is one of the person."""
        name = f"{self.given} {self.family}"
        known: dict[str, Any] = {
            "name": name,
            "spoken": spoken(self.ref),
            "owner": str(self.owner or ""),
            **more,
        }
        return Line(words=words, route=route, ref=ref or self.ref, **known)


Cases: TypeAlias = Mapping[int, Case]


def of(found: Iterable[tuple[Any, ...]]) -> Cases:
    """Return the people of an answer by key."""
    return {one[0]: Case(*one) for one in found}


def moments(at: datetime) -> dict[str, object]:
    """Return the values of the questions below."""
    return {"over": at - OVER, "today": day_of(at), "asked": day_of(at) - ANSWERS_WITHIN}


def _told(rows: QuerySet[Episode], owner: str = "practitioner__name") -> QuerySet[Any]:
    """Return these people with what the lists ask of each, but those who ended long ago."""
    held = Session.objects.filter(HOLDING, OF_THE_COURSE, episode=OuterRef("pk")).order_by("period")
    attended = Session.objects.filter(OF_THE_COURSE, episode=OuterRef("pk"), state=SessionState.ATTENDED)
    current = Allocation.objects.filter(episode=OuterRef("pk"), ended_at=None, leave=None)
    rows = rows.filter(Q(ended_at=None) | Q(ended_at__gte=moment("over"))).annotate(
        owner=Subquery(current.values(owner)[:1]),
        told=agreement.told(OuterRef("pk")),
        assessed=assessments.stands(OuterRef("pk")),
        measured=measures.begun(OuterRef("pk")),
        judged=Exists(RiskRating.objects.filter(episode=OuterRef("pk"))),
        noted=Exists(Circumstance.objects.filter(episode=OuterRef("pk"), over=""))
        | Exists(SelfHarm.objects.filter(episode=OuterRef("pk"))),
        formed=Exists(RiskForm.objects.filter(episode=OuterRef("pk"))),
        sent=Exists(PhoneRequest.objects.filter(UNANSWERED, episode=OuterRef("pk"))),
        supported=Exists(SupportReferral.objects.filter(support.waits(day("asked")), episode=OuterRef("pk"))),
        attended=Exists(attended),
        first=Subquery(held.values("period__startswith")[:1]),
        ordered=Exists(
            BetweenSessions.objects.filter(
                ordered_since(day("today")), on_paper=False, episode=OuterRef("pk")
            )
        ),
    )
    return rows.values_list(*COLUMNS)


def _held() -> Q:
    """Return the condition that a practitioner who has not left works with the person."""
    current = Allocation.objects.filter(episode=OuterRef("pk"), ended_at=None, leave=None)
    return Q(Exists(current.exclude(practitioner__left_on__lte=day("today"))))


#: a practitioner's own people; those with whom no practitioner works, and those with whom one does
OWN = Question(Episode, _told)
OF_NOBODY = Question(Episode, lambda rows: _told(rows.exclude(_held())))
OF_THE_TEAM = Question(Episode, lambda rows: _told(rows.filter(_held()), owner="practitioner"))
