"""Who may do what with the directory of agencies, and to which rows."""

from desist.partnership.policy import DUTY
from desist.partnership.scopes import of_area
from desist.wall.actors import Role
from desist.wall.policy import BaseAction, Rule

#: who keeps the directory of the area
KEEPERS = frozenset({Role.FORCE_LEAD, Role.PANEL_CHAIR})


class Action(BaseAction):
    """What can be done with the directory of agencies."""

    SEE_AGENCIES = "partnership.see_agencies"
    SEE_STALE_AGENCIES = "partnership.see_stale_agencies"
    LIST_AGENCY = "partnership.list_agency"
    CHANGE_AGENCY = "partnership.change_agency"
    SEND_DIRECTORY = "partnership.send_directory"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_AGENCIES: Rule(DUTY | KEEPERS, of_area),
    Action.SEE_STALE_AGENCIES: Rule(KEEPERS, of_area),
    Action.LIST_AGENCY: Rule(KEEPERS, of_area),
    Action.CHANGE_AGENCY: Rule(KEEPERS, of_area),
    Action.SEND_DIRECTORY: Rule(KEEPERS, of_area),
}
ROUTES: dict[str, BaseAction] = {
    "agencies:agencies": Action.SEE_AGENCIES,
    "agencies:agency": Action.SEE_AGENCIES,
    "agencies:add": Action.LIST_AGENCY,
    "agencies:change": Action.CHANGE_AGENCY,
    "agencies:checked": Action.CHANGE_AGENCY,
    "agencies:let-in": Action.CHANGE_AGENCY,
    "agencies:let-out": Action.CHANGE_AGENCY,
    "agencies:send": Action.SEND_DIRECTORY,
}
