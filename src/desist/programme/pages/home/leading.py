"""What managers and supervisors have to do about people with whom a practitioner works."""

from collections.abc import Iterator

from django.db.models import QuerySet

from desist.programme.episodes.models import Episode
from desist.programme.leaving.reports import queries as reports
from desist.programme.pages.home.caring import MOST
from desist.programme.pages.person import queries as people
from desist.programme.service.allocation import queries as allocation
from desist.programme.sessions.models import Session
from desist.references import spoken
from desist.ui.todo import Line
from desist.wall import policy
from desist.wall.actors import Actor


def due(episodes: QuerySet[Episode], *, actor: Actor) -> list[Line]:
    """Return reports to sign, withdrawn referrals to decide on, links that practitioners declared, debriefs wanted."""
    found = [
        Line(
            words="read and sign the exit report",
            route="reports:report",
            ref=one.ref,
            name=one.name,
            spoken=spoken(one.episode),
            since=one.since,
        )
        for one in reports.to_sign(episodes=episodes, actor=actor, most=MOST)
    ]
    if policy.opens(actor.role, "allocation:allocate"):
        found += news(episodes, actor, only_decisions=True)
        found += _links(episodes)
    if policy.opens(actor.role, "supervision:debrief"):
        found += _debriefs(episodes)
    return found


def news(episodes: QuerySet[Episode], actor: Actor, *, only_decisions: bool = False) -> Iterator[Line]:
    """Return the referrals that the referrer withdrew or changed, until it is answered."""
    for one in people.unread(episodes=episodes, actor=actor, most=MOST):
        if one.decides or not only_decisions:
            yield Line(
                words=one.words,
                route="referrals:person",
                ref=one.ref,
                name=one.name,
                spoken=spoken(one.ref),
                since=one.since,
            )


def _links(episodes: QuerySet[Episode]) -> Iterator[Line]:
    """Return the practitioners who declared a link to a person with whom they work."""
    for who, ref, name in allocation.linked(episodes)[:MOST]:
        words = f"{who} declared a link to them: allocate another practitioner"
        yield Line(words=words, route="episodes:episode", ref=ref, name=name, spoken=spoken(ref))


def _debriefs(episodes: QuerySet[Episode]) -> Iterator[Line]:
    """Return the debriefs that practitioners ask for, for colleagues who may hold them."""
    rows = Session.objects.filter(episode__in=episodes, debrief_wanted=True, debrief=None)
    for ref, who, asked_at in rows.order_by("saved_at").values_list("ref", "practitioner__name", "saved_at")[
        :MOST
    ]:
        yield Line(words=f"{who} would like a debrief", route="supervision:debrief", ref=ref, since=asked_at)
