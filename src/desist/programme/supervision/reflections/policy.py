"""Who may do what with the reflective log: managers have no part in it."""

from desist.programme.policy import PRACTITIONERS, SUPERVISOR
from desist.programme.scopes import oneself, reflections_to_read
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with the reflective log."""

    SEE_REFLECTIONS = "programme.see_reflections"
    SEE_REFLECTION = "programme.see_reflection"
    WRITE_REFLECTION = "programme.write_reflection"
    CHANGE_REFLECTION = "programme.change_reflection"
    SHARE_REFLECTION = "programme.share_reflection"


READERS = PRACTITIONERS | {SUPERVISOR}
RULES: dict[BaseAction, Rule] = {
    Action.SEE_REFLECTIONS: Rule(READERS, reflections_to_read),
    Action.SEE_REFLECTION: Rule(READERS, reflections_to_read),
    Action.WRITE_REFLECTION: Rule(PRACTITIONERS, oneself()),
    Action.CHANGE_REFLECTION: Rule(PRACTITIONERS, oneself("practitioner__")),
    Action.SHARE_REFLECTION: Rule(PRACTITIONERS, oneself("practitioner__")),
}
ROUTES: dict[str, BaseAction] = {
    "reflections:log": Action.SEE_REFLECTIONS,
    "reflections:entry": Action.SEE_REFLECTION,
    "reflections:write": Action.WRITE_REFLECTION,
    "reflections:change": Action.CHANGE_REFLECTION,
    "reflections:share": Action.SHARE_REFLECTION,
}
