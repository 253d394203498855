"""Who may offer a client to another advocate and answer, and to which rows."""

from desist.advocacy.policy import ADVOCATES, SUPPORT
from desist.advocacy.scopes import asked_to_take, own_handovers, own_people
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with offers of clients."""

    OFFER_CLIENT = "advocacy.offer_client"
    SEE_HANDOVERS = "advocacy.see_handovers"
    ANSWER_HANDOVER = "advocacy.answer_handover"
    WITHDRAW_HANDOVER = "advocacy.withdraw_handover"


RULES: dict[BaseAction, Rule] = {
    Action.OFFER_CLIENT: Rule(SUPPORT, own_people()),
    Action.SEE_HANDOVERS: Rule(SUPPORT, own_handovers),
    Action.ANSWER_HANDOVER: Rule(ADVOCATES, asked_to_take),
    Action.WITHDRAW_HANDOVER: Rule(SUPPORT, own_people("victim__")),
}
ROUTES: dict[str, BaseAction] = {
    "handovers:offer": Action.OFFER_CLIENT,
    "handovers:answer": Action.ANSWER_HANDOVER,
    "handovers:withdraw": Action.WITHDRAW_HANDOVER,
}
