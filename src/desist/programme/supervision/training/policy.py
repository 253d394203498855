"""Who may do what with training records, and to which rows."""

from desist.programme.policy import CLINICAL, LEADING, MANAGERS, PRACTITIONERS, SUPERVISOR
from desist.programme.scopes import entries_to_strike, learning_to_see_to, oneself, own_learning
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with training records."""

    SEE_TEAM_TRAINING = "programme.see_team_training"
    EXPORT_TRAINING = "programme.export_training"
    SEE_OWN_TRAINING = "programme.see_own_training"
    SEE_TRAINING = "programme.see_training"
    RECORD_COURSE = "programme.record_course"
    RECORD_INDUCTION = "programme.record_induction"
    JUDGE_COMPETENCE = "programme.judge_competence"
    STRIKE_TRAINING = "programme.strike_training"
    SEE_REFRESHERS = "programme.see_refreshers"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_TEAM_TRAINING: Rule(LEADING, own_learning("")),
    Action.EXPORT_TRAINING: Rule(MANAGERS, own_learning("")),
    Action.SEE_OWN_TRAINING: Rule(PRACTITIONERS, oneself()),
    Action.SEE_TRAINING: Rule(CLINICAL, own_learning("")),
    Action.RECORD_COURSE: Rule(CLINICAL, own_learning("")),
    Action.RECORD_INDUCTION: Rule(LEADING, own_learning("")),
    Action.JUDGE_COMPETENCE: Rule(frozenset({SUPERVISOR}), own_learning("")),
    Action.STRIKE_TRAINING: Rule(CLINICAL, entries_to_strike),
    Action.SEE_REFRESHERS: Rule(CLINICAL, learning_to_see_to),
}
ROUTES: dict[str, BaseAction] = {
    "training:team": Action.SEE_TEAM_TRAINING,
    "training:file": Action.EXPORT_TRAINING,
    "training:mine": Action.SEE_OWN_TRAINING,
    "training:record": Action.SEE_TRAINING,
    "training:course": Action.RECORD_COURSE,
    "training:induction": Action.RECORD_INDUCTION,
    "training:competence": Action.JUDGE_COMPETENCE,
    "training:strike": Action.STRIKE_TRAINING,
}
