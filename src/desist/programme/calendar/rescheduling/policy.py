"""Who may do what with sessions that move, and to which rows."""

from desist.programme.policy import WORKING
from desist.programme.scopes import own_people
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with sessions that move."""

    MOVE_SESSION = "programme.move_session"
    ADD_SESSION = "programme.add_session"


RULES: dict[BaseAction, Rule] = {
    Action.MOVE_SESSION: Rule(WORKING, own_people("episode__")),
    Action.ADD_SESSION: Rule(WORKING, own_people("")),
}
ROUTES: dict[str, BaseAction] = {
    "rescheduling:move": Action.MOVE_SESSION,
    "rescheduling:again": Action.MOVE_SESSION,
    "rescheduling:cancel": Action.MOVE_SESSION,
    "rescheduling:add": Action.ADD_SESSION,
}
