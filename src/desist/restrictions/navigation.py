"""The header's link to restricted cases, for those whose work it is."""

from django.urls import reverse

from desist.ui.context import Link
from desist.wall import policy
from desist.wall.actors import Actor


def restriction_links(actor: Actor) -> tuple[Link, ...]:
    """Restricted cases, where this role may decide about them."""
    allowed = actor.role in policy.rule(policy.routes()["restrictions:restrictions"]).roles
    return (Link("Restricted", reverse("restrictions:restrictions")),) if allowed else ()
