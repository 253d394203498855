"""Who may do what with times at which a person cannot come, and to which rows."""

from desist.programme.policy import WORKING
from desist.programme.scopes import own_people
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with times at which a person cannot come."""

    NOTE_BUSY_TIME = "programme.note_busy_time"
    REMOVE_BUSY_TIME = "programme.remove_busy_time"


RULES: dict[BaseAction, Rule] = {
    Action.NOTE_BUSY_TIME: Rule(WORKING, own_people("")),
    Action.REMOVE_BUSY_TIME: Rule(WORKING, own_people("episode__")),
}
ROUTES: dict[str, BaseAction] = {
    "busy:add": Action.NOTE_BUSY_TIME,
    "busy:remove": Action.REMOVE_BUSY_TIME,
}
