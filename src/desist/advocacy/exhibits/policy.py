"""Who may do what with exhibits, and with which of them."""

from desist.advocacy.policy import SUPPORT, THE_CLOCK
from desist.advocacy.scopes import own_people
from desist.wall.policy import BaseAction, Rule, everything


class Action(BaseAction):
    """What can be done with exhibits."""

    SEE_EXHIBITS = "advocacy.see_exhibits"
    BEGIN_EXHIBIT = "advocacy.begin_exhibit"
    SEE_EXHIBIT = "advocacy.see_exhibit"
    CHANGE_EXHIBIT = "advocacy.change_exhibit"
    FINISH_EXHIBIT = "advocacy.finish_exhibit"
    RENEW_EXHIBIT = "advocacy.renew_exhibit"
    SAVE_EXHIBIT = "advocacy.save_exhibit"
    MAKE_EXHIBIT = "advocacy.make_exhibit"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_EXHIBITS: Rule(SUPPORT, own_people()),
    Action.BEGIN_EXHIBIT: Rule(SUPPORT, own_people()),
    Action.SEE_EXHIBIT: Rule(SUPPORT, own_people("victim__")),
    Action.CHANGE_EXHIBIT: Rule(SUPPORT, own_people("victim__")),
    Action.FINISH_EXHIBIT: Rule(SUPPORT, own_people("victim__")),
    Action.RENEW_EXHIBIT: Rule(SUPPORT, own_people("victim__")),
    Action.SAVE_EXHIBIT: Rule(SUPPORT, own_people("victim__")),
    Action.MAKE_EXHIBIT: Rule(THE_CLOCK, everything),
}
ROUTES: dict[str, BaseAction] = {
    "exhibits:exhibits": Action.SEE_EXHIBITS,
    "exhibits:exhibit": Action.SEE_EXHIBIT,
    "exhibits:words": Action.CHANGE_EXHIBIT,
    "exhibits:files": Action.CHANGE_EXHIBIT,
    "exhibits:row": Action.CHANGE_EXHIBIT,
    "exhibits:take-off": Action.CHANGE_EXHIBIT,
    "exhibits:undo": Action.CHANGE_EXHIBIT,
    "exhibits:unused": Action.CHANGE_EXHIBIT,
    "exhibits:finish": Action.FINISH_EXHIBIT,
    "exhibits:renew": Action.RENEW_EXHIBIT,
    "exhibits:save": Action.SAVE_EXHIBIT,
}
FRESH = frozenset({"exhibits:save"})
