"""Who may do what with concerns, and to which rows."""

from desist.programme.policy import CLINICAL, LEADING, PRACTITIONERS
from desist.programme.scopes import concerns_to_ring_about, own_area, own_concerns, own_people
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with concerns."""

    RAISE_CONCERN = "programme.raise_concern"
    RAISE_CONCERN_ABOUT = "programme.raise_concern_about"
    SEE_CONCERNS = "programme.see_concerns"
    SEE_CONCERNS_ABOUT = "programme.see_concerns_about"
    SEE_CONCERN = "programme.see_concern"
    SCREEN_CONCERN = "programme.screen_concern"
    DECIDE_CONCERN = "programme.decide_concern"
    FOLLOW_CONCERN = "programme.follow_concern"
    CLOSE_CONCERN = "programme.close_concern"
    RING_ABOUT_CONCERN = "programme.ring_about_concern"
    RAISE_CONCERN_OF_REFERRED = "programme.raise_concern_of_referred"


RULES: dict[BaseAction, Rule] = {
    Action.RAISE_CONCERN: Rule(PRACTITIONERS, own_people("episode__")),
    Action.RAISE_CONCERN_ABOUT: Rule(CLINICAL, own_people("")),
    Action.SEE_CONCERNS: Rule(CLINICAL, own_concerns),
    Action.SEE_CONCERNS_ABOUT: Rule(CLINICAL, own_people("")),
    Action.SEE_CONCERN: Rule(CLINICAL, own_concerns),
    Action.SCREEN_CONCERN: Rule(LEADING, own_concerns),
    Action.DECIDE_CONCERN: Rule(LEADING, own_concerns),
    Action.FOLLOW_CONCERN: Rule(CLINICAL, own_concerns),
    Action.CLOSE_CONCERN: Rule(LEADING, own_concerns),
    Action.RING_ABOUT_CONCERN: Rule(CLINICAL, concerns_to_ring_about),
    Action.RAISE_CONCERN_OF_REFERRED: Rule(CLINICAL, own_area("ref")),
}
ROUTES: dict[str, BaseAction] = {
    "concerns:concerns": Action.SEE_CONCERNS,
    "concerns:person": Action.SEE_CONCERNS_ABOUT,
    "concerns:raise": Action.RAISE_CONCERN,
    "concerns:about": Action.RAISE_CONCERN_ABOUT,
    "concerns:concern": Action.SEE_CONCERN,
    "concerns:screen": Action.SCREEN_CONCERN,
    "concerns:enquire": Action.FOLLOW_CONCERN,
    "concerns:decide": Action.DECIDE_CONCERN,
    "concerns:refer": Action.FOLLOW_CONCERN,
    "concerns:chase": Action.FOLLOW_CONCERN,
    "concerns:answer": Action.FOLLOW_CONCERN,
    "concerns:close": Action.CLOSE_CONCERN,
    "concerns:find": Action.RAISE_CONCERN_OF_REFERRED,
    "concerns:referred": Action.RAISE_CONCERN_OF_REFERRED,
}
