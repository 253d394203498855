"""Who may do what with the plan of sessions, and to which rows."""

from desist.programme.policy import CLINICAL, WORKING
from desist.programme.scopes import own_people
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with the plan of sessions."""

    PLAN_SESSIONS = "programme.plan_sessions"
    SEE_PLANNER = "programme.see_planner"


RULES: dict[BaseAction, Rule] = {
    Action.PLAN_SESSIONS: Rule(WORKING, own_people("")),
    Action.SEE_PLANNER: Rule(CLINICAL, own_people("")),
}
ROUTES: dict[str, BaseAction] = {
    "planner:plan": Action.PLAN_SESSIONS,
    "planner:planner": Action.SEE_PLANNER,
}
