"""Who may do what with a safety plan, and to which rows."""

from desist.advocacy.policy import SUPPORT
from desist.advocacy.scopes import own_people
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with a safety plan."""

    SEE_SAFETY = "advocacy.see_safety"
    WRITE_SAFETY = "advocacy.write_safety"
    SETTLE_NEED = "advocacy.settle_need"
    NOTE_SUPPORT = "advocacy.note_support"
    CHANGE_CHILD = "advocacy.change_child"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_SAFETY: Rule(SUPPORT, own_people()),
    Action.WRITE_SAFETY: Rule(SUPPORT, own_people()),
    Action.SETTLE_NEED: Rule(SUPPORT, own_people("victim__")),
    Action.NOTE_SUPPORT: Rule(SUPPORT, own_people("need__victim__")),
    Action.CHANGE_CHILD: Rule(SUPPORT, own_people("victim__")),
}
ROUTES: dict[str, BaseAction] = {
    "safety:plan": Action.WRITE_SAFETY,
    "safety:needs": Action.WRITE_SAFETY,
    "safety:settle": Action.SETTLE_NEED,
    "safety:support": Action.SETTLE_NEED,
    "safety:outcome": Action.NOTE_SUPPORT,
    "safety:choices": Action.WRITE_SAFETY,
    "safety:children": Action.WRITE_SAFETY,
    "safety:child": Action.CHANGE_CHILD,
    "safety:end-child": Action.CHANGE_CHILD,
    "safety:notes": Action.WRITE_SAFETY,
}
