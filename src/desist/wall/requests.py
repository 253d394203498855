"""The request as views receive it: with its actor and its moment."""

from datetime import datetime

from django.http import HttpRequest

from desist.wall.actors import Actor


class StaffRequest(HttpRequest):
    """A request that the middleware let through to a route of the policy."""

    actor: Actor
    called: str  # the name of the account
    at: datetime
