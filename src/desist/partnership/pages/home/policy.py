"""Who may do what with what is to do, and to which rows."""

from desist.partnership.policy import DUTY
from desist.partnership.scopes import own_area
from desist.wall.actors import Role
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with what is to do."""

    SEE_TO_DO = "partnership.see_to_do"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_TO_DO: Rule(DUTY | {Role.PANEL_CHAIR}, own_area),
}
ROUTES: dict[str, BaseAction] = {
    "home:home": Action.SEE_TO_DO,
    "home:waiting": Action.SEE_TO_DO,
}
