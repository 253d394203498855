"""Who may do what with e-mails to staff, and to which rows."""

from desist.programme.policy import CLINICAL, THE_CLOCK
from desist.programme.scopes import own_account
from desist.wall.actors import Role
from desist.wall.policy import BaseAction, Rule, everything


class Action(BaseAction):
    """What can be done with e-mails to staff."""

    MAKE_NUDGE = "programme.make_nudge"
    SEND_NUDGE = "programme.send_nudge"
    SEE_NUDGES = "programme.see_nudges"
    CHOOSE_NUDGES = "programme.choose_nudges"
    SEE_FAILING_NUDGES = "programme.see_failing_nudges"


RULES: dict[BaseAction, Rule] = {
    Action.MAKE_NUDGE: Rule(THE_CLOCK, everything),
    Action.SEND_NUDGE: Rule(THE_CLOCK, everything),
    Action.SEE_NUDGES: Rule(CLINICAL, own_account),
    Action.CHOOSE_NUDGES: Rule(CLINICAL, own_account),
    Action.SEE_FAILING_NUDGES: Rule(frozenset({Role.ADMINISTRATOR}), everything),
}
ROUTES: dict[str, BaseAction] = {
    "nudges:own": Action.CHOOSE_NUDGES,
    "nudges:failing": Action.SEE_FAILING_NUDGES,
}
