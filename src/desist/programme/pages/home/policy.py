"""Who may do what with the day, and to which rows."""

from desist.programme.policy import CLINICAL, PRACTITIONERS
from desist.programme.scopes import as_second, own_people
from desist.wall.policy import Action as BaseAction
from desist.wall.policy import Rule


class Action(BaseAction):
    """What can be done with the day."""

    SEE_MY_DAY = "programme.see_my_day"
    SEE_AS_SECOND = "programme.see_as_second"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_MY_DAY: Rule(CLINICAL, own_people("")),
    Action.SEE_AS_SECOND: Rule(PRACTITIONERS, as_second),
}
ROUTES: dict[str, BaseAction] = {
    "home:home": Action.SEE_MY_DAY,
}
