"""Who may do what with a caseload that moves in, and to which rows: the same table in two zones."""

from django.db.models import Q

from desist.wall.actors import Actor, Role
from desist.wall.policy import BaseAction, Rule, everything

MANAGERS, THE_CLOCK = frozenset({Role.MANAGER, Role.ADVOCACY_MANAGER}), frozenset({Role.CLOCK})


class Action(BaseAction):
    """What can be done with a caseload that moves in."""

    SEE_MOVE_IN = "moving.see_move_in"
    SEND_MOVE_IN = "moving.send_move_in"
    BRING_MOVE_IN = "moving.bring_move_in"
    WORK_ON_MOVE_IN = "moving.work_on_move_in"
    TAKE_MOVE_IN_BACK = "moving.take_move_in_back"


def in_area(actor: Actor) -> Q:
    """Imports of the actor's area."""
    return Q(area=actor.area)


RULES: dict[BaseAction, Rule] = {
    Action.SEE_MOVE_IN: Rule(MANAGERS, in_area),
    Action.SEND_MOVE_IN: Rule(MANAGERS, in_area),
    Action.BRING_MOVE_IN: Rule(MANAGERS, in_area),
    Action.WORK_ON_MOVE_IN: Rule(THE_CLOCK, everything),
    Action.TAKE_MOVE_IN_BACK: Rule(MANAGERS, in_area),
}
ROUTES: dict[str, BaseAction] = {
    "moving_in:all": Action.SEND_MOVE_IN,
    "moving_in:template": Action.SEND_MOVE_IN,
    "moving_in:workbook": Action.SEND_MOVE_IN,
    "moving_in:one": Action.SEE_MOVE_IN,
    "moving_in:bring": Action.BRING_MOVE_IN,
    "moving_in:take-back": Action.TAKE_MOVE_IN_BACK,
}
