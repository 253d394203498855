"""Who may do what with key dates, and to which rows."""

from desist.programme.policy import CLINICAL, WORKING
from desist.programme.scopes import own_people
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with key dates."""

    SEE_DAYS_AHEAD = "programme.see_days_ahead"
    NOTE_DAY_AHEAD = "programme.note_day_ahead"
    CHANGE_DAY_AHEAD = "programme.change_day_ahead"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_DAYS_AHEAD: Rule(CLINICAL, own_people("")),
    Action.NOTE_DAY_AHEAD: Rule(WORKING, own_people("")),
    Action.CHANGE_DAY_AHEAD: Rule(WORKING, own_people("episode__")),
}
ROUTES: dict[str, BaseAction] = {
    "key_dates:days": Action.SEE_DAYS_AHEAD,
    "key_dates:add": Action.NOTE_DAY_AHEAD,
    "key_dates:change": Action.CHANGE_DAY_AHEAD,
    "key_dates:remove": Action.CHANGE_DAY_AHEAD,
}
