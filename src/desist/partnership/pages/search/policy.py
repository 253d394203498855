"""Who may search; what they find is decided by the rules of what is found."""

from desist.partnership.policy import DUTY
from desist.partnership.scopes import own_area
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with the search."""

    SEARCH = "partnership.search"


RULES: dict[BaseAction, Rule] = {
    Action.SEARCH: Rule(DUTY, own_area),
}
ROUTES: dict[str, BaseAction] = {
    "search:search": Action.SEARCH,
}
