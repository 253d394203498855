"""What really left of a year of the synthetic area, three editions of a quarter among it, attacked by the tests' own linear programme."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from pytest_django.fixtures import Settings
from tests.advocacy.quarterly import test_advocacy_released as of_advocates
from tests.programme.service.quarterly.test_released import THRESHOLD, Attacker, given_away
from tests.synthetic.conftest import NOW
from tests.synthetic.test_returns_of_a_year import YEAR, somebody, written

from desist.advocacy.victims.models import Victim
from desist.partnership.referrals.models import Referral as Sent
from desist.post.models import ByHandTask, Partner
from desist.programme.referrals.models import Referral
from desist.quarterly import commands, keeping
from desist.quarterly.kinds import kind
from desist.quarterly.release import Sent as Left
from desist.returns import definitions
from desist.returns.counted import Counted
from desist.returns.definitions import Edition
from desist.returns.figures import Span
from desist.returns.quarters import Quarter
from desist.sites import Zone
from desist.wall.actors import Actor, Role
from tools.synthetic import cases, load

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

COMMISSION = "northmere-commission"
OLDER = definitions.edition("2026-12-2")
#: who sends what a manager signed
SECOND = {
    Zone.PROGRAMME: Role.EXECUTIVE,
    Zone.PARTNERSHIP: Role.ORDER_COORDINATOR,
    Zone.ADVOCACY: Role.ADVOCATE,
}
#: what a zone counts by a moment, which is moved from one quarter to another
MOVED: dict[Zone, tuple[Any, str]] = {
    Zone.PROGRAMME: (Referral, "completed_at"),
    Zone.PARTNERSHIP: (Sent, "sent_at"),
    Zone.ADVOCACY: (Victim, "received_at"),
}
#: the quarter that is corrected twice, and the one whose people are moved into it and back
CORRECTED, GIVES = YEAR[1], YEAR[3]


def returned(zone: Zone, quarter: Quarter, why: str = "") -> None:
    """Count, sign and send a quarter by the commands."""
    manager = somebody(zone)
    second = Actor(who="second", role=SECOND[zone], area=manager.area, correlation=uuid.uuid4())
    ref = commands.count(
        actor=manager, quarter=quarter, complete=True, why=why, submission=uuid.uuid4().hex, at=NOW
    )
    commands.sign(actor=manager, ref=ref, at=NOW)
    version = kind().model.objects.get(ref=ref).version
    commands.send(actor=second, ref=ref, partner=COMMISSION, version=version, at=NOW)


def move(zone: Zone, number: int, source: Quarter, target: Quarter) -> None:
    """Put some of the rows that a quarter counts into another, as a late correction of records would."""
    model, field = MOVED[zone]
    within = {f"{field}__date__range": (source.first, source.last), "area": "North"}
    for row in model.objects.filter(**within).order_by("pk")[:number]:
        moment = getattr(row, field) + (target.first - source.first)
        model.objects.filter(pk=row.pk).update(**{field: min(moment, NOW - timedelta(days=1))})


def returned_by_older(patch: pytest.MonkeyPatch, quarter: Quarter) -> None:
    """Return a quarter of the programme as before its definitions changed, with the names that they had then."""
    now, newest = kind(), definitions.newest(Zone.PROGRAMME)

    def counted(actor: Actor, quarters: Sequence[Quarter], _: Edition, at: datetime) -> list[Counted]:
        found = now.counted(actor, quarters, newest, at)
        return [Counted({name: one.counts[name] for name in OLDER.names}, one.days) for one in found]

    with patch.context() as before:
        before.setattr(definitions, "newest", lambda *_: OLDER)
        before.setattr("desist.programme.service.quarterly.kinds.KIND", replace(now, counted=counted))
        returned(Zone.PROGRAMME, quarter)


def told_to_referrers(sent: Sequence[Left]) -> list[str]:
    """Return the small numbers of others that a referrer, who knows how many they referred, finds to be small."""
    sources = sorted(
        {name for one in sent for name in one.count.counted.counts if name.startswith("source.")}
    )
    found = []
    for own in sources:
        known = [(one.count.key, own) for one in sent]
        reader, alone = Attacker(sent, known), Attacker([Left(one.count, frozenset()) for one in sent], known)
        for one in sent:
            for name in (other for other in sources if other != own):
                number, aim = one.count.counted.counts[name], {(one.count.key, name): 1.0}
                if 0 < number < THRESHOLD and reader.knows_small(aim) and not alone.knows_small(aim):
                    found.append(f"{own} learns {one.count.key} {name}: {number}")
    return found


@pytest.fixture
def year(db: None, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Callable[[Zone], list[Left]]:
    """Release a year of a zone with three hundred invented people, and return what left in its order."""
    load._team()
    Partner.objects.create(
        name=COMMISSION,
        zone="commission",
        title="Northmere Commissioner",
        transport="by_hand",
        phone="01632 960 002",
        added_at=NOW,
    )

    def release(zone: Zone) -> list[Left]:
        settings.DESIST_ZONE = zone.value
        written(cases.drawn(seed=22, number=0, people=300, at=NOW), zone)
        first, *others = YEAR
        if zone is Zone.PROGRAMME:
            returned_by_older(monkeypatch, first)
        else:
            returned(zone, first)
        returned(zone, CORRECTED)
        move(zone, 12, GIVES, CORRECTED)
        returned(zone, CORRECTED, why="late")
        move(zone, 10, CORRECTED, GIVES)
        returned(zone, CORRECTED, why="mistake")
        for quarter in others:
            if quarter != CORRECTED:
                returned(zone, quarter)
        return keeping.all_sent(kind().model.objects.order_by("quarter", "number"))

    return release


def planted(sent: Sequence[Left]) -> list[Left]:
    """Let every small number of the last return leave too."""
    *before, last = sent
    counts = last.count.counted.counts
    small = {(Span.QUARTER, name) for name in last.count.edition.leaving if 0 < counts[name] < THRESHOLD}
    return [*before, Left(last.count, last.shown | small)]


@pytest.mark.parametrize("zone", [Zone.PROGRAMME, Zone.PARTNERSHIP])
def test_no_reader_of_a_year_finds_a_small_number(year: Callable[[Zone], list[Left]], zone: Zone) -> None:
    sent = year(zone)

    assert [one.count.number for one in sent] == [1, 1, 2, 3, 1, 1]
    assert all(one.shown for one in sent)
    assert ByHandTask.objects.count() == len(sent)
    assert given_away(sent) == []
    assert told_to_referrers(sent) == []
    assert given_away(planted(sent))


def test_no_reader_of_a_year_of_advocates_finds_a_small_number(year: Callable[[Zone], list[Left]]) -> None:
    sent = year(Zone.ADVOCACY)

    assert any(one.shown for one in sent)
    assert of_advocates.given_away(sent) == []
    assert of_advocates.told_to_the_police(sent) == []
    assert given_away(sent) == []
    assert of_advocates.given_away(planted(sent))
