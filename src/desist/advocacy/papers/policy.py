"""Who may make papers about a client, and of which clients."""

from desist.advocacy.policy import SUPPORT
from desist.advocacy.scopes import own_people
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with papers."""

    MAKE_LOG = "advocacy.make_log"
    MAKE_THEIR_PAPER = "advocacy.make_their_paper"
    FETCH_PAPER = "advocacy.fetch_paper"


RULES: dict[BaseAction, Rule] = {
    Action.MAKE_LOG: Rule(SUPPORT, own_people()),
    Action.MAKE_THEIR_PAPER: Rule(SUPPORT, own_people()),
    Action.FETCH_PAPER: Rule(SUPPORT, own_people("victim__")),
}
ROUTES: dict[str, BaseAction] = {
    "papers:log": Action.MAKE_LOG,
    "papers:theirs": Action.MAKE_THEIR_PAPER,
    "papers:fetch": Action.FETCH_PAPER,
}
FRESH = frozenset({"papers:fetch"})
