"""The roles of the advocacy zone, in the sets that the slices' rules name, and the rules that belong to no slice.

The rules of a slice are in its own `policy.py`.
"""

from desist.advocacy.scopes import own_people
from desist.wall.actors import Role
from desist.wall.policy import BaseAction, Rule

ADVOCATES, MANAGERS = frozenset({Role.ADVOCATE}), frozenset({Role.ADVOCACY_MANAGER})
SUPPORT = ADVOCATES | MANAGERS
THE_POST, THE_CLOCK = frozenset({Role.POST}), frozenset({Role.CLOCK})


class Action(BaseAction):
    """What can be done wherever words are kept."""

    ANSWER_FOR_WORDS = "advocacy.answer_for_words"


RULES: dict[BaseAction, Rule] = {Action.ANSWER_FOR_WORDS: Rule(SUPPORT, own_people())}
