"""Who may do what with leave of practitioners, and to which rows."""

from desist.programme.policy import MANAGERS
from desist.programme.scopes import in_area, in_area_of
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with leave of practitioners."""

    SEE_LEAVE = "programme.see_leave"
    NOTE_LEAVE = "programme.note_leave"
    REMOVE_LEAVE = "programme.remove_leave"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_LEAVE: Rule(MANAGERS, in_area_of("practitioner")),
    Action.NOTE_LEAVE: Rule(MANAGERS, in_area),
    Action.REMOVE_LEAVE: Rule(MANAGERS, in_area_of("practitioner")),
}
ROUTES: dict[str, BaseAction] = {
    "absences:leave": Action.SEE_LEAVE,
    "absences:add": Action.NOTE_LEAVE,
    "absences:remove": Action.REMOVE_LEAVE,
}
