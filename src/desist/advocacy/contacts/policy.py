"""Who may do what with contact with a client, and to which rows."""

from desist.advocacy.policy import ADVOCATES, SUPPORT, THE_CLOCK
from desist.advocacy.scopes import own_people
from desist.wall.policy import BaseAction, Rule, everything


class Action(BaseAction):
    """What can be done with contact with a client."""

    SEE_CONTACT = "advocacy.see_contact"
    ARRANGE_CONTACT = "advocacy.arrange_contact"
    END_SAFE_TIME = "advocacy.end_safe_time"
    MARK_SAFETY = "advocacy.mark_safety"
    BEGIN_CONTACT = "advocacy.begin_contact"
    FINISH_CONTACT = "advocacy.finish_contact"
    QUEUE_MESSAGE = "advocacy.queue_message"
    SEND_MESSAGE = "advocacy.send_message"
    SEE_STOPPED = "advocacy.see_stopped"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_CONTACT: Rule(SUPPORT, own_people()),
    Action.ARRANGE_CONTACT: Rule(SUPPORT, own_people()),
    Action.END_SAFE_TIME: Rule(SUPPORT, own_people("victim__")),
    Action.MARK_SAFETY: Rule(SUPPORT, own_people()),
    Action.BEGIN_CONTACT: Rule(ADVOCATES, own_people()),
    Action.FINISH_CONTACT: Rule(SUPPORT, own_people("victim__")),
    Action.QUEUE_MESSAGE: Rule(SUPPORT, own_people()),
    Action.SEND_MESSAGE: Rule(THE_CLOCK, everything),
    Action.SEE_STOPPED: Rule(SUPPORT, own_people("victim__")),
}
ROUTES: dict[str, BaseAction] = {
    "contacts:contact": Action.SEE_CONTACT,
    "contacts:words": Action.ARRANGE_CONTACT,
    "contacts:add-time": Action.ARRANGE_CONTACT,
    "contacts:end-time": Action.END_SAFE_TIME,
    "contacts:not-safe": Action.MARK_SAFETY,
    "contacts:safe": Action.MARK_SAFETY,
    "contacts:begin": Action.BEGIN_CONTACT,
    "contacts:finish": Action.FINISH_CONTACT,
    "contacts:queue": Action.QUEUE_MESSAGE,
    "contacts:note-stopped": Action.SEE_STOPPED,
}
FRESH = frozenset({"contacts:begin"})
