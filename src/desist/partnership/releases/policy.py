"""Who may do what with releases of words by two people, and to which rows."""

from desist.partnership.policy import ORDERS, THE_CLOCK, THE_POST
from desist.partnership.scopes import of_own_orders, own_orders
from desist.wall.policy import BaseAction, Rule, everything


class Action(BaseAction):
    """What can be done with releases of words by two people."""

    SEE_RELEASES = "partnership.see_releases"
    ASK_RELEASE = "partnership.ask_release"
    DECIDE_RELEASE = "partnership.decide_release"
    ASK_CLEARANCE = "partnership.ask_clearance"
    NOTE_CLEARANCE = "partnership.note_clearance"
    TELL_CLIENTS = "partnership.tell_clients"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_RELEASES: Rule(ORDERS, of_own_orders),
    Action.ASK_RELEASE: Rule(ORDERS, own_orders),
    Action.DECIDE_RELEASE: Rule(ORDERS, of_own_orders),
    Action.ASK_CLEARANCE: Rule(THE_CLOCK, everything),
    Action.NOTE_CLEARANCE: Rule(THE_POST, everything),
    Action.TELL_CLIENTS: Rule(THE_CLOCK, everything),
}
ROUTES: dict[str, BaseAction] = {
    "releases:ask": Action.ASK_RELEASE,
    "releases:decide": Action.DECIDE_RELEASE,
    "releases:go-on": Action.DECIDE_RELEASE,
}
