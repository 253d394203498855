"""Who may do what with the circumstances of a person, and to which rows."""

from desist.programme.policy import CLINICAL, WORKING
from desist.programme.scopes import own_people
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with the circumstances of a person."""

    SEE_CIRCUMSTANCES = "programme.see_circumstances"
    SEE_CIRCUMSTANCE_REVIEWS = "programme.see_circumstance_reviews"
    NOTE_CIRCUMSTANCES = "programme.note_circumstances"
    CHANGE_CIRCUMSTANCE = "programme.change_circumstance"
    CHANGE_RELATIVE = "programme.change_relative"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_CIRCUMSTANCES: Rule(CLINICAL, own_people("")),
    Action.SEE_CIRCUMSTANCE_REVIEWS: Rule(CLINICAL, own_people("")),
    Action.NOTE_CIRCUMSTANCES: Rule(WORKING, own_people("")),
    Action.CHANGE_CIRCUMSTANCE: Rule(WORKING, own_people("episode__")),
    Action.CHANGE_RELATIVE: Rule(WORKING, own_people("episode__")),
}
ROUTES: dict[str, BaseAction] = {
    "circumstances:reviews": Action.SEE_CIRCUMSTANCE_REVIEWS,
    "circumstances:person": Action.SEE_CIRCUMSTANCES,
    "circumstances:risk": Action.NOTE_CIRCUMSTANCES,
    "circumstances:need": Action.NOTE_CIRCUMSTANCES,
    "circumstances:end-referred": Action.NOTE_CIRCUMSTANCES,
    "circumstances:review": Action.CHANGE_CIRCUMSTANCE,
    "circumstances:end": Action.CHANGE_CIRCUMSTANCE,
    "circumstances:self-harm": Action.SEE_CIRCUMSTANCES,
    "circumstances:write-self-harm": Action.NOTE_CIRCUMSTANCES,
    "circumstances:family": Action.SEE_CIRCUMSTANCES,
    "circumstances:add-relative": Action.NOTE_CIRCUMSTANCES,
    "circumstances:change-relative": Action.CHANGE_RELATIVE,
    "circumstances:end-relative": Action.CHANGE_RELATIVE,
}
WITHOUT_WRITING = frozenset({"circumstances:person", "circumstances:self-harm", "circumstances:family"})
