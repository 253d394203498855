"""Who may do what with the circumstances of a client, and to which rows."""

from desist.advocacy.policy import SUPPORT
from desist.advocacy.scopes import own_people
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with the circumstances of a client."""

    SEE_CIRCUMSTANCES = "advocacy.see_circumstances"
    SEE_CIRCUMSTANCE_REVIEWS = "advocacy.see_circumstance_reviews"
    NOTE_CIRCUMSTANCES = "advocacy.note_circumstances"
    CHANGE_CIRCUMSTANCE = "advocacy.change_circumstance"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_CIRCUMSTANCES: Rule(SUPPORT, own_people()),
    Action.SEE_CIRCUMSTANCE_REVIEWS: Rule(SUPPORT, own_people()),
    Action.NOTE_CIRCUMSTANCES: Rule(SUPPORT, own_people()),
    Action.CHANGE_CIRCUMSTANCE: Rule(SUPPORT, own_people("victim__")),
}
ROUTES: dict[str, BaseAction] = {
    "circumstances:client": Action.SEE_CIRCUMSTANCES,
    "circumstances:risk": Action.NOTE_CIRCUMSTANCES,
    "circumstances:need": Action.NOTE_CIRCUMSTANCES,
    "circumstances:review": Action.CHANGE_CIRCUMSTANCE,
    "circumstances:end": Action.CHANGE_CIRCUMSTANCE,
    "circumstances:self-harm": Action.NOTE_CIRCUMSTANCES,
}
