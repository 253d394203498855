"""Who may do what with risk reviews, and to which rows."""

from desist.programme.policy import CLINICAL, WORKING
from desist.programme.risk.states import Alerted
from desist.programme.scopes import own_people
from desist.wall.actors import Role
from desist.wall.policy import BaseAction, Rule

#: who of the service reads at once of a higher judgement, where its rater says so
TOLD = {Role.MANAGER: Alerted.MANAGER, Role.SUPERVISOR: Alerted.SUPERVISOR}


class Action(BaseAction):
    """What can be done with risk reviews."""

    SEE_RISK = "programme.see_risk"
    SEE_REVIEWS = "programme.see_reviews"
    RECORD_RISK = "programme.record_risk"
    STRIKE_RISK = "programme.strike_risk"
    END_FACTOR = "programme.end_factor"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_RISK: Rule(CLINICAL, own_people("")),
    Action.SEE_REVIEWS: Rule(CLINICAL, own_people("episode__")),
    Action.RECORD_RISK: Rule(WORKING, own_people("")),
    Action.STRIKE_RISK: Rule(WORKING, own_people("episode__")),
    Action.END_FACTOR: Rule(WORKING, own_people("episode__")),
}
ROUTES: dict[str, BaseAction] = {
    "risk:reviews": Action.SEE_REVIEWS,
    "risk:risk": Action.SEE_RISK,
    "risk:record": Action.RECORD_RISK,
    "risk:strike": Action.STRIKE_RISK,
    "risk:note": Action.RECORD_RISK,
    "risk:type": Action.RECORD_RISK,
    "risk:end": Action.END_FACTOR,
}
WITHOUT_WRITING = frozenset({"risk:risk"})
