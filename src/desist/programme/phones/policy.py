"""Who may do what with a person's phone, and to which rows."""

from desist.programme.policy import CLINICAL, WORKING
from desist.programme.scopes import own_people
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with a person's phone."""

    SEE_PHONE = "programme.see_phone"
    INVITE_PHONE = "programme.invite_phone"
    END_PHONE = "programme.end_phone"
    ANSWER_PHONE = "programme.answer_phone"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_PHONE: Rule(CLINICAL, own_people("")),
    Action.INVITE_PHONE: Rule(WORKING, own_people("")),
    Action.END_PHONE: Rule(WORKING, own_people("")),
    Action.ANSWER_PHONE: Rule(WORKING, own_people("episode__")),
}
ROUTES: dict[str, BaseAction] = {
    "phones:phone": Action.SEE_PHONE,
    "phones:invite": Action.INVITE_PHONE,
    "phones:end": Action.END_PHONE,
    "phones:answer": Action.ANSWER_PHONE,
}
