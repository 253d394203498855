"""What really left of a year of the synthetic area, three editions of a quarter among it, attacked by the tests' own linear programme."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from pytest_django.fixtures import Settings
from tests.advocacy.quarterly import test_advocacy_released as of_advocates
from tests.programme.service.quarterly.test_released import THRESHOLD, Attacker, given_away
from tests.synthetic.conftest import NOW
from tests.synthetic.test_returns_of_a_year import YEAR, area, somebody  # noqa: F401 -- area is a fixture

from desist.advocacy.victims.models import Victim
from desist.partnership.referrals.models import Referral as Sent
from desist.post.models import ByHandTask, Partner
from desist.programme.referrals.models import Referral
from desist.quarterly import commands, keeping
from desist.quarterly.kinds import kind
from desist.quarterly.release import Sent as Left
from desist.returns import definitions
from desist.returns.counted import Counted
from desist.returns.quarters import Quarter
from desist.sites import Zone
from desist.wall.actors import Actor, Role

pytestmark = pytest.mark.django_db

COMMISSION = "northmere-commission"
OLDER = "2026-12-2"
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


def by_older(patch: pytest.MonkeyPatch, act: Callable[[], None]) -> None:
    """Do this as it was done before the definitions changed: with the names that they had then."""
    now = kind()

    def counted(*said: Any) -> Counted:
        actor, quarter, edition, at = said
        found = now.counted(actor, quarter, edition, at)
        names = definitions.edition(OLDER).names
        return Counted({name: found.counts[name] for name in names}, found.days)

    newest = definitions.edition(definitions.newest(Zone.PROGRAMME).version)
    with patch.context() as before:
        before.setattr(definitions, "newest", lambda *_: replace(newest, version=OLDER))
        before.setattr("desist.programme.service.quarterly.kinds.KIND", replace(now, counted=counted))
        act()


def known_to_readers(sent: Sequence[Left]) -> list[str]:
    """Return the small numbers of other referrers that each referrer, who knows what they referred, finds to be small."""
    sources = sorted(
        {name for one in sent for name in one.count.counted.counts if name.startswith("source.")}
    )
    found = []
    for own in sources:
        known = [(one.count.key, own) for one in sent]
        reader, alone = Attacker(sent, known), Attacker([Left(one.count, frozenset()) for one in sent], known)
        for one in sent:
            for name in (other for other in sources if other != own):
                aim = {(one.count.key, name): 1.0}
                if 0 < one.count.counted.counts[name] < THRESHOLD and reader.most(
                    aim
                ) < THRESHOLD - 1e-6 <= alone.most(aim):
                    found.append(f"{own} learns {one.count.key} {name}: {one.count.counted.counts[name]}")
    return found


@pytest.fixture
def year(area: None, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Callable[[Zone], list[Left]]:  # noqa: F811
    """Release a year of a zone, and return what left in its order."""
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
        first, *others = YEAR
        if zone is Zone.PROGRAMME:
            by_older(monkeypatch, lambda: returned(zone, first))
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


@pytest.mark.parametrize("zone", [Zone.PROGRAMME, Zone.PARTNERSHIP])
def test_no_reader_of_a_year_finds_a_small_number(year: Callable[[Zone], list[Left]], zone: Zone) -> None:
    sent = year(zone)

    assert [one.count.number for one in sent] == [1, 1, 2, 3, 1, 1]
    assert all(one.shown for one in sent)
    assert ByHandTask.objects.count() == len(sent)
    assert given_away(sent) == []
    assert known_to_readers(sent) == []


def test_no_reader_of_a_year_of_advocates_finds_a_small_number(year: Callable[[Zone], list[Left]]) -> None:
    sent = year(Zone.ADVOCACY)

    assert any(one.shown for one in sent)
    assert of_advocates.given_away(sent) == []
    assert of_advocates.told_to_the_police(sent) == []
    assert given_away(sent) == []
