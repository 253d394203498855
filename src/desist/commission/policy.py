"""Who works in the commission zone, and what belongs to no slice alone."""

from desist.commission.scopes import in_area
from desist.wall.actors import Role
from desist.wall.policy import BaseAction, Rule

READERS = frozenset({Role.COMMISSIONER, Role.EVALUATOR})
COMMISSIONERS = frozenset({Role.COMMISSIONER})


class Action(BaseAction):
    """What can be done wherever words are kept."""

    ANSWER_FOR_WORDS = "commission.answer_for_words"


RULES: dict[BaseAction, Rule] = {Action.ANSWER_FOR_WORDS: Rule(COMMISSIONERS, in_area)}
