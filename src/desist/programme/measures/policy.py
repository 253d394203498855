"""Who may do what with measures, and to which rows."""

from desist.programme.policy import CLINICAL, MANAGERS, THE_CLOCK, WORKING
from desist.programme.scopes import own_people
from desist.wall.policy import BaseAction, Rule, everything


class Action(BaseAction):
    """What can be done with measures."""

    SEE_MEASURES = "programme.see_measures"
    SEE_MEASURE = "programme.see_measure"
    TAKE_MEASURE = "programme.take_measure"
    CHECK_SAFETY = "programme.check_safety"
    STRIKE_MEASURE = "programme.strike_measure"
    LOAD_WORDING = "programme.load_wording"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_MEASURES: Rule(CLINICAL, own_people("")),
    Action.SEE_MEASURE: Rule(CLINICAL, own_people("episode__")),
    Action.TAKE_MEASURE: Rule(WORKING, own_people("")),
    Action.CHECK_SAFETY: Rule(WORKING, own_people("episode__")),
    Action.STRIKE_MEASURE: Rule(WORKING, own_people("episode__")),
    Action.LOAD_WORDING: Rule(MANAGERS | THE_CLOCK, everything),
}
ROUTES: dict[str, BaseAction] = {
    "measures:measures": Action.SEE_MEASURES,
    "measures:change": Action.SEE_MEASURES,
    "measures:take": Action.TAKE_MEASURE,
    "measures:total": Action.TAKE_MEASURE,
    "measures:measure": Action.SEE_MEASURE,
    "measures:safety": Action.CHECK_SAFETY,
    "measures:strike": Action.STRIKE_MEASURE,
    "measures:wordings": Action.LOAD_WORDING,
}
