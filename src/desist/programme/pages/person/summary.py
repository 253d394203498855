"""What a person's first page says at a glance: how to reach them, the judgement of risk, the goal, scores, last contact."""

import json
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import JSONObject

from desist.codes import RiskTool
from desist.instruments import library
from desist.programme.concerns.models import Concern
from desist.programme.measures.models import Measure
from desist.programme.plans.models import Goal
from desist.programme.plans.states import State as GoalState
from desist.programme.risk.models import RiskRating
from desist.programme.sessions.contacts.models import Contact
from desist.programme.sessions.contacts.states import Outcome, Party, Way
from desist.programme.sessions.person import Judgement
from desist.referral.lists import ContactBy

#: how a person is reached, as the referrer says and as the service changed it
REACHED = ("contact_by", "own_phone", "own_email")
OWN = "referral__own_contact"
COLUMNS = (
    *(f"referral__{name}" for name in REACHED),
    *(f"{OWN}__{name}" for name in (*REACHED, "beside")),
    *("judged", "goal", "spoke", "scores", "untaken"),
)
#: the measure whose line is drawn: the first that the person has filled in
DRAWN = ("phq-9", "core-10")


@dataclass(frozen=True)
class Scores:
    """The totals of one measure in order of their days."""

    title: str
    most: int
    found: tuple[tuple[date, float], ...]

    def by_session(self, days: Sequence[date]) -> list[float | None]:
        """Place each total at the first session on its day or after it, at the last one where none is."""
        placed: list[float | None] = [None] * len(days)
        for day, total in self.found:
            placed[min(bisect_left(days, day), len(days) - 1)] = total
        return placed


@dataclass(frozen=True)
class Summary:
    """The facts of the first screen; `untaken` is when the oldest alert was raised that nobody acknowledged."""

    wish: str
    phone: str
    email: str
    judgement: Judgement | None
    goal: str
    contact: str  # the last one outside sessions with the person
    contact_at: datetime | None
    scores: Scores | None
    untaken: datetime | None


def asked() -> dict[str, Combinable]:
    """Return what the statement asks of each episode."""
    ratings = RiskRating.objects.filter(episode=OuterRef("pk"), struck_at=None).order_by("-rated_on", "-pk")
    goals = Goal.objects.filter(episode=OuterRef("pk"), state=GoalState.OPEN).order_by("made_at", "pk")
    contacts = Contact.objects.filter(referral=OuterRef("referral"), party=Party.PERSON, struck_at=None)
    filled = Measure.objects.filter(episode=OuterRef("pk"), instrument__in=DRAWN, struck_at=None)
    scored = filled.exclude(total=None).order_by("taken_on", "pk")
    concerns = Concern.objects.filter(referral=OuterRef("referral"), closed_at=None)
    waiting = concerns.filter(alert__isnull=False, alert__acknowledged_at=None).order_by("raised_at")
    return {
        "judged": Subquery(ratings.values(one=_json("tool", "result", "rated_on", "review_on"))[:1]),
        "goal": Subquery(goals.values("words")[:1]),
        "spoke": Subquery(contacts.order_by("-held_at").values(one=_json("way", "outcome", "held_at"))[:1]),
        "scores": ArraySubquery(scored.values(one=_json("instrument", "taken_on", "total"))),
        "untaken": Subquery(waiting.values("raised_at")[:1]),
    }


def summary(said: Mapping[str, Any], *, today: date) -> Summary:
    """Return the statement's answer on a day."""
    wish, phone, email = (_reached(said, name) for name in REACHED)
    spoke = json.loads(said["spoke"] or "{}")
    return Summary(
        wish=str(ContactBy(wish).label),
        phone=phone,
        email=email,
        judgement=_judgement(json.loads(said["judged"]), today) if said["judged"] else None,
        goal=said["goal"] or "",
        contact=f"{Way(spoke['way']).label}: {Outcome(spoke['outcome']).label.lower()}" if spoke else "",
        contact_at=datetime.fromisoformat(spoke["held_at"]) if spoke else None,
        scores=_scores([json.loads(one) for one in said["scores"]]),
        untaken=said["untaken"],
    )


def _json(*names: str) -> JSONObject:
    return JSONObject(**{name: name for name in names})


def _reached(said: Mapping[str, Any], name: str) -> str:
    """Return one contact detail as `Referral.known` does: a change by the service counts, else the referrer's."""
    own, referrer = said[f"{OWN}__{name}"], said[f"referral__{name}"]
    follows = own is None or json.loads(said[f"{OWN}__beside"]).get(name) == own
    return str(referrer if follows else own)


def _judgement(one: dict[str, str], today: date) -> Judgement:
    rated, review = (date.fromisoformat(one[name]) for name in ("rated_on", "review_on"))
    return Judgement(str(RiskTool(one["tool"]).label), one["result"], rated, review <= today)


def _scores(found: list[dict[str, Any]]) -> Scores | None:
    for name in DRAWN:
        mine = [one for one in found if one["instrument"] == name]
        if mine:
            known = library.instrument(name=name)
            totals = ((date.fromisoformat(one["taken_on"]), float(one["total"])) for one in mine)
            return Scores(known.title, known.most, tuple(totals))
    return None
