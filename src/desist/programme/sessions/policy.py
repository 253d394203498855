"""Who may do what with sessions and their records, and to which rows."""

from desist.programme.policy import CLINICAL, PRACTITIONERS
from desist.programme.scopes import own_people
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with sessions and their records."""

    SEE_SESSION = "programme.see_session"
    RECORD_SESSION = "programme.record_session"
    SEE_RECORD_VERSIONS = "programme.see_record_versions"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_SESSION: Rule(CLINICAL, own_people("episode__")),
    Action.RECORD_SESSION: Rule(PRACTITIONERS, own_people("episode__")),
    Action.SEE_RECORD_VERSIONS: Rule(CLINICAL, own_people("episode__")),
}
ROUTES: dict[str, BaseAction] = {
    "sessions:session": Action.SEE_SESSION,
    "sessions:prepare": Action.SEE_SESSION,
    "sessions:record": Action.RECORD_SESSION,
    "sessions:shared": Action.RECORD_SESSION,
    "sessions:feedback": Action.RECORD_SESSION,
    "sessions:follow-up": Action.RECORD_SESSION,
    "sessions:missed": Action.RECORD_SESSION,
    "sessions:save": Action.RECORD_SESSION,
    "sessions:finish": Action.RECORD_SESSION,
    "sessions:versions": Action.SEE_RECORD_VERSIONS,
    "sessions:version": Action.SEE_RECORD_VERSIONS,
}
