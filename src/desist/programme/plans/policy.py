"""Who may do what with plans and goals, and to which rows."""

from desist.programme.policy import CLINICAL, WORKING
from desist.programme.scopes import own_people
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with plans and goals."""

    SEE_PLAN = "programme.see_plan"
    PLAN_GOALS = "programme.plan_goals"
    WORK_ON_GOAL = "programme.work_on_goal"
    JUDGE_READINESS = "programme.judge_readiness"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_PLAN: Rule(CLINICAL, own_people("")),
    Action.PLAN_GOALS: Rule(WORKING, own_people("")),
    Action.WORK_ON_GOAL: Rule(WORKING, own_people("episode__")),
    Action.JUDGE_READINESS: Rule(WORKING, own_people("")),
}
ROUTES: dict[str, BaseAction] = {
    "plans:plan": Action.SEE_PLAN,
    "plans:set-goal": Action.PLAN_GOALS,
    "plans:change": Action.WORK_ON_GOAL,
    "plans:rate": Action.WORK_ON_GOAL,
    "plans:judge": Action.JUDGE_READINESS,
}
