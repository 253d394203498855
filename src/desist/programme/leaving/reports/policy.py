"""Who may do what with reports, and to which rows."""

from desist.programme.policy import CLINICAL, LEADING, WORKING
from desist.programme.scopes import own_people
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with reports."""

    SEE_REPORTS = "programme.see_reports"
    SEE_REPORT = "programme.see_report"
    START_REPORT = "programme.start_report"
    WRITE_REPORT = "programme.write_report"
    SIGN_REPORT = "programme.sign_report"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_REPORTS: Rule(CLINICAL, own_people("")),
    Action.SEE_REPORT: Rule(CLINICAL, own_people("episode__")),
    Action.START_REPORT: Rule(WORKING, own_people("")),
    Action.WRITE_REPORT: Rule(WORKING, own_people("episode__")),
    Action.SIGN_REPORT: Rule(LEADING, own_people("episode__")),
}
ROUTES: dict[str, BaseAction] = {
    "reports:reports": Action.SEE_REPORTS,
    "reports:start": Action.START_REPORT,
    "reports:report": Action.SEE_REPORT,
    "reports:write": Action.WRITE_REPORT,
    "reports:save": Action.WRITE_REPORT,
    "reports:offer": Action.WRITE_REPORT,
    "reports:take-back": Action.WRITE_REPORT,
    "reports:sign": Action.SIGN_REPORT,
    "reports:give-back": Action.SIGN_REPORT,
    "reports:document": Action.SEE_REPORT,
}
