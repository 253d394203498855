"""Who may do what with incidents, and to which rows."""

from desist.advocacy.policy import SUPPORT
from desist.advocacy.scopes import own_people
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with incidents."""

    SEE_INCIDENTS = "advocacy.see_incidents"
    RECORD_INCIDENT = "advocacy.record_incident"
    ADD_TO_INCIDENT = "advocacy.add_to_incident"
    CHOOSE_FILES_OF_INCIDENT = "advocacy.choose_files_of_incident"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_INCIDENTS: Rule(SUPPORT, own_people()),
    Action.RECORD_INCIDENT: Rule(SUPPORT, own_people()),
    Action.ADD_TO_INCIDENT: Rule(SUPPORT, own_people("victim__")),
    Action.CHOOSE_FILES_OF_INCIDENT: Rule(SUPPORT, own_people("victim__")),
}
ROUTES: dict[str, BaseAction] = {
    "incidents:incidents": Action.SEE_INCIDENTS,
    "incidents:record": Action.RECORD_INCIDENT,
    "incidents:incident": Action.ADD_TO_INCIDENT,
    "incidents:files": Action.CHOOSE_FILES_OF_INCIDENT,
    "incidents:take-off": Action.CHOOSE_FILES_OF_INCIDENT,
}
