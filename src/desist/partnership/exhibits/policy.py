"""Who may do what with exhibits that came with a report, and to which rows."""

from desist.partnership.policy import DUTY, THE_CLOCK, THE_POST
from desist.partnership.scopes import own_exhibits
from desist.wall.policy import BaseAction, Rule, everything


class Action(BaseAction):
    """What can be done with exhibits."""

    SEE_EXHIBIT = "partnership.see_exhibit"
    RECEIVE_EXHIBIT = "partnership.receive_exhibit"
    CHECK_EXHIBIT = "partnership.check_exhibit"
    ASK_FOR_PIECES = "partnership.ask_for_pieces"
    SAVE_EXHIBIT = "partnership.save_exhibit"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_EXHIBIT: Rule(DUTY, own_exhibits),
    Action.RECEIVE_EXHIBIT: Rule(THE_POST, everything),
    Action.CHECK_EXHIBIT: Rule(THE_CLOCK, everything),
    Action.ASK_FOR_PIECES: Rule(DUTY, own_exhibits),
    Action.SAVE_EXHIBIT: Rule(DUTY, own_exhibits),
}
ROUTES: dict[str, BaseAction] = {
    "exhibits:exhibit": Action.SEE_EXHIBIT,
    "exhibits:ask": Action.ASK_FOR_PIECES,
    "exhibits:save": Action.SAVE_EXHIBIT,
}
