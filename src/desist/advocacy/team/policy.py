"""Who may do what with the team, and to which rows."""

from desist.advocacy.policy import MANAGERS, SUPPORT
from desist.advocacy.scopes import entries_of_others, in_area, own_entry
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with the team."""

    SEE_TEAM = "advocacy.see_team"
    DECLARE_LINK = "advocacy.declare_link"
    REGISTER_ADVOCATE = "advocacy.register_advocate"
    EDIT_ADVOCATE = "advocacy.edit_advocate"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_TEAM: Rule(MANAGERS, in_area),
    Action.DECLARE_LINK: Rule(SUPPORT, own_entry),
    Action.REGISTER_ADVOCATE: Rule(MANAGERS, entries_of_others),
    Action.EDIT_ADVOCATE: Rule(MANAGERS, entries_of_others),
}
ROUTES: dict[str, BaseAction] = {
    "team:team": Action.SEE_TEAM,
    "team:declare": Action.DECLARE_LINK,
    "team:register": Action.REGISTER_ADVOCATE,
    "team:advocate": Action.EDIT_ADVOCATE,
}
