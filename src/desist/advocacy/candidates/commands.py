"""Everything that can happen to a possible breach: the clock finds it by kind and date, and a person decides."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import CharField, Max, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat

from desist.advocacy.candidates import states
from desist.advocacy.candidates.models import Candidate
from desist.advocacy.candidates.policy import Action
from desist.advocacy.candidates.states import TRANSITIONS, State
from desist.advocacy.evidence import lines
from desist.advocacy.evidence.lines import PERSON
from desist.advocacy.evidence.models import CustodyEntry
from desist.advocacy.incidents import commands as incidents
from desist.advocacy.incidents.commands import Facts
from desist.advocacy.incidents.models import Incident
from desist.advocacy.incidents.states import Channel, Evidence, Mark, Place, Through, Told
from desist.advocacy.incidents.texts import Account
from desist.advocacy.orders.models import ClientOrder
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.boxes import Shredded
from desist.codes import Behaviour
from desist.refusals import Refused
from desist.ui import dates
from desist.ui.words import FalseAlarm
from desist.wall import actors, gate
from desist.wall.actors import Actor

#: orders that one round looks at
ROUND = 50
WHY = "candidate reason"
#: kind of record -> the channel of an incident; any other is a text or chat message
CHANNELS = {
    "email": Channel.EMAIL,
    **dict.fromkeys(("call", "missed_call", "voicemail"), Channel.CALL),
}
DECIDED = "This was decided already. The page shows what was said"


def look(*, at: datetime) -> None:
    """Look at the served orders of clients about whom something new is known; at most ROUND."""
    for ref in list(_changed().values_list("ref", flat=True)[:ROUND]):
        with gate.change(actors.clock(), Action.LOOK_FOR_CANDIDATES, ClientOrder, ref, at=at) as order:
            order.looked = (
                _changed().filter(pk=order.pk).values_list("known", flat=True).first() or order.looked
            )
            order.save(update_fields=["looked"])
            _find(order, at)


def set_aside(*, actor: Actor, ref: str, reason: str, at: datetime, why: FalseAlarm | None = None) -> str:
    """Set a possible breach aside, for a reason; returns the client's reference. Raises HoldsLocator, Refused."""
    return _decide(actor, ref, State.ASIDE, reason, at=at, why=why, incident="")


def confirm(
    *,
    actor: Actor,
    ref: str,
    reason: str,
    account: str,
    submission: str,
    at: datetime,
    why: FalseAlarm | None = None,
) -> str:
    """Confirm that it may be a breach; returns the incident that can go to the police. Raises HoldsLocator, Refused.

    Of a day of contacts `account` becomes an incident in the log, once.
    """
    row = (
        gate.open(actor, Action.DECIDE_CANDIDATE, Candidate, ref, at=at)
        .select_related("incident", "order__victim")
        .get()
    )
    if row.incident:
        own = row.incident.ref
    elif State.CONFIRMED in TRANSITIONS[State(row.state)]:
        own = incidents.record(
            actor=actor,
            ref=row.order.victim.ref,
            facts=_facts(row, at),
            account=Account(what=account),
            submission=submission,
            at=at,
            why=why,
        )
    _decide(actor, ref, State.CONFIRMED, reason, at=at, why=why, incident=own)
    return own


def _facts(row: Candidate, at: datetime) -> Facts:
    """What is known of a day of contacts; its channel is that of most of them."""
    channels = Counter({Channel.TEXT: 0})
    for kind, number in _days(row.order, at).get(row.day, Counter()).items():
        channels[CHANNELS.get(kind, Channel.TEXT)] += number
    return Facts(
        happened_on=row.day,
        happened_time=None,
        place=Place.ONLINE,
        behaviours=[Behaviour.CONTACTING],
        channel=channels.most_common(1)[0][0],
        through=Through.THEMSELVES,
        marks=[Mark.ORDER],
        evidence=[Evidence.MESSAGES],
        told=[Told.NOBODY],
        crime_reference="",
        times=row.number,
        counted="exact",
    )


def _decide(
    actor: Actor, ref: str, state: State, reason: str, *, at: datetime, why: FalseAlarm | None, incident: str
) -> str:
    with gate.change(actor, Action.DECIDE_CANDIDATE, Candidate, ref, at=at) as row:
        victim = row.order.victim
        if row.state == state:
            return victim.ref
        if state not in TRANSITIONS[State(row.state)]:
            raise Refused(DECIDED)
        box = vault.box(person=victim.ref)
        vault.check(actor=actor, victim=victim, texts=[reason], at=at, of=box, why=why)
        row.state, row.decided_by, row.decided_at = state, actor.who, at
        row.words = box.lock(field=WHY, row=ref, text=reason)
        if incident:
            row.incident = Incident.objects.get(ref=incident)
        row.save(update_fields=["state", "decided_by", "decided_at", "words", "incident"])
        return victim.ref


def _changed() -> QuerySet[Any]:
    """The served orders of which something is `known` that was not when they were looked at."""
    told = Incident.objects.filter(victim=OuterRef("victim")).order_by("-pk").values("pk")[:1]
    entries = CustodyEntry.objects.filter(original__victim=OuterRef("victim"))
    read = entries.order_by().values("original__victim").annotate(last=Max("pk")).values("last")
    parts = [Cast(Coalesce(Subquery(one), 0), CharField()) for one in (told, read)]
    known = Concat(Cast("told_at", CharField()), Value(" "), parts[0], Value(" "), parts[1])
    orders = ClientOrder.objects.filter(served_on__isnull=False).annotate(known=known)
    return orders.exclude(looked=known).order_by("pk")


def _find(order: ClientOrder, at: datetime) -> None:
    """Keep what is found anew, and take away what was found before, is no longer so and has not been decided."""
    days = _days(order, at) if states.matches(frozenset({states.CONTACT}), order.subjects) else {}
    told = {
        one.pk: one.happened_on
        for one in _during(order)
        if states.matches(states.subjects(one.behaviours, one.channel), order.subjects)
    }
    kept = order.candidates.all()
    kept.filter(state=State.OPEN, number=0).exclude(incident__in=told).delete()
    kept.filter(state=State.OPEN, number__gt=0).exclude(day__in=days).delete()
    for one in kept.filter(state=State.OPEN, number__gt=0):
        one.number = days[one.day].total()
        one.save(update_fields=["number"])
    # an incident that a confirmed day became is that day's
    known = set(kept.exclude(incident=None).values_list("incident", flat=True))
    known_days = set(kept.filter(number__gt=0).values_list("day", flat=True))
    for pk, day in told.items():
        if pk not in known:
            order.candidates.create(incident_id=pk, day=day, found_at=at)
    for day, kinds in days.items():
        if day not in known_days:
            order.candidates.create(day=day, number=kinds.total(), found_at=at)


def _during(order: ClientOrder) -> QuerySet[Incident]:
    within = order.victim.incidents.filter(happened_on__gte=order.served_on)
    return within.filter(happened_on__lte=order.ends_on) if order.ends_on else within


def _days(order: ClientOrder, at: datetime) -> Mapping[date, Counter[str]]:
    """The days by the phone's clock, from that of service on, with the person's contacts in records of exports, by kind."""
    try:
        box = vault.box_if_kept(person=order.victim.ref)
    except Shredded:
        box = None
    opened = lines.files(order.victim, box)
    first, until = lines.can_be(at)
    counted: defaultdict[date, Counter[str]] = defaultdict(Counter)
    found = order.victim.hours.filter(lines.of_side(opened, PERSON), kind__in=lines.CONTACTS, first__gte=0)
    for moment, ahead, kind, number in found.values_list("first", "minutes_ahead", "kind", "count"):
        clock = datetime.fromtimestamp((moment or 0) // 1_000_000, UTC)
        if first <= clock < until:
            counted[(clock + timedelta(minutes=ahead)).date()][kind] += number
    served, ends = order.served_on or dates.day_of(at), order.ends_on or date.max
    return {day: kinds for day, kinds in counted.items() if served <= day <= ends}
