"""Who may do what with sessions drawn for quality, and to which rows."""

from desist.programme.policy import LEADING, PRACTITIONERS
from desist.programme.scopes import in_area, own_people, own_sessions, sampled_sessions
from desist.wall.actors import Role
from desist.wall.policy import BaseAction, Rule

OBSERVERS = frozenset({Role.OBSERVER})


class Action(BaseAction):
    """What can be done with sessions drawn for quality."""

    SEE_QUALITY = "programme.see_quality"
    DRAW_SAMPLE = "programme.draw_sample"
    SEE_SESSIONS_TO_DRAW = "programme.see_sessions_to_draw"
    SEE_SAMPLED = "programme.see_sampled"
    RATE_SAMPLED = "programme.rate_sampled"
    RATE_ONESELF = "programme.rate_oneself"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_QUALITY: Rule(LEADING | OBSERVERS, in_area),
    Action.DRAW_SAMPLE: Rule(OBSERVERS, in_area),
    Action.SEE_SESSIONS_TO_DRAW: Rule(OBSERVERS, own_people("episode__")),
    Action.SEE_SAMPLED: Rule(LEADING | OBSERVERS, sampled_sessions),
    Action.RATE_SAMPLED: Rule(OBSERVERS, own_people("session__episode__")),
    Action.RATE_ONESELF: Rule(PRACTITIONERS, own_sessions),
}
ROUTES: dict[str, BaseAction] = {
    "quality:board": Action.SEE_QUALITY,
    "quality:draw": Action.DRAW_SAMPLE,
    "quality:sample": Action.SEE_QUALITY,
    "quality:rate": Action.RATE_SAMPLED,
    "quality:oneself": Action.RATE_ONESELF,
}
