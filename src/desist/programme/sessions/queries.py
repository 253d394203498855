"""What any page says of a session."""

from datetime import date
from typing import Any

from django.db.models import DateField, Exists, OuterRef, Q, QuerySet, Value

from desist.programme.circumstances.known import COUNTING
from desist.programme.circumstances.models import Circumstance, SelfHarm
from desist.programme.plans.models import Goal
from desist.programme.plans.states import State as Chosen
from desist.programme.risk.models import AcuteFactor, RiskRating
from desist.programme.risk.queries import acute_now, newest
from desist.programme.sessions import states
from desist.programme.sessions.models import ENTERED, Session
from desist.wall.statements import Statement, among, day


def title(row: Session) -> str:
    """ "Session 3", "Catch-up session 3"."""
    return states.title(row.kind, row.number)


def was_entered() -> Exists:
    """Whether a session was entered after it was held, as a statement asks of each of its rows."""
    return Exists(Session.objects.filter(ENTERED, pk=OuterRef("pk")))


def known(*, episode: int, today: date) -> dict[str, list[tuple[Any, ...]]]:
    """What holds of judgements, acute factors, risks to staff, needs, self-harm and goals, in one statement.

    Of each: a code, words, the day since when, the day until when or of its review. Of a goal: how it serves, and its words.
    """
    found: dict[str, list[tuple[Any, ...]]] = {}
    for what, *one in KNOWN.rows(people=[episode], today=today):
        found.setdefault(what, []).append(tuple(one))
    return found


def _known() -> QuerySet[Any]:
    theirs, no_day = Q(episode__in=among("people")), Value(None, DateField())
    noted = Circumstance.objects.filter(theirs, COUNTING)
    harm = SelfHarm.objects.filter(theirs).order_by("-number")
    rows = (
        RiskRating.objects.filter(theirs, newest())
        .order_by("-rated_on", "-pk")
        .values_list(Value("rated"), "tool", "result", "rated_on", "review_on"),
        AcuteFactor.objects.filter(theirs, acute_now(day("today")))
        .order_by("-noticed_on", "-pk")
        .values_list(Value("acute"), "kind", "words", "noticed_on", "until"),
        noted.filter(as_referred=False)
        .order_by("noted_at", "pk")
        .values_list(Value("noted"), "kind", "words", no_day, "review_on"),
        noted.filter(as_referred=True).values_list(Value("ended"), "kind", "words", no_day, "review_on"),
        Goal.objects.filter(theirs, state=Chosen.OPEN)
        .order_by("made_at", "pk")
        .values_list(Value("goal"), "serves", "words", no_day, no_day),
        harm.values_list(Value("harm"), Value(""), "ring", no_day, "review_on")[:1],
    )
    return rows[0].union(*rows[1:], all=True)


KNOWN = Statement(_known)
