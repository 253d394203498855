"""Who may keep a filter of a list: everyone who reads one, for themselves."""

from desist.programme.policy import CLINICAL
from desist.programme.scopes import own_account
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with kept filters."""

    KEEP_FILTER = "programme.keep_filter"
    REMOVE_FILTER = "programme.remove_filter"


RULES: dict[BaseAction, Rule] = {
    Action.KEEP_FILTER: Rule(CLINICAL, own_account),
    Action.REMOVE_FILTER: Rule(CLINICAL, own_account),
}
ROUTES: dict[str, BaseAction] = {
    "filters:keep": Action.KEEP_FILTER,
    "filters:remove": Action.REMOVE_FILTER,
}
