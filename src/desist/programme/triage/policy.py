"""Who may do what with triage, and to which rows."""

from desist.programme.policy import MANAGERS
from desist.programme.scopes import in_area, own_area
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with triage."""

    DECIDE_REFERRAL = "programme.decide_referral"
    SEE_TRIAGE = "programme.see_triage"
    ADVISE = "programme.advise"
    EXPLAIN_DELAY = "programme.explain_delay"
    SEE_CRITERIA = "programme.see_criteria"
    CHANGE_CRITERIA = "programme.change_criteria"


RULES: dict[BaseAction, Rule] = {
    Action.DECIDE_REFERRAL: Rule(MANAGERS, own_area("ref")),
    Action.SEE_TRIAGE: Rule(MANAGERS, own_area("ref")),
    Action.ADVISE: Rule(MANAGERS, own_area("ref")),
    Action.EXPLAIN_DELAY: Rule(MANAGERS, own_area("ref")),
    Action.SEE_CRITERIA: Rule(MANAGERS, in_area),
    Action.CHANGE_CRITERIA: Rule(MANAGERS, in_area),
}
ROUTES: dict[str, BaseAction] = {
    "triage:inbox": Action.SEE_TRIAGE,
    "triage:referral": Action.SEE_TRIAGE,
    "triage:decide": Action.DECIDE_REFERRAL,
    "triage:advise": Action.ADVISE,
    "triage:delay": Action.EXPLAIN_DELAY,
    "triage:criteria": Action.SEE_CRITERIA,
    "triage:change-criteria": Action.CHANGE_CRITERIA,
}
