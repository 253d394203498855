"""Who may do what with the search, and to which rows."""

from desist.programme.policy import CLINICAL
from desist.programme.scopes import searched_referrals
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with the search."""

    SEARCH = "programme.search"


RULES: dict[BaseAction, Rule] = {
    Action.SEARCH: Rule(CLINICAL, searched_referrals),
}
ROUTES: dict[str, BaseAction] = {
    "search:search": Action.SEARCH,
}
