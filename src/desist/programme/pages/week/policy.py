"""Who may see the calendar, and whose."""

from desist.programme.policy import CLINICAL, WORKING
from desist.programme.scopes import in_area, own_people
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with the calendar."""

    SEE_CALENDAR = "programme.see_calendar"
    SEE_BOOKABLE = "programme.see_bookable"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_CALENDAR: Rule(CLINICAL, in_area),
    Action.SEE_BOOKABLE: Rule(WORKING, own_people("")),
}
ROUTES: dict[str, BaseAction] = {
    "week:week": Action.SEE_CALENDAR,
    "week:book": Action.SEE_BOOKABLE,
}
