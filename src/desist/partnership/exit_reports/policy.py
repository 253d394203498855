"""Who may do what with exit reports, and to which rows."""

from desist.partnership.policy import POLICE, THE_POST
from desist.partnership.scopes import own_area, own_files
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with exit reports."""

    RECEIVE_EXIT_REPORT = "partnership.receive_exit_report"
    SEE_EXIT_REPORT = "partnership.see_exit_report"


RULES: dict[BaseAction, Rule] = {
    Action.RECEIVE_EXIT_REPORT: Rule(THE_POST, own_area),
    Action.SEE_EXIT_REPORT: Rule(POLICE, own_files),
}
ROUTES: dict[str, BaseAction] = {
    "exit_reports:document": Action.SEE_EXIT_REPORT,
}
