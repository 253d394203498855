"""Who may do what with exhibits that are sent to the police, and to which rows."""

from desist.advocacy.policy import SUPPORT, THE_POST
from desist.advocacy.scopes import own_people
from desist.wall.policy import BaseAction, Rule, everything


class Action(BaseAction):
    """What can be done with exhibits that are sent to the police."""

    SEND_EXHIBIT = "advocacy.send_exhibit"
    SEE_SENT_EXHIBIT = "advocacy.see_sent_exhibit"
    RECALL_EXHIBIT = "advocacy.recall_exhibit"
    NOTE_EXHIBIT = "advocacy.note_exhibit"


RULES: dict[BaseAction, Rule] = {
    Action.SEND_EXHIBIT: Rule(SUPPORT, own_people("victim__")),
    Action.SEE_SENT_EXHIBIT: Rule(SUPPORT, own_people("exhibit__victim__")),
    Action.RECALL_EXHIBIT: Rule(SUPPORT, own_people("exhibit__victim__")),
    Action.NOTE_EXHIBIT: Rule(THE_POST, everything),
}
ROUTES: dict[str, BaseAction] = {
    "sent_exhibits:send": Action.SEND_EXHIBIT,
    "sent_exhibits:sent": Action.SEE_SENT_EXHIBIT,
    "sent_exhibits:recall": Action.RECALL_EXHIBIT,
}
