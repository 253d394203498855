"""Who may do what with incidents that are sent to the police, and to which rows."""

from desist.advocacy.policy import SUPPORT, THE_POST
from desist.advocacy.scopes import own_people
from desist.wall.policy import BaseAction, Rule, everything


class Action(BaseAction):
    """What can be done with incidents that are sent to the police."""

    SEE_PACKS = "advocacy.see_packs"
    SEND_PACK = "advocacy.send_pack"
    NOTE_REFERENCE = "advocacy.note_reference"
    RING_ABOUT_PACK = "advocacy.ring_about_pack"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_PACKS: Rule(SUPPORT, own_people("incident__victim__")),
    Action.SEND_PACK: Rule(SUPPORT, own_people("victim__")),
    Action.NOTE_REFERENCE: Rule(THE_POST, everything),
    Action.RING_ABOUT_PACK: Rule(SUPPORT, own_people("incident__victim__")),
}
ROUTES: dict[str, BaseAction] = {
    "packs:send": Action.SEND_PACK,
    "packs:paper": Action.SEND_PACK,
    "packs:pack": Action.RING_ABOUT_PACK,
}
