"""Who may do what with what the police are told, and to which rows."""

from desist.advocacy.policy import SUPPORT, THE_CLOCK, THE_POST
from desist.advocacy.scopes import own_people
from desist.wall.policy import BaseAction, Rule, everything


class Action(BaseAction):
    """What can be done with what the police are told."""

    SEE_POLICE = "advocacy.see_police"
    ASK_PAIR = "advocacy.ask_pair"
    NOTE_PAIR_ANSWER = "advocacy.note_pair_answer"
    END_RUN_OUT = "advocacy.end_run_out"
    ALERT_POLICE = "advocacy.alert_police"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_POLICE: Rule(SUPPORT, own_people()),
    Action.ASK_PAIR: Rule(SUPPORT, own_people()),
    Action.NOTE_PAIR_ANSWER: Rule(THE_POST, everything),
    Action.END_RUN_OUT: Rule(THE_CLOCK, everything),
    Action.ALERT_POLICE: Rule(SUPPORT, own_people()),
}
ROUTES: dict[str, BaseAction] = {
    "police:police": Action.SEE_POLICE,
    "police:ask": Action.ASK_PAIR,
    "police:end": Action.ASK_PAIR,
    "police:alert": Action.ALERT_POLICE,
    "police:answer": Action.ASK_PAIR,
}
