"""Who works in the programme zone, by the sets that the slices' rules name, and what belongs to no slice alone.

What may be done in a slice stands beside it, in its own `policy.py`.
"""

from desist.programme.scopes import own_area
from desist.wall.actors import Role
from desist.wall.policy import BaseAction, Rule

PRACTITIONER, MANAGER, SUPERVISOR = Role.PRACTITIONER, Role.MANAGER, Role.SUPERVISOR
PRACTITIONERS, MANAGERS = frozenset({PRACTITIONER}), frozenset({MANAGER})
#: before allocation a manager does what a practitioner does after it
WORKING = PRACTITIONERS | MANAGERS
LEADING = MANAGERS | {SUPERVISOR}
CLINICAL = WORKING | LEADING
THE_POST, THE_CLOCK = frozenset({Role.POST}), frozenset({Role.CLOCK})


class Action(BaseAction):
    """What can be done wherever words are kept."""

    ANSWER_FOR_WORDS = "programme.answer_for_words"


RULES: dict[BaseAction, Rule] = {Action.ANSWER_FOR_WORDS: Rule(WORKING, own_area("referral__ref"))}
