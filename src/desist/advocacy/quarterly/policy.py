"""Who may count what the return of an advocacy service is about."""

from desist.advocacy.policy import MANAGERS
from desist.advocacy.scopes import whole_caseload
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done for the return of an advocacy service, beside what every return has."""

    COUNT_CLIENTS = "advocacy.count_clients"


RULES: dict[BaseAction, Rule] = {Action.COUNT_CLIENTS: Rule(MANAGERS, whole_caseload)}
