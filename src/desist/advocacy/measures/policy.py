"""Who may do what with measures, and to which rows."""

from desist.advocacy.policy import SUPPORT, THE_CLOCK
from desist.advocacy.scopes import own_people
from desist.wall.policy import BaseAction, Rule, everything


class Action(BaseAction):
    """What can be done with measures."""

    SEE_MEASURES = "advocacy.see_measures"
    TAKE_MEASURE = "advocacy.take_measure"
    STRIKE_MEASURE = "advocacy.strike_measure"
    LOAD_WORDING = "advocacy.load_wording"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_MEASURES: Rule(SUPPORT, own_people()),
    Action.TAKE_MEASURE: Rule(SUPPORT, own_people()),
    Action.STRIKE_MEASURE: Rule(SUPPORT, own_people("victim__")),
    Action.LOAD_WORDING: Rule(THE_CLOCK, everything),
}
ROUTES: dict[str, BaseAction] = {
    "measures:measures": Action.SEE_MEASURES,
    "measures:take": Action.TAKE_MEASURE,
    "measures:total": Action.TAKE_MEASURE,
    "measures:measure": Action.STRIKE_MEASURE,
}
