"""Who may do what with extracts that came, and to which rows: an evaluator alone reads what is in one."""

from desist.commission.policy import READERS
from desist.commission.scopes import about_own, in_area
from desist.wall.actors import Role
from desist.wall.policy import BaseAction, Rule

EVALUATORS = frozenset({Role.EVALUATOR})
THE_POST = frozenset({Role.POST})
THE_CLOCK = frozenset({Role.CLOCK})


class Action(BaseAction):
    """What can be done with extracts."""

    SEE_EXTRACTS = "commission.see_extracts"
    READ_EXTRACT = "commission.read_extract"
    MAKE_STUDY = "commission.make_study"
    READ_STUDY = "commission.read_study"
    RECEIVE_EXTRACT = "commission.receive_extract"
    EMPTY_EXTRACT = "commission.empty_extract"
    RECEIVE_OUTCOMES = "commission.receive_outcomes"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_EXTRACTS: Rule(READERS, in_area),
    Action.READ_EXTRACT: Rule(EVALUATORS, in_area),
    Action.MAKE_STUDY: Rule(EVALUATORS, in_area),
    Action.READ_STUDY: Rule(EVALUATORS, about_own),
    Action.RECEIVE_EXTRACT: Rule(THE_POST, in_area),
    Action.EMPTY_EXTRACT: Rule(THE_CLOCK, in_area),
    Action.RECEIVE_OUTCOMES: Rule(THE_POST, about_own),
}
ROUTES: dict[str, BaseAction] = {
    "extracts:all": Action.SEE_EXTRACTS,
    "extracts:extract": Action.READ_EXTRACT,
    "extracts:file": Action.READ_EXTRACT,
    "extracts:study": Action.MAKE_STUDY,
    "extracts:made": Action.READ_STUDY,
    "extracts:annex": Action.READ_STUDY,
}
