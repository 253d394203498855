"""Higher judgements of risk: whom their rater chose to tell reads of them at once, and the referrer is alerted."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from desist.programme.concerns.models import Concern
from desist.programme.pages.home.caring import MOST
from desist.programme.pages.home.news import NEW
from desist.programme.risk.models import RiskRating
from desist.programme.risk.policy import TOLD, Action
from desist.programme.risk.queries import newest
from desist.programme.risk.states import Alerted, Compared
from desist.references import spoken
from desist.ui import dates
from desist.ui.todo import Line, When
from desist.wall import gate, policy
from desist.wall.actors import Actor
from desist.wall.statements import Question, moment

UNALERTED = "alert the referrer now: the judgement of risk is higher, and nobody has"


def due(*, actor: Actor, at: datetime) -> Iterator[Line]:
    """Return higher judgements that the actor is told of, and those whose referrer nobody has alerted yet."""
    alerts = policy.opens(actor.role, "concerns:about")
    found = gate.within(actor, Action.SEE_REVIEWS, HIGHER, since=at - NEW)
    for episode, given, family, alerting, by, since, unalerted in found:
        line = Line(
            words="read the higher judgement of risk",
            route="risk:risk",
            ref=episode,
            name=f"{given} {family}",
            spoken=spoken(episode),
            since=since,
        )
        if unalerted and alerts:
            yield line.but(words=UNALERTED, route="concerns:about", overdue=True, now=True)
        if by != actor.who and TOLD.get(actor.role) in alerting and since > at - NEW:
            yield line.but(when=When.NEW, clock=dates.age(since, at))


def _unalerted() -> Q:
    """A judgement that asks for an alert to a referrer who can get one, where no concern was raised since."""
    concerns = Concern.objects.filter(
        referral=OuterRef("episode__referral"), raised_at__gte=OuterRef("recorded_at")
    )
    asks = Q(alerting__contains=[Alerted.REFERRER.value]) & ~Q(episode__referral__partner="")
    return asks & Q(~Exists(concerns))


def _higher(rows: QuerySet[Any]) -> QuerySet[Any]:
    told = Q(alerting__overlap=[code.value for code in TOLD.values()], recorded_at__gt=moment("since"))
    rows = rows.annotate(unalerted=ExpressionWrapper(_unalerted(), output_field=BooleanField()))
    rows = rows.filter(newest(), Q(unalerted=True) | told, compared=Compared.HIGHER, episode__ended_at=None)
    return rows.order_by("recorded_at", "pk").values_list(
        *("episode__ref", "episode__referral__given_names", "episode__referral__family_name"),
        *("alerting", "recorded_by", "recorded_at", "unalerted"),
    )[:MOST]


HIGHER = Question(RiskRating, _higher)
