"""Returns and extracts that cross as files: exported by each kind of site, imported once by a commission."""

import random
import uuid
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from tests import staff
from tests.commission import factories
from tests.commission.factories import AT
from tests.commission.returns.carrying import COMMISSION, Carrier, carrier  # noqa: F401 -- carrier is a fixture
from tests.programme.service.quarterly.test_released import counts

from desist.commission.extracts.models import OutcomeExtract
from desist.commission.returns.models import ServiceReturn
from desist.keys import keyfile
from desist.post import files, inbox, outbox
from desist.post.models import Outbox
from desist.quarterly import commands, keeping
from desist.quarterly.kinds import kind
from desist.returns import definitions, figures
from desist.returns.counted import Counted
from desist.returns.figures import Days
from desist.returns.quarters import Quarter
from desist.sites import Zone
from desist.wall.actors import Actor, Role

pytestmark = pytest.mark.django_db

QUARTER = Quarter(date(2026, 7, 1))
#: zone -> its site, a clock of its definitions, who signs, and the second person
SIDES = {
    Zone.PROGRAMME: ("northmere-programme", "assessed", Role.MANAGER, Role.EXECUTIVE),
    Zone.PARTNERSHIP: ("northmere-police", "full.served", Role.FORCE_LEAD, Role.ORDER_COORDINATOR),
    Zone.ADVOCACY: ("harbour-advocacy", "", Role.ADVOCACY_MANAGER, Role.ADVOCATE),
}


def become(carrier: Carrier, zone: Zone) -> None:  # noqa: F811
    """Be a site of this zone, with its own keys and a commission that is reached by file."""
    site = SIDES[zone][0]
    carrier.settings.DESIST_SITE, carrier.settings.DESIST_ZONE = site, zone.value
    carrier.patch.setenv("DESIST_DATA", str(carrier.folder))
    keyfile.create(folder=carrier.folder, site=site, on=date(2026, 1, 1))
    carrier.register(at=AT)


def somebody(role: Role, who: str) -> Actor:
    return Actor(who=who, role=role, area=staff.AREA, correlation=uuid.uuid4())


def sent(zone: Zone, carrier: Carrier) -> Any:  # noqa: F811
    """A return of the zone with numbers that leave, signed by one person and sent by another."""
    _, clock, signs, sends = SIDES[zone]
    found = Counted(
        counts(random.Random(5), 90, definitions.newest(zone)),
        {clock: Days("8.5", "4", "13")} if clock else {},
    )
    counting = replace(kind(), counted=lambda *_: [found])
    carrier.patch.setattr(carrier.settings.DESIST_RETURNS[zone], counting)
    first = somebody(signs, "ola")
    ref = commands.count(actor=first, quarter=QUARTER, complete=True, why="", submission="one", at=AT)
    commands.sign(actor=first, ref=ref, at=AT)
    row = kind().model.objects.get(ref=ref)
    commands.send(actor=somebody(sends, "emil"), ref=ref, partner=COMMISSION, version=row.version, at=AT)
    row.refresh_from_db()
    return row


@pytest.mark.parametrize("zone", list(SIDES))
def test_a_return_crosses_as_a_file_and_counts_once(carrier: Carrier, zone: Zone) -> None:  # noqa: F811
    become(carrier, zone)
    row = sent(zone, carrier)
    left = keeping.read_leaving(row)

    (path,) = carrier.carry(at=AT)
    for _ in range(2):  # a file that is carried again changes nothing
        (carrier.folder / "arrived" / path.name).rename(path)
        files.import_arrived(folder=carrier.folder)
        inbox.handle_waiting(at=AT)

    came = ServiceReturn.objects.get()
    assert left.figures
    assert tuple(came.figures) == figures.write(left.figures)
    assert tuple(came.days) == figures.write_days(left.days)
    assert (came.sender, came.quarter, came.number, came.state) == (
        SIDES[zone][0],
        QUARTER.first,
        1,
        "stands",
    )
    assert (came.thread, came.counted_at, came.moved) == (row.thread, row.counted_at, row.moved)
    assert Outbox.objects.get().sent_at == AT


def test_an_extract_crosses_as_a_file_and_is_kept_once(carrier: Carrier) -> None:  # noqa: F811
    become(carrier, Zone.PROGRAMME)
    told = factories.extract_sent()
    with transaction.atomic():
        outbox.send(told, to=COMMISSION, thread="thread", at=AT)

    (path,) = carrier.carry(at=AT)
    (carrier.folder / "arrived" / path.name).rename(path)
    files.import_arrived(folder=carrier.folder)
    inbox.handle_waiting(at=AT)

    came = OutcomeExtract.objects.get()
    assert (came.sender, came.thread, came.people) == (SIDES[Zone.PROGRAMME][0], "thread", 40)
    assert came.episode_lines == "\n".join(told.episodes)
    assert came.event_lines == "\n".join(told.events)
