"""What is new for a practitioner, and what they wait for: people given to them, cover, answers of the police."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q

from desist.programme.disclosures.models import DisclosureRequest
from desist.programme.episodes.models import Allocation
from desist.programme.pages.home.cases import Cases
from desist.ui import dates
from desist.ui.todo import Line, When
from desist.wall.actors import Actor

#: so long something is new
NEW = timedelta(days=7)


def of(cases: Cases, *, actor: Actor, at: datetime) -> Iterator[Line]:
    """Return what is new about people whom the actor works with, and the questions that wait for an answer."""
    if not cases:
        return
    mine = Allocation.objects.filter(
        practitioner__ref=actor.who, ended_at=None, episode__in=list(cases), made_at__gt=at - NEW
    ).exclude(made_by=actor.who)
    columns = ("episode", "made_at", "leave__practitioner__name")
    for episode, made_at, covered in mine.order_by("made_at").values_list(*columns):
        words = f"you cover for {covered}" if covered else "you work with them from now on"
        line = cases[episode].line(words, "episodes:episode", since=made_at)
        yield line.but(when=When.NEW, clock=dates.age(made_at, at))
    asked = DisclosureRequest.objects.filter(
        Q(settled_at=None) | Q(settled_at__gt=at - NEW),
        asked_by=actor.who,
        referral__episode__in=list(cases),
    )
    facts = ("referral__episode", "asked_at", "needed_by", "settled_at")
    for episode, asked_at, needed_by, settled_at in asked.order_by("asked_at").values_list(*facts):
        route = "disclosures:disclosures"
        if settled_at:
            line = cases[episode].line("the police answered your question", route, since=settled_at)
            yield line.but(when=When.NEW, clock=dates.age(settled_at, at))
        else:
            line = cases[episode].line("the police have not answered your question", route, by=needed_by)
            yield line.but(when=When.WAITING, since=asked_at)
