"""What managers and supervisors have to do about people with whom a practitioner works."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet, Value

from desist.programme.leaving.reports import queries as reports
from desist.programme.leaving.reports.models import Report
from desist.programme.leaving.reports.policy import Action as ReportAction
from desist.programme.pages.home.caring import MOST
from desist.programme.pages.home.cases import Cases
from desist.programme.pages.person import queries as people
from desist.programme.plans.overrides.policy import Action as OverrideAction
from desist.programme.plans.support.models import SupportOverride
from desist.programme.plans.support.states import OverrideState
from desist.programme.service.allocation import queries as allocation
from desist.programme.sessions.models import Session
from desist.programme.supervision.policy import Action
from desist.references import spoken
from desist.ui.todo import Line
from desist.wall import gate, policy
from desist.wall.actors import Actor, Role
from desist.wall.people import are_one_person
from desist.wall.statements import Question, anybody


def due(*, actor: Actor) -> list[Line]:
    """Return reports to sign, referrals that a person said no to, links that practitioners declared, debriefs wanted."""
    found = list(_as_second(actor))
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


def _as_second(actor: Actor) -> Iterator[Line]:
    """Return what a colleague wrote or asked for and a second person decides: one statement for both."""
    found = gate.within(actor, ReportAction.SIGN_REPORT, AS_SECOND)
    own = are_one_person(actor.who, *filter(None, (one[-2] for one in found))) if found else False
    for ref, episode, given, family, agency, asked_by, since in sorted(found, key=lambda one: one[-1]):
        line = Line(
            words="read and sign the exit report",
            route="reports:report",
            ref=ref,
            name=f"{given} {family}",
            spoken=spoken(episode),
            since=since,
        )
        if not asked_by:
            yield line
        elif not (own and are_one_person(actor.who, asked_by)):
            words = f"said no to a referral to {agency}: agree to it all the same, or refuse"
            yield line.but(words=words, route="overrides:decide")


def _for_a_second(rows: QuerySet[Report]) -> QuerySet[Any]:
    names = ("episode__referral__given_names", "episode__referral__family_name")
    offered = reports.to_sign(rows).order_by("offered_at")
    signed = offered.values_list("ref", "episode__ref", *names, Value(""), Value(""), "offered_at")[:MOST]
    theirs = policy.rule(OverrideAction.DECIDE_OVERRIDE).scope(anybody(Role.MANAGER))
    asked = SupportOverride.objects.filter(theirs, state=OverrideState.WAITING).order_by("asked_at")
    waiting = asked.values_list("ref", "episode__ref", *names, "agency__name", "asked_by", "asked_at")[:MOST]
    return signed.union(waiting, all=True)


AS_SECOND = Question(Report, _for_a_second)


def _wanted(rows: QuerySet[Session]) -> QuerySet[Any]:
    rows = rows.filter(debrief_wanted=True, debrief=None).order_by("saved_at")
    return rows.values_list("ref", "practitioner__name", "saved_at")[:MOST]


DEBRIEFS = Question(Session, _wanted)
