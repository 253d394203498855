"""Who may see the outcomes of a service, and who may open the people behind a number."""

from desist.programme.policy import MANAGER, MANAGERS
from desist.programme.scopes import own_area
from desist.wall.actors import Role
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with the outcomes of a service."""

    SEE_OUTCOMES = "programme.see_outcomes"
    SEE_OUTCOME_PEOPLE = "programme.see_outcome_people"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_OUTCOMES: Rule(frozenset({MANAGER, Role.EXECUTIVE}), own_area("ref")),
    Action.SEE_OUTCOME_PEOPLE: Rule(MANAGERS, own_area("ref")),
}
ROUTES: dict[str, BaseAction] = {
    "outcomes:outcomes": Action.SEE_OUTCOMES,
    "outcomes:endings": Action.SEE_OUTCOMES,
    "outcomes:people": Action.SEE_OUTCOME_PEOPLE,
}
