"""Who may do what with possible breaches, and to which rows."""

from desist.advocacy.policy import SUPPORT, THE_CLOCK
from desist.advocacy.scopes import own_people
from desist.wall.policy import BaseAction, Rule, everything


class Action(BaseAction):
    """What can be done with possible breaches."""

    SEE_CANDIDATES = "advocacy.see_candidates"
    DECIDE_CANDIDATE = "advocacy.decide_candidate"
    CANDIDATES_WAITING = "advocacy.candidates_waiting"
    LOOK_FOR_CANDIDATES = "advocacy.look_for_candidates"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_CANDIDATES: Rule(SUPPORT, own_people()),
    Action.DECIDE_CANDIDATE: Rule(SUPPORT, own_people("order__victim__")),
    Action.CANDIDATES_WAITING: Rule(SUPPORT, own_people("order__victim__")),
    Action.LOOK_FOR_CANDIDATES: Rule(THE_CLOCK, everything),
}
ROUTES: dict[str, BaseAction] = {
    "candidates:candidates": Action.SEE_CANDIDATES,
    "candidates:candidate": Action.DECIDE_CANDIDATE,
}
