"""Who may do what with judgements of the police, and to which rows."""

from desist.programme.policy import THE_POST, WORKING
from desist.programme.scopes import own_referrals
from desist.wall.policy import BaseAction, Rule, everything


class Action(BaseAction):
    """What can be done with judgements of the police."""

    ASK_JUDGEMENT = "programme.ask_judgement"
    TYPE_JUDGEMENT = "programme.type_judgement"
    RECEIVE_JUDGEMENT = "programme.receive_judgement"


RULES: dict[BaseAction, Rule] = {
    Action.ASK_JUDGEMENT: Rule(WORKING, own_referrals("")),
    Action.TYPE_JUDGEMENT: Rule(WORKING, own_referrals("")),
    Action.RECEIVE_JUDGEMENT: Rule(THE_POST, everything),
}
ROUTES: dict[str, BaseAction] = {
    "judgements:ask": Action.ASK_JUDGEMENT,
    "judgements:type-in": Action.TYPE_JUDGEMENT,
}
