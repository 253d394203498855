"""The header's links to the duty desk, for those whose work it is."""

from desist.ui.addresses import url
from desist.ui.context import Link
from desist.wall import policy
from desist.wall.actors import Actor

PLACES = (("Alerts", "alerts:alerts"), ("Duty numbers", "duty:numbers"))


def desk_links(actor: Actor) -> tuple[Link, ...]:
    """The places of the desk that this role may go to."""
    return tuple(
        Link(text, url(route))
        for text, route in PLACES
        if actor.role in policy.rule(policy.routes()[route]).roles
    )
