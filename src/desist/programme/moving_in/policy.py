"""Who may do what with a caseload that moves in, and to which rows."""

from desist.programme.policy import MANAGERS, THE_CLOCK
from desist.programme.scopes import in_area
from desist.wall.policy import BaseAction, Rule, everything


class Action(BaseAction):
    """What can be done with a caseload that moves in."""

    SEE_MOVE_IN = "programme.see_move_in"
    SEND_MOVE_IN = "programme.send_move_in"
    BRING_MOVE_IN = "programme.bring_move_in"
    WORK_ON_MOVE_IN = "programme.work_on_move_in"
    TAKE_MOVE_IN_BACK = "programme.take_move_in_back"


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
    "moving_in:one": Action.SEE_MOVE_IN,
    "moving_in:bring": Action.BRING_MOVE_IN,
    "moving_in:take-back": Action.TAKE_MOVE_IN_BACK,
}
