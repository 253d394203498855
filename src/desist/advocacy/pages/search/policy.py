"""Who may do what with the search, and to which rows."""

from desist.advocacy.policy import SUPPORT
from desist.advocacy.scopes import own_people
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with the search."""

    SEARCH = "advocacy.search"


RULES: dict[BaseAction, Rule] = {
    Action.SEARCH: Rule(SUPPORT, own_people()),
}
ROUTES: dict[str, BaseAction] = {
    "search:search": Action.SEARCH,
}
