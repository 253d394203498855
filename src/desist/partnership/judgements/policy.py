"""Who may do what with questions for a judgement, and to which rows."""

from desist.partnership.policy import POLICE, THE_POST
from desist.partnership.scopes import own_area
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with questions for a judgement."""

    SEE_JUDGEMENTS = "partnership.see_judgements"
    ANSWER_JUDGEMENT = "partnership.answer_judgement"
    RECEIVE_QUESTION = "partnership.receive_judgement_request"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_JUDGEMENTS: Rule(POLICE, own_area),
    Action.ANSWER_JUDGEMENT: Rule(POLICE, own_area),
    Action.RECEIVE_QUESTION: Rule(THE_POST, own_area),
}
ROUTES: dict[str, BaseAction] = {
    "judgements:judgements": Action.SEE_JUDGEMENTS,
    "judgements:answer": Action.ANSWER_JUDGEMENT,
    "judgements:none-held": Action.ANSWER_JUDGEMENT,
}
