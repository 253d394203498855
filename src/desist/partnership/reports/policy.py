"""Who may do what with reports of incidents, and to which rows."""

from desist.partnership.policy import DUTY, THE_CLOCK, THE_POST
from desist.partnership.scopes import own_reports
from desist.wall.policy import BaseAction, Rule, everything


class Action(BaseAction):
    """What can be done with reports of incidents."""

    SEE_REPORTS = "partnership.see_reports"
    RECEIVE_REPORT = "partnership.receive_report"
    RECORD_REPORT = "partnership.record_report"
    EMPTY_REPORT = "partnership.empty_report"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_REPORTS: Rule(DUTY, own_reports),
    Action.RECEIVE_REPORT: Rule(THE_POST, everything),
    Action.RECORD_REPORT: Rule(DUTY, own_reports),
    Action.EMPTY_REPORT: Rule(THE_CLOCK, everything),
}
ROUTES: dict[str, BaseAction] = {
    "reports:reports": Action.SEE_REPORTS,
    "reports:report": Action.RECORD_REPORT,
    "reports:copy": Action.RECORD_REPORT,
}
