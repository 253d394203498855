"""Who may do what with settings, and to which rows."""

from desist.programme.policy import MANAGERS
from desist.programme.scopes import in_area
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with settings."""

    SEE_SETTINGS = "programme.see_settings"
    EDIT_PRACTITIONER = "programme.edit_practitioner"
    ENTER_PRACTITIONER = "programme.enter_practitioner"
    EDIT_AGENCY = "programme.edit_agency"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_SETTINGS: Rule(MANAGERS, in_area),
    Action.EDIT_PRACTITIONER: Rule(MANAGERS, in_area),
    Action.ENTER_PRACTITIONER: Rule(MANAGERS, in_area),
    Action.EDIT_AGENCY: Rule(MANAGERS, in_area),
}
ROUTES: dict[str, BaseAction] = {
    "settings:settings": Action.SEE_SETTINGS,
    "settings:practitioner": Action.EDIT_PRACTITIONER,
    "settings:enter": Action.ENTER_PRACTITIONER,
    "settings:agency": Action.EDIT_AGENCY,
}
