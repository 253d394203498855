"""Who may do what with news for a client, and to which rows."""

from desist.advocacy.contacts.policy import Action as ContactsAction
from desist.advocacy.policy import SUPPORT, THE_POST
from desist.advocacy.scopes import own_people
from desist.advocacy.victims.policy import Action as VictimsAction
from desist.wall.policy import BaseAction, Rule, everything


class Action(BaseAction):
    """What can be done with news for a client."""

    SEE_UPDATES = "advocacy.see_updates"
    RECEIVE_UPDATE = "advocacy.receive_update"
    NOTE_NEWS = "advocacy.note_news"
    TELL_UPDATE = "advocacy.tell_update"
    ENTITLE = "advocacy.entitle"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_UPDATES: Rule(SUPPORT, own_people("victim__")),
    Action.RECEIVE_UPDATE: Rule(THE_POST, everything),
    Action.NOTE_NEWS: Rule(SUPPORT, own_people()),
    Action.TELL_UPDATE: Rule(SUPPORT, own_people("victim__")),
    Action.ENTITLE: Rule(SUPPORT, own_people()),
}
ROUTES: dict[str, BaseAction] = {
    "updates:updates": VictimsAction.SEE_VICTIM,
    "updates:add": Action.NOTE_NEWS,
    "updates:begin": ContactsAction.BEGIN_CONTACT,
    "updates:tell": Action.TELL_UPDATE,
    "updates:entitlement": Action.ENTITLE,
}
FRESH = frozenset({"updates:begin"})
