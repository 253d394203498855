"""Who may do what with sessions that are entered late, and to which rows."""

from desist.programme.calendar.rescheduling.policy import Action as MovesAction
from desist.wall.policy import BaseAction, Rule

RULES: dict[BaseAction, Rule] = {}
ROUTES: dict[str, BaseAction] = {
    "late_entries:held": MovesAction.MOVE_SESSION,
    "late_entries:enter": MovesAction.ADD_SESSION,
}
