"""The roles of the partnership zone, in the sets that the slices' rules name, and the rules that belong to no slice.

The rules of a slice are in its own `policy.py`.
"""

from desist.partnership.scopes import own_area
from desist.wall.actors import Role
from desist.wall.policy import BaseAction, Rule

POLICE = frozenset({Role.OFFICER, Role.FORCE_LEAD})
ORDERS = frozenset({Role.ORDER_COORDINATOR, Role.FORCE_LEAD})
DUTY = POLICE | ORDERS
THE_POST, THE_CLOCK = frozenset({Role.POST}), frozenset({Role.CLOCK})


class Action(BaseAction):
    """What can be done wherever words are kept."""

    ANSWER_FOR_WORDS = "partnership.answer_for_words"


RULES: dict[BaseAction, Rule] = {Action.ANSWER_FOR_WORDS: Rule(DUTY, own_area)}
