"""The header's links to the post, for those whose work it is."""

from desist.ui.addresses import url
from desist.ui.context import Link
from desist.wall import policy
from desist.wall.actors import Actor

PLACES = (("To tell", "post:by-hand"), ("Post", "post:envelopes"), ("Partners", "post:partners"))


def post_links(actor: Actor) -> tuple[Link, ...]:
    """The places of the post that this role may go to."""
    return tuple(
        Link(text, url(route))
        for text, route in PLACES
        if actor.role in policy.rule(policy.routes()[route]).roles
    )
