"""What managers and supervisors have to do about people with whom a practitioner works."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from desist.programme.leaving.reports import queries as reports
from desist.programme.pages.home.caring import MOST
from desist.programme.pages.home.cases import Cases
from desist.programme.pages.person import queries as people
from desist.programme.service.allocation import queries as allocation
from desist.programme.sessions.models import Session
from desist.programme.supervision.policy import Action
from desist.references import spoken
from desist.ui.todo import Line
from desist.wall import gate, policy
from desist.wall.actors import Actor
from desist.wall.statements import Question


def due(*, actor: Actor) -> list[Line]:
    """Return reports to sign, links that practitioners declared, debriefs wanted."""
    found = [
        Line(
            words="read and sign the exit report",
            route="reports:report",
            ref=one.ref,
            name=one.name,
            spoken=spoken(one.episode),
            since=one.since,
        )
        for one in reports.to_sign(actor=actor)
    ]
    if policy.opens(actor.role, "allocation:allocate"):
        found += _links(actor)
    if policy.opens(actor.role, "supervision:debrief"):
        found += _debriefs(actor)
    return found


def news(own: Cases, *, actor: Actor) -> Iterator[Line]:
    """Return the referrals that the referrer withdrew or changed, until it is answered; only those who decide hear of all."""
    decides = policy.opens(actor.role, "allocation:allocate")
    if not decides and not any(one.unread_since for one in own.values()):
        return
    theirs = {one.ref for one in own.values()}
    for one in people.unread(actor=actor):
        if one.ref in theirs or (decides and one.decides):
            yield Line(
                words=one.words,
                route="referrals:person",
                ref=one.ref,
                name=one.name,
                spoken=spoken(one.ref),
                since=one.since,
            )


def _links(actor: Actor) -> Iterator[Line]:
    """Return the practitioners who declared a link to a person with whom they work."""
    for who, ref, name in allocation.linked(actor=actor)[:MOST]:
        words = f"{who} declared a link to them: allocate another practitioner"
        yield Line(words=words, route="episodes:episode", ref=ref, name=name, spoken=spoken(ref))


def _debriefs(actor: Actor) -> Iterator[Line]:
    """Return the debriefs that practitioners ask for, for colleagues who may hold them."""
    for ref, who, asked_at in gate.within(actor, Action.HOLD_DEBRIEF, DEBRIEFS):
        yield Line(words=f"{who} would like a debrief", route="supervision:debrief", ref=ref, since=asked_at)


def _wanted(rows: QuerySet[Session]) -> QuerySet[Any]:
    rows = rows.filter(debrief_wanted=True, debrief=None).order_by("saved_at")
    return rows.values_list("ref", "practitioner__name", "saved_at")[:MOST]


DEBRIEFS = Question(Session, _wanted)
