"""Who declares interests, and who sees what colleagues declared: the same table in three zones."""

from django.db.models import Q

from desist.desk.policy import DUTY, LEADERS
from desist.wall.actors import Actor, Role
from desist.wall.exclusions import unhindered
from desist.wall.policy import BaseAction, Rule

#: everyone who works with cases
STAFF = DUTY | {Role.SUPERVISOR}


class Action(BaseAction):
    """What can be done with declarations."""

    SEE_DECLARATIONS = "declarations.see_declarations"
    DECLARE = "declarations.declare"
    SEE_TEAM = "declarations.see_team"
    CHECK_CASE = "declarations.check_case"


def own_declarations(actor: Actor) -> Q:
    """What the actor declared in the area."""
    return Q(account=actor.who, area=actor.area)


def of_colleagues(actor: Actor) -> Q:
    """What colleagues of the area declared, about cases that nothing keeps the actor from."""
    return Q(area=actor.area) & ~Q(account=actor.who) & unhindered(actor, "case")


RULES: dict[BaseAction, Rule] = {
    Action.SEE_DECLARATIONS: Rule(STAFF, own_declarations),
    Action.DECLARE: Rule(STAFF, own_declarations),
    Action.SEE_TEAM: Rule(LEADERS, of_colleagues),
    Action.CHECK_CASE: Rule(LEADERS, of_colleagues),
}
ROUTES: dict[str, BaseAction] = {
    "declarations:declarations": Action.DECLARE,
    "declarations:check": Action.CHECK_CASE,
}
