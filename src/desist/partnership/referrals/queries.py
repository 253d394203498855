"""Questions about the programmes to which a referral can go."""

from desist.post.models import Partner
from desist.wall.actors import Actor


def programmes(*, actor: Actor) -> tuple[tuple[str, str], ...]:
    """The programmes that a referral can go to, as (name, title)."""
    open_partners = Partner.objects.filter(zone="programme", ended_at=None, area__in=["", actor.area])
    return tuple(open_partners.order_by("title").values_list("name", "title"))
