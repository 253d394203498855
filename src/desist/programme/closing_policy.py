"""Who may do what at the end of a programme and after it: beside `policy`, the same shape."""

from desist.programme.policy import CLINICAL, MANAGER, SUPERVISOR, WORKING
from desist.programme.scopes import own_people
from desist.wall.policy import Action as BaseAction
from desist.wall.policy import Rule


class Action(BaseAction):
    """What can be done with a leaving that was wrong, exit reports, certificates of attendance and follow-ups."""

    REOPEN_EPISODE = "programme.reopen_episode"
    CHANGE_LEAVING_REASON = "programme.change_leaving_reason"
    SEE_REPORTS = "programme.see_reports"
    SEE_REPORT = "programme.see_report"
    START_REPORT = "programme.start_report"
    WRITE_REPORT = "programme.write_report"
    SIGN_REPORT = "programme.sign_report"
    SEE_CERTIFICATES = "programme.see_certificates"
    SEE_CERTIFICATE = "programme.see_certificate"
    ISSUE_CERTIFICATE = "programme.issue_certificate"
    SEE_FOLLOW_UPS = "programme.see_follow_ups"
    RECORD_FOLLOW_UP = "programme.record_follow_up"


RULES: dict[BaseAction, Rule] = {
    Action.REOPEN_EPISODE: Rule(frozenset({MANAGER}), own_people("episode__")),
    Action.CHANGE_LEAVING_REASON: Rule(frozenset({MANAGER}), own_people("episode__")),
    Action.SEE_REPORTS: Rule(CLINICAL, own_people("")),
    Action.SEE_REPORT: Rule(CLINICAL, own_people("episode__")),
    Action.START_REPORT: Rule(WORKING, own_people("")),
    Action.WRITE_REPORT: Rule(WORKING, own_people("episode__")),
    Action.SIGN_REPORT: Rule(frozenset({MANAGER, SUPERVISOR}), own_people("episode__")),
    Action.SEE_CERTIFICATES: Rule(CLINICAL, own_people("")),
    Action.SEE_CERTIFICATE: Rule(CLINICAL, own_people("episode__")),
    Action.ISSUE_CERTIFICATE: Rule(WORKING, own_people("")),
    Action.SEE_FOLLOW_UPS: Rule(CLINICAL, own_people("")),
    Action.RECORD_FOLLOW_UP: Rule(WORKING, own_people("episode__")),
}
ROUTES: dict[str, BaseAction] = {
    "leaving:reopen": Action.REOPEN_EPISODE,
    "leaving:reason": Action.CHANGE_LEAVING_REASON,
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
    "certificates:certificates": Action.SEE_CERTIFICATES,
    "certificates:issue": Action.ISSUE_CERTIFICATE,
    "certificates:document": Action.SEE_CERTIFICATE,
    "followups:follow-ups": Action.SEE_FOLLOW_UPS,
    "followups:record": Action.RECORD_FOLLOW_UP,
}
OPEN: frozenset[str] = frozenset()
