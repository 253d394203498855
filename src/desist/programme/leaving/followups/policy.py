"""Who may do what with follow-up calls, and to which rows."""

from desist.programme.policy import CLINICAL, WORKING
from desist.programme.scopes import own_people
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with follow-up calls."""

    SEE_FOLLOW_UPS = "programme.see_follow_ups"
    RECORD_FOLLOW_UP = "programme.record_follow_up"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_FOLLOW_UPS: Rule(CLINICAL, own_people("")),
    Action.RECORD_FOLLOW_UP: Rule(WORKING, own_people("episode__")),
}
ROUTES: dict[str, BaseAction] = {
    "followups:follow-ups": Action.SEE_FOLLOW_UPS,
    "followups:record": Action.RECORD_FOLLOW_UP,
}
