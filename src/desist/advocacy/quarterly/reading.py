"""The facts of a quarter of an advocacy service as they are known at a moment; nothing that is locked is opened for it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from desist.advocacy import clocks, rules
from desist.advocacy.clocks import Pause
from desist.advocacy.contacts.models import Arrangement
from desist.advocacy.disclosures.models import Disclosure
from desist.advocacy.measures.commands import OWN_SAFETY
from desist.advocacy.measures.models import Measure
from desist.advocacy.measures.states import Occasion
from desist.advocacy.packs.commands import PATIENCE
from desist.advocacy.packs.models import BreachPack, PackCall
from desist.advocacy.pairs.models import PairAsked
from desist.advocacy.quarterly import counting
from desist.advocacy.quarterly.counting import ClientFacts
from desist.advocacy.quarterly.policy import Action
from desist.advocacy.safety.models import Need, PlanVersion
from desist.advocacy.safety.states import NeedState
from desist.advocacy.screenings.models import Screening
from desist.advocacy.screenings.states import Source
from desist.advocacy.updates.models import Update
from desist.advocacy.updates.states import State as News
from desist.advocacy.victims.models import Allocation, ClockPause, Consent, Victim
from desist.advocacy.victims.states import Purpose
from desist.merges.models import Merge
from desist.merges.states import State as MergeState
from desist.returns.counted import Counted
from desist.returns.definitions import Edition
from desist.returns.quarters import Quarter
from desist.ui.dates import day_of
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.exclusions import restricted

#: what a client has of a kind, by the key of the client
Known = Mapping[int, list[Any]]


def counted(actor: Actor, quarters: Sequence[Quarter], edition: Edition, at: datetime) -> Sequence[Counted]:
    """Count quarters of the actor's area as they are known now.

    A client who was reached counts only with their consent to statistics. Cases restricted to named people are not in it.
    """
    rows = gate.see(actor, Action.COUNT_CLIENTS, Victim, at=at).exclude(ref__in=restricted())
    merged = Merge.objects.filter(state=MergeState.STANDS).values_list("second", flat=True)
    rows = rows.exclude(ref__in=list(merged)).filter(_agreed())
    clients = list(_clients(rows, at))
    return [counting.count(clients, quarter=one, edition=edition) for one in quarters]


def _agreed() -> Q:
    """Clients who agree to be counted, and those whom nobody could ask yet."""
    asked = Consent.objects.filter(purpose=Purpose.EVALUATION)
    standing, taken_back = (asked.filter(withdrawn_at__isnull=now).values("victim") for now in (True, False))
    return Q(pk__in=standing) | (Q(first_contact_at=None) & ~Q(pk__in=taken_back))


def _clients(rows: QuerySet[Victim], at: datetime) -> Iterator[ClientFacts]:
    """Yield the facts of each client, in a dozen statements for all of them."""
    pauses = {
        victim: [Pause(*one) for one in found]
        for victim, found in _by_client(ClockPause.objects.all(), rows, "began_at", "ended_at").items()
    }
    ways = {
        "allocated": _by_client(Allocation.objects.all(), rows, "made_at", "ended_at"),
        "screenings": _by_client(
            Screening.objects.filter(struck_at=None, source=Source.HERE), rows, "rated_on", "rater_trained"
        ),
        "plans": _by_client(PlanVersion.objects.all(), rows, "saved_at"),
        "settled": _by_client(Need.objects.exclude(state=NeedState.OPEN), rows, "closed_at", "state"),
        "ratings": _by_client(
            Measure.objects.filter(instrument=OWN_SAFETY, struck_at=None).exclude(occasion=Occasion.BETWEEN),
            rows,
            "taken_on",
            "occasion",
        ),
    }
    news, packs, told = _news(rows, pauses, at), _packs(rows), _told(rows)
    for pk, way, received, reached, closed, reason in rows.order_by("pk").values_list(
        *("pk", "way_in", "received_at", "first_contact_at", "closed_at", "close_reason")
    ):
        found = {name: known.get(pk, []) for name, known in ways.items()}
        yield ClientFacts(
            way=way,
            received=day_of(received),
            reached=_day(reached),
            in_time=reached is not None and _in_time(received, reached, pauses.get(pk, [])),
            closed=_day(closed),
            reason=reason,
            told=pk in told,
            allocated=[(day_of(first), _day(last)) for first, last in found["allocated"]],
            screenings=[(day, trained) for day, trained in found["screenings"]],
            plans=[day_of(saved) for (saved,) in found["plans"]],
            settled=[(day_of(ended), state) for ended, state in found["settled"]],
            ratings=[(day, occasion == Occasion.START) for day, occasion in found["ratings"]],
            news=news.get(pk, []),
            packs=packs.get(pk, []),
        )


def _by_client(of: QuerySet[Any], rows: QuerySet[Victim], *columns: str) -> Known:
    """Return columns of rows by the key of their client, in the order in which they were made."""
    found = defaultdict(list)
    listed = of.filter(victim__in=rows.values("pk")).order_by("pk")
    for victim, *told in listed.values_list("victim", *columns):
        found[victim].append(tuple(told))
    return found


def _in_time(received: datetime, reached: datetime, pauses: list[Pause]) -> bool:
    clock = clocks.first_contact(received_at=received, pauses=pauses, now=reached)
    return clock.counted <= clock.limit


def _news(rows: QuerySet[Victim], pauses: Mapping[int, list[Pause]], at: datetime) -> Known:
    """Return the day of each piece of news, and whether it was told in time: by the clock that advocates see."""
    flagged = Arrangement.objects.filter(victim__in=rows.values("pk")).exclude(not_safe_since=None)
    unsafe = {
        victim: [Pause(since, None)]
        for victim, since in flagged.values_list("victim", "not_safe_since")
        if since
    }
    enhanced = dict(rows.values_list("pk", "enhanced"))
    found = defaultdict(list)
    listed = Update.objects.exclude(state=News.OVERTAKEN)
    for victim, came in _by_client(listed, rows, "received_at", "settled_at").items():
        for received, settled in came:
            until = settled or at
            still = [*pauses.get(victim, []), *unsafe.get(victim, [])]
            stretches = [one for one in still if one.began_at < until]
            limit = rules.in_force(rules.UPDATE, on=day_of(received)).days(enhanced=enhanced[victim])
            clock = clocks.update(received_at=received, limit=limit, pauses=stretches, now=until)
            what = "late" if clock.counted > limit else "in_time" if settled else "waiting"
            found[victim].append((day_of(received), what))
    return found


def _packs(rows: QuerySet[Victim]) -> Known:
    """Return the day on which each report's four hours were over, and what came of it by the next day."""
    listed = BreachPack.objects.filter(incident__victim__in=rows.values("pk")).order_by("pk")
    calls = PackCall.objects.filter(pack__in=listed.values("pk")).order_by("-at")
    rung = dict(calls.values_list("pack", "at"))  # of each the first call, which comes last
    found = defaultdict(list)
    for pk, victim, sent, answered in listed.values_list("pk", "incident__victim", "sent_at", "answered_at"):
        over = sent + PATIENCE
        what = "recorded" if answered and answered <= over else "later"
        if what == "later" and pk in rung and (day_of(rung[pk]) - day_of(over)).days <= 1:
            what = "rung"
        found[victim].append((day_of(over), what))
    return found


def _told(rows: QuerySet[Victim]) -> set[int]:
    """Return the clients whom a message to the police ever named as a client."""
    clients = rows.values("pk")
    pairs = PairAsked.objects.filter(victim__in=clients).values_list("victim", flat=True)
    packs = BreachPack.objects.filter(incident__victim__in=clients).values_list("incident__victim", flat=True)
    sent = Disclosure.objects.filter(victim__in=clients).exclude(sent_at=None)
    return {*pairs, *packs, *sent.values_list("victim", flat=True)}


def _day(moment: datetime | None) -> date | None:
    return day_of(moment) if moment else None
