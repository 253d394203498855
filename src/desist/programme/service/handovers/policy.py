"""Who may do what with what a colleague hands over, and to which rows."""

from desist.programme.policy import MANAGERS, PRACTITIONERS
from desist.programme.scopes import asked_to_take, own_people
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with what a colleague hands over."""

    SEE_HANDOVER = "programme.see_handover"
    ANSWER_HANDOVER = "programme.answer_handover"
    SEE_UNANSWERED = "programme.see_unanswered"
    WITHDRAW_HANDOVER = "programme.withdraw_handover"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_HANDOVER: Rule(PRACTITIONERS, asked_to_take("episode__", "")),
    Action.ANSWER_HANDOVER: Rule(PRACTITIONERS, asked_to_take("", "handovers__")),
    Action.SEE_UNANSWERED: Rule(MANAGERS, own_people("episode__")),
    Action.WITHDRAW_HANDOVER: Rule(MANAGERS, own_people("episode__")),
}
ROUTES: dict[str, BaseAction] = {
    "handovers:handover": Action.SEE_HANDOVER,
    "handovers:accept": Action.ANSWER_HANDOVER,
    "handovers:withdraw": Action.WITHDRAW_HANDOVER,
}
