"""Who may do what with screenings, and to which rows."""

from desist.advocacy.policy import SUPPORT, THE_POST
from desist.advocacy.scopes import own_people
from desist.wall.policy import BaseAction, Rule, everything


class Action(BaseAction):
    """What can be done with screenings."""

    SEE_SCREENINGS = "advocacy.see_screenings"
    RECORD_SCREENING = "advocacy.record_screening"
    RECEIVE_SCREENING = "advocacy.receive_screening"
    SCREEN_AFTER_INCIDENT = "advocacy.screen_after_incident"
    STRIKE_SCREENING = "advocacy.strike_screening"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_SCREENINGS: Rule(SUPPORT, own_people()),
    Action.RECORD_SCREENING: Rule(SUPPORT, own_people()),
    Action.RECEIVE_SCREENING: Rule(THE_POST, everything),
    Action.SCREEN_AFTER_INCIDENT: Rule(SUPPORT, own_people("victim__")),
    Action.STRIKE_SCREENING: Rule(SUPPORT, own_people("victim__")),
}
ROUTES: dict[str, BaseAction] = {
    "screenings:client": Action.SEE_SCREENINGS,
    "screenings:record": Action.RECORD_SCREENING,
    "screenings:after": Action.SCREEN_AFTER_INCIDENT,
    "screenings:screening": Action.STRIKE_SCREENING,
}
