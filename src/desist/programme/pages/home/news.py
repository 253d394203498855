"""What is new for a practitioner, and what they wait for: people given to them, cover, answers of the police."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from desist.programme.disclosures.models import DisclosureRequest
from desist.programme.episodes.models import Allocation
from desist.programme.pages.home.cases import Cases
from desist.ui import dates
from desist.ui.todo import Line, When
from desist.wall.actors import Actor
from desist.wall.statements import Slot, Statement, among, moment

#: so long something is new
NEW = timedelta(days=7)


def of(cases: Cases, *, actor: Actor, at: datetime) -> Iterator[Line]:
    """Return what is new about people whom the actor works with, and the questions that wait for an answer."""
    if not cases:
        return
    known = {"people": list(cases), "who": actor.who, "since": at - NEW}
    for episode, made_at, covered in GIVEN.rows(**known):
        words = f"you cover for {covered}" if covered else "you work with them from now on"
        line = cases[episode].line(words, "episodes:episode", since=made_at)
        yield line.but(when=When.NEW, clock=dates.age(made_at, at))
    for episode, asked_at, needed_by, settled_at in ASKED.rows(**known):
        route = "disclosures:disclosures"
        if settled_at:
            line = cases[episode].line("the police answered your question", route, since=settled_at)
            yield line.but(when=When.NEW, clock=dates.age(settled_at, at))
        else:
            line = cases[episode].line("the police have not answered your question", route, by=needed_by)
            yield line.but(when=When.WAITING, since=asked_at)


def _given() -> QuerySet[Any]:
    mine = Allocation.objects.filter(
        practitioner__ref=Slot("who"), ended_at=None, episode__in=among("people"), made_at__gt=moment("since")
    ).exclude(made_by=Slot("who"))
    return mine.order_by("made_at").values_list("episode", "made_at", "leave__practitioner__name")


def _asked() -> QuerySet[Any]:
    rows = DisclosureRequest.objects.filter(
        Q(settled_at=None) | Q(settled_at__gt=moment("since")),
        asked_by=Slot("who"),
        referral__episode__in=among("people"),
    )
    return rows.order_by("asked_at").values_list("referral__episode", "asked_at", "needed_by", "settled_at")


GIVEN, ASKED = Statement(_given), Statement(_asked)
