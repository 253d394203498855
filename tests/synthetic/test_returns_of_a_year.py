"""A year of the synthetic area: what each side returns, quarter by quarter, agrees with SQL written apart from the product's code."""

import json
import uuid
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from pytest_django.fixtures import Settings
from tests.partnership.orders import factories as orders
from tests.programme.factories import concern, measure
from tests.synthetic import plants
from tests.synthetic.conftest import NOW
from tests.synthetic.recounts import BY_SQL

from desist.partnership.referrals.models import Referral as Sent
from desist.programme.episodes.models import Allocation, Episode
from desist.programme.leaving.followups.models import FollowUp
from desist.programme.measures.models import Measure
from desist.programme.pages.outcomes import queries as outcomes
from desist.programme.plans.models import Goal
from desist.programme.practitioners.models import Practitioner
from desist.programme.referrals.models import Referral
from desist.programme.service.returns.facts import Period
from desist.programme.sessions.models import Session
from desist.quarterly import commands, printing
from desist.quarterly.kinds import kind
from desist.returns import definitions, quarters
from desist.returns.files import Form
from desist.returns.quarters import Quarter
from desist.sites import Zone
from desist.wall.actors import Actor, Role
from tools.synthetic import (
    advocacy_rows,
    assessment_rows,
    cases,
    closing_rows,
    load,
    partnership_rows,
    programme_rows,
)
from tools.synthetic.cases import Block

pytestmark = pytest.mark.django_db

YEAR = tuple(quarters.of(NOW.date()).later(-back) for back in (4, 3, 2, 1))
ROLES = {
    Zone.PROGRAMME: Role.MANAGER,
    Zone.PARTNERSHIP: Role.FORCE_LEAD,
    Zone.ADVOCACY: Role.ADVOCACY_MANAGER,
}


@pytest.fixture
def area(db: None) -> None:
    """Three hundred invented people on all sides, with what is recorded late, twice or wrongly."""
    block = cases.drawn(seed=22, number=0, people=300, at=NOW)
    load._team()
    for zone in ROLES:
        written(block, zone)


@pytest.fixture
def side(db: None, own_keys: None, settings: Settings, request: pytest.FixtureRequest) -> Zone:
    """One side of a smaller area, with a row for every name of its definitions."""
    zone: Zone = getattr(request, "param", Zone.PROGRAMME)
    load._team()
    written(cases.drawn(seed=22, number=0, people=100, at=NOW), zone)
    {
        Zone.PROGRAMME: plants.programme,
        Zone.PARTNERSHIP: plants.partnership,
        Zone.ADVOCACY: plants.advocacy,
    }[zone]()
    settings.DESIST_ZONE = zone.value
    return zone


def written(block: Block, zone: Zone) -> None:
    if zone is Zone.PROGRAMME:
        programme_rows.write(block)
        assessment_rows.write(block.cases)
        closing_rows.write(block.cases)
        _planted()
    elif zone is Zone.PARTNERSHIP:
        partnership_rows.write(block.cases)
        _answered_late()
    else:
        advocacy_rows.team()
        advocacy_rows.write(block)


def _planted() -> None:
    """What must not be counted twice, or in time: a person referred twice, an allocation before the referral."""
    within = {"area": "North", "completed_at__date__range": (YEAR[2].first, YEAR[3].last)}
    one, other = Referral.objects.filter(**within, episode__allocations__isnull=False).order_by("pk")[:2]
    known = {
        name: getattr(one, name)
        for name in ("area", "family_name", "given_names", "born", "route", "referrer_kind")
    }
    moments = dict.fromkeys(("received_at", "completed_at"), one.completed_at)
    Referral.objects.create(**known, **moments, thread="again", state="received")
    Allocation.objects.filter(episode__referral=other).update(made_at=other.completed_at - timedelta(days=3))
    Referral.objects.filter(pk=other.pk).update(need_kinds=[])
    _planted_measures()
    _planted_afterwards()


def _answered_late() -> None:
    sent = {"area": "North", "sent_at__date__range": (YEAR[1].first, YEAR[3].first)}
    late = Sent.objects.filter(**sent, decided_at__isnull=False).earliest("pk")
    Sent.objects.filter(pk=late.pk).update(decided_at=F("sent_at") + timedelta(days=15))


def _planted_measures() -> None:
    """Closings of people who left: better, the same and worse by one point less, none, one struck out, one without a total."""
    last = Episode.objects.filter(
        ended_at__date__range=(YEAR[0].first, YEAR[3].last), sessions__state="attended"
    )
    for place, episode in enumerate(last.distinct().order_by("pk")):
        struck = {"struck_at": NOW, "struck_by": "carol", "struck_reason": "Wrong person"}
        Measure.objects.filter(episode=episode, instrument="phq-9").update(**struck)
        planted = ((14, 8), (14, 9), (8, 14), (14, None), (None, 8), (14, 14))[place % 6]
        for occasion, total in zip(("baseline", "closing"), planted, strict=True):
            measure(episode=episode, instrument="phq-9", occasion=occasion, total=total)
        if place % 6 == 5:
            measure(episode=episode, instrument="phq-9", occasion="closing", total=2, **struck)


def _planted_afterwards() -> None:
    """Goals reached or dropped, follow-ups recorded or called off, and concerns of several kinds in each quarter."""
    for place, goal in enumerate(Goal.objects.order_by("pk")):
        Goal.objects.filter(pk=goal.pk).update(
            state=("reached", "open", "reached", "dropped", "reached")[place % 5]
        )
    for place, due in enumerate(FollowUp.objects.order_by("pk")):
        recorded = {"recorded_by": "carol", "recorded_at": NOW, "tried_on": due.due_on}
        planted = (
            {"outcome": "reached", "known": "nothing", "sources": ["person"], **recorded},
            {"outcome": "not_reached", "known": "nobody_asked", **recorded},
            {"voided_at": NOW},
            {},
        )[place % 4]
        FollowUp.objects.filter(pk=due.pk).update(**planted)
    for place, one in enumerate(Referral.objects.filter(area="North").order_by("pk")):
        moment = one.completed_at + timedelta(days=place % 100)
        if moment < NOW:
            concern(referral=one, kind=("life", "child", "breach", "")[place % 4], raised_at=moment)


def somebody(zone: Zone) -> Actor:
    return Actor(who="staff", role=ROLES[zone], area="North", correlation=uuid.uuid4())


def by_sql(zone: Zone, first: Quarter, last: Quarter) -> Counter[str]:
    """Recount from the first day of a quarter to the last day of another."""
    with connection.cursor() as cursor:
        cursor.execute(BY_SQL[zone], {"a": first.first, "b": last.later(1).first, "now": NOW})
        return Counter(dict(cursor.fetchall()))


def counted(zone: Zone, quarter: Quarter) -> Counter[str]:
    """Return what the product counts, without noughts."""
    (found,) = kind().counted(somebody(zone), [quarter], definitions.newest(zone), NOW)
    return Counter({name: number for name, number in found.counts.items() if number})


#: what is counted anew in each quarter, so that four quarters together hold it more than once
AGAIN: dict[Zone, dict[str, str]] = {
    Zone.PROGRAMME: {"there": "people there on the last day of each quarter"},
    Zone.PARTNERSHIP: {},
    Zone.ADVOCACY: {
        "open": "clients on the last day of each quarter",
        **dict.fromkeys(
            ("screened", "plans", "settled", "rated", "news", "packs"), "a client counts once in each quarter"
        ),
    },
}


@pytest.mark.parametrize("side", ROLES, indirect=True)
def test_every_name_of_a_year_agrees_with_an_independent_count(side: Zone) -> None:
    recounted = {quarter.key: by_sql(side, quarter, quarter) for quarter in YEAR}
    returned = {quarter.key: counted(side, quarter) for quarter in YEAR}
    whole = by_sql(side, YEAR[0], YEAR[3])

    assert returned == recounted
    assert {name for one in recounted.values() for name in one} == set(definitions.newest(side).names)
    added = sum(returned.values(), Counter[str]())
    once = {name for name in added if name.partition(".")[0] not in AGAIN[side]}
    assert {name: added[name] for name in once} == {name: whole[name] for name in once}
    assert set(whole) <= set(added)


def test_outcomes_agree_with_the_returns_of_their_four_quarters(side: Zone) -> None:
    returned = sum((counted(side, quarter) for quarter in YEAR), Counter[str]())

    page = outcomes.endings(actor=somebody(side), last=Period(YEAR[3].first, YEAR[3].last), at=NOW)

    figures = {one.code: one.number for group in page.groups for one in group.figures}
    found: Counter[str] = Counter()
    for code, number in figures.items():
        if code.startswith("reason."):
            reason, stage = code.rsplit("-", 1)
            found.update({reason: number, stage: number})
        else:
            found[code.removesuffix(".12").removesuffix(".6")] += number
    assert found == Counter({name: returned[name] for name in found})
    assert {
        name for name in returned if name.startswith(("reason.", "stage.", "goals.", "followed."))
    } <= set(found)


Plant = Callable[[], None]


def _practitioner() -> Practitioner:
    return Practitioner.objects.filter(area="North").earliest("pk")


def _referred_twice() -> None:
    first = plants.accepted(_practitioner()).referral
    named = {name: getattr(first, name) for name in ("given_names", "family_name", "born")}
    plants.referred(**named | {"given_names": f" {first.given_names.upper()} "})


def _numbered_twice() -> None:
    plants.referred(pnc="2025/0000001A")
    plants.referred(pnc="2025/0000001A")


def _merged_in_the_programme() -> None:
    kept, other = plants.accepted(_practitioner()), plants.accepted(_practitioner())
    plants.a_session(other, 1, "attended")
    plants.merged(kept.referral, other.referral)


def _no_days_in_the_programme() -> None:
    plants.accepted(state="waiting")
    plants.accepted(state="left", ended_at=plants.at(plants.MAY))


def _sent_twice() -> None:
    first = plants.sent()
    plants.sent(given_names=first.given_names.lower(), answered=3)


def _merged_at_the_police() -> None:
    kept, other = orders.person(area="North"), orders.person(area="North")
    orders.made(area="North", person=other, applied_on=plants.MAY, made_on=plants.MAY)
    plants.merged(kept, other)


def _no_days_at_the_police() -> None:
    orders.made(area="North", applied_on=None, made_on=plants.MAY)


def _merged_clients() -> None:
    plants.merged(plants.client(), plants.client())


def _no_days_of_a_client() -> None:
    plants.client(reached=None)


#: what is planted, and by how much it changes what is counted. Clients are locked: only a merge tells that one came twice
CAUGHT: dict[str, tuple[Zone, Plant, dict[str, int]]] = {
    "a second referral to the programme": (
        Zone.PROGRAMME,
        _referred_twice,
        {"received": 1, "accepted": 1, "undecided": 0},
    ),
    "two referrals under one number of the police": (Zone.PROGRAMME, _numbered_twice, {"received": 1}),
    "a merged record of the programme": (
        Zone.PROGRAMME,
        _merged_in_the_programme,
        {"received": 1, "accepted": 1, "there": 1, "sessions": 0},
    ),
    "null days of the programme": (
        Zone.PROGRAMME,
        _no_days_in_the_programme,
        {
            "accepted": 2,
            "allocated": 0,
            "allocated.not_known": 2,
            "assessed": 0,
            "assessed.not_known": 2,
            "reason.not_known": 1,
            "stage.not_known": 1,
        },
    ),
    "a second referral by the police": (
        Zone.PARTNERSHIP,
        _sent_twice,
        {"referrals": 1, "answers": 1, "answers.in_time": 1},
    ),
    "a merged person of the register": (Zone.PARTNERSHIP, _merged_at_the_police, {"full": 1, "applied": 1}),
    "null days of an order": (
        Zone.PARTNERSHIP,
        _no_days_at_the_police,
        {"full": 1, "full.unserved": 1, "full.served": 0, "applied": 0},
    ),
    "a merged record of a client": (Zone.ADVOCACY, _merged_clients, {"received": 1, "reached": 1, "open": 1}),
    "a client whom nobody reached": (
        Zone.ADVOCACY,
        _no_days_of_a_client,
        {"received": 1, "reached": 0, "reached.not": 1, "open": 0},
    ),
}


@pytest.mark.parametrize("what", CAUGHT)
def test_what_is_planted_is_caught(db: None, settings: Settings, what: str) -> None:
    zone, plant, more = CAUGHT[what]
    settings.DESIST_ZONE = zone.value
    load._team()
    before = counted(zone, YEAR[1])

    plant()

    found = counted(zone, YEAR[1])
    assert {name: found[name] - before[name] for name in more} == more
    assert found == by_sql(zone, YEAR[1], YEAR[1])


def test_a_year_adds_up_its_quarters_and_is_the_same_to_the_byte_after_late_edits(side: Zone) -> None:
    refs = []
    for quarter in YEAR:
        kind().model.objects.update(
            state="sent", signed_by="a", signed_at=NOW, sent_by="b", sent_at=NOW, partner="commission"
        )
        refs.append(
            commands.count(
                actor=somebody(side), quarter=quarter, complete=True, why="", submission=quarter.key, at=NOW
            )
        )
    told = json.loads(kind().model.objects.get(ref=refs[-1]).leaves)["figures"]
    left = {name: int(number) for span, name, number in map(str.split, told) if span == "four"}
    recounted = sum((by_sql(side, quarter, quarter) for quarter in YEAR), Counter[str]())
    assert left == {name: recounted[name] for name in left}
    assert len(left) > 10
    assert sum(left.values()) > 100
    before = [
        printing.as_file(actor=somebody(side), ref=ref, form=form, at=NOW) for ref in refs for form in Form
    ]

    Session.objects.filter(state="attended").update(kind="pivot")
    Referral.objects.filter(area="North").update(completed_at=NOW, referrer_kind="health")

    assert [
        printing.as_file(actor=somebody(side), ref=ref, form=form, at=NOW) for ref in refs for form in Form
    ] == before
    assert counted(side, YEAR[0])["received"] == 0
