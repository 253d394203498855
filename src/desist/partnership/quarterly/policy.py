"""Who may count what the return of the police is about."""

from desist.partnership.scopes import whole_register
from desist.wall.actors import Role
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done for the return of the police, beside what every return has."""

    COUNT_FOR_RETURN = "partnership.count_for_return"


RULES: dict[BaseAction, Rule] = {Action.COUNT_FOR_RETURN: Rule(frozenset({Role.FORCE_LEAD}), whole_register)}
