"""In the invented area someone holds every role, so that every page can be looked at."""

from desist.sites import Zone
from desist.wall.actors import roles_of
from tools.synthetic.staff import STAFF

STAFF_ZONES = (Zone.PROGRAMME, Zone.PARTNERSHIP, Zone.ADVOCACY, Zone.COMMISSION)


def test_somebody_holds_every_role_of_every_zone() -> None:
    held = {(one.zone, one.role) for one in STAFF}

    assert held == {(zone, role) for zone in STAFF_ZONES for role in roles_of(zone)}


def test_nobody_is_there_twice() -> None:
    assert len({one.name for one in STAFF}) == len(STAFF)
