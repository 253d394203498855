"""The request as views receive it: somebody signed in, at a moment."""

from datetime import datetime

from django.http import HttpRequest

from desist.wall.actors import Actor


class StaffRequest(HttpRequest):
    """A request that the middleware let through to a route of the policy."""

    actor: Actor
    called: str  # the name of whoever is signed in
    at: datetime
