"""Who may do what with who works with a person, and to which rows."""

from desist.programme.policy import MANAGERS, THE_CLOCK
from desist.programme.scopes import in_area, own_people
from desist.wall.policy import BaseAction, Rule, everything


class Action(BaseAction):
    """What can be done with who works with a person."""

    ALLOCATE = "programme.allocate"
    HAND_OVER = "programme.hand_over"
    STAND_IN = "programme.stand_in"


RULES: dict[BaseAction, Rule] = {
    Action.ALLOCATE: Rule(MANAGERS, own_people("")),
    Action.HAND_OVER: Rule(MANAGERS, in_area),
    Action.STAND_IN: Rule(THE_CLOCK, everything),
}
ROUTES: dict[str, BaseAction] = {
    "allocation:allocate": Action.ALLOCATE,
    "allocation:finish": Action.ALLOCATE,
    "allocation:hand-over": Action.HAND_OVER,
}
