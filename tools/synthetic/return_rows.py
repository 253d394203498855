"""A year of quarterly returns of the demo's programme, police and advocates, counted, signed and sent by the product's own commands."""

import uuid
from datetime import datetime, time, timedelta

from django.conf import settings

from desist.post.models import Partner
from desist.post.transports import Transport
from desist.quarterly import commands
from desist.quarterly.kinds import kind
from desist.returns import quarters
from desist.sites import Zone
from desist.ui import dates
from desist.wall.actors import Actor, Role
from tools.synthetic.staff import STAFF

#: the last quarter that is over is left to be counted
FIRST, LAST = 2, 5
AFTER = timedelta(days=12)
#: who counts and signs, and who sends
PEOPLE = {
    Zone.PROGRAMME: (Role.MANAGER, Role.EXECUTIVE),
    Zone.PARTNERSHIP: (Role.FORCE_LEAD, Role.ORDER_COORDINATOR),
    Zone.ADVOCACY: (Role.ADVOCACY_MANAGER, Role.ADVOCATE),
}


def write(*, at: datetime) -> None:
    """Return four quarters to the commissioner, where the courier carries to them."""
    to = Partner.objects.filter(zone=Zone.COMMISSION).exclude(transport=Transport.BY_HAND).first()
    if to is None:
        return
    first, second = (_somebody(role) for role in PEOPLE[Zone(settings.DESIST_ZONE)])
    last = quarters.of(dates.day_of(at))
    for back in range(LAST, FIRST - 1, -1):
        quarter = last.later(-back)
        moment = dates.moment(quarter.last + AFTER, time(10))
        ref = commands.count(
            actor=first,
            quarter=quarter,
            complete=True,
            why="",
            submission=f"return-{quarter.key}",
            at=moment,
        )
        commands.sign(actor=first, ref=ref, at=moment)
        commands.send(
            actor=second,
            ref=ref,
            partner=to.name,
            version=kind().model.objects.get(ref=ref).version,
            at=moment + timedelta(hours=3),
        )


def _somebody(role: Role) -> Actor:
    person = next(one for one in STAFF if one.role is role)
    return Actor(who=person.ref, role=role, area=person.area, correlation=uuid.uuid4())
