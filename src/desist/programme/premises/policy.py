"""Who may do what with premises and rooms, and to which rows."""

from desist.programme.policy import MANAGERS
from desist.programme.scopes import in_area
from desist.wall.actors import Role
from desist.wall.policy import BaseAction, Rule

#: who keeps the list of premises: it says of no building why it is never booked
KEEPERS = MANAGERS | {Role.ADMINISTRATOR}


class Action(BaseAction):
    """What can be done with premises and rooms."""

    SEE_PREMISES = "programme.see_premises"
    LIST_PREMISES = "programme.list_premises"
    CHANGE_PREMISES = "programme.change_premises"
    CLOSE_ROOM = "programme.close_room"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_PREMISES: Rule(KEEPERS, in_area),
    Action.LIST_PREMISES: Rule(KEEPERS, in_area),
    Action.CHANGE_PREMISES: Rule(KEEPERS, in_area),
    Action.CLOSE_ROOM: Rule(KEEPERS, in_area),
}
ROUTES: dict[str, BaseAction] = {
    "premises:premises": Action.SEE_PREMISES,
    "premises:add": Action.LIST_PREMISES,
    "premises:add-room": Action.CHANGE_PREMISES,
    "premises:never": Action.CHANGE_PREMISES,
    "premises:again": Action.CHANGE_PREMISES,
    "premises:close": Action.CHANGE_PREMISES,
    "premises:close-room": Action.CLOSE_ROOM,
}
