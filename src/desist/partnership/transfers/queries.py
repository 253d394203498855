"""The forces to which an order can be handed over."""

from desist.post.models import Partner
from desist.wall.actors import Actor


def forces(*, actor: Actor) -> tuple[tuple[str, str], ...]:
    """The other forces of the partner register, as (name, title)."""
    open_partners = Partner.objects.filter(zone="partnership", ended_at=None, area__in=["", actor.area])
    return tuple(open_partners.order_by("title").values_list("name", "title"))
