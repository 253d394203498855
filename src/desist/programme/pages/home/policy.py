"""Who may do what with what is to do, and to which rows."""

from desist.programme.policy import CLINICAL, LEADING, PRACTITIONERS
from desist.programme.scopes import as_second, own_people
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with what is to do."""

    SEE_TO_DO = "programme.see_to_do"
    SEE_TEAM_TO_DO = "programme.see_team_to_do"
    SEE_AS_SECOND = "programme.see_as_second"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_TO_DO: Rule(CLINICAL, own_people("")),
    Action.SEE_TEAM_TO_DO: Rule(LEADING, own_people("")),
    Action.SEE_AS_SECOND: Rule(PRACTITIONERS, as_second),
}
ROUTES: dict[str, BaseAction] = {
    "home:home": Action.SEE_TO_DO,
    "home:waiting": Action.SEE_TO_DO,
    "home:team": Action.SEE_TEAM_TO_DO,
}
