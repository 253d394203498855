"""Who may do what with referrals by people without an account, and to which rows."""

from desist.programme.policy import MANAGERS, WORKING
from desist.programme.scopes import in_area, own_area
from desist.wall.actors import Role
from desist.wall.policy import BaseAction, Rule, everything


class Action(BaseAction):
    """What can be done with referrals by people without an account."""

    SEND_OUTSIDE = "programme.send_outside_referral"
    SEE_OUTSIDE = "programme.see_outside_referrals"
    SEE_ONE_OUTSIDE = "programme.see_outside_referral"
    TAKE_IN_OUTSIDE = "programme.take_in_outside_referral"
    TURN_DOWN_OUTSIDE = "programme.turn_down_outside_referral"
    ANSWER_OUTSIDE = "programme.answer_outside_referral"
    SET_OUTSIDE_DOOR = "programme.set_outside_door"


OWN = own_area("draft__referral__ref")
RULES: dict[BaseAction, Rule] = {
    Action.SEND_OUTSIDE: Rule(frozenset({Role.ENTRANCE}), everything),
    Action.SEE_OUTSIDE: Rule(WORKING, OWN),
    Action.SEE_ONE_OUTSIDE: Rule(WORKING, OWN),
    Action.TAKE_IN_OUTSIDE: Rule(WORKING, OWN),
    Action.TURN_DOWN_OUTSIDE: Rule(MANAGERS, OWN),
    Action.ANSWER_OUTSIDE: Rule(WORKING, OWN),
    Action.SET_OUTSIDE_DOOR: Rule(MANAGERS, in_area),
}
ROUTES: dict[str, BaseAction] = {
    "outside:inbox": Action.SEE_OUTSIDE,
    "outside:door": Action.SET_OUTSIDE_DOOR,
    "outside:one": Action.SEE_ONE_OUTSIDE,
    "outside:take-in": Action.TAKE_IN_OUTSIDE,
    "outside:turn-down": Action.TURN_DOWN_OUTSIDE,
    "outside:answer": Action.ANSWER_OUTSIDE,
}
