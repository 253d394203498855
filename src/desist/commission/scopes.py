"""Which rows of the commission zone an actor may reach."""

from django.db.models import Q

from desist.wall.actors import Actor


def in_area(actor: Actor) -> Q:
    """Rows of the actor's area; the post and the clock work in every area."""
    return Q() if actor.is_system else Q(area=actor.area)


def about_own(actor: Actor) -> Q:
    """Rows about a return or an extract of the actor's area; the post works in every area."""
    return Q() if actor.is_system else Q(of__area=actor.area)
