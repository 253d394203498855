"""The header's link to the audit, for those whose work it is."""

from django.urls import reverse

from desist.ui.context import Link
from desist.wall import policy
from desist.wall.actors import Actor


def audit_links(actor: Actor) -> tuple[Link, ...]:
    """The audit, where this role may read it."""
    allowed = actor.role in policy.rule(policy.routes()["audit:events"]).roles
    return (Link("Audit", reverse("audit:events")),) if allowed else ()
