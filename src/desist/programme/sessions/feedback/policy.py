"""Roles that may see the feedback of people on their sessions."""

from desist.programme.policy import CLINICAL
from desist.programme.scopes import own_people
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with the feedback on sessions."""

    SEE_FEEDBACK = "programme.see_feedback"


RULES: dict[BaseAction, Rule] = {Action.SEE_FEEDBACK: Rule(CLINICAL, own_people(""))}
ROUTES: dict[str, BaseAction] = {"feedback:trend": Action.SEE_FEEDBACK}
