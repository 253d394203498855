"""Who may do what with reminders, and for whom."""

from desist.programme.policy import CLINICAL, THE_CLOCK, WORKING
from desist.programme.scopes import own_people
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with reminders."""

    SEE_REMINDERS = "programme.see_reminders"
    SET_REMINDERS = "programme.set_reminders"
    SEND_REMINDER = "programme.send_reminder"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_REMINDERS: Rule(CLINICAL, own_people("")),
    Action.SET_REMINDERS: Rule(WORKING, own_people("")),
    Action.SEND_REMINDER: Rule(THE_CLOCK, own_people("")),
}
ROUTES: dict[str, BaseAction] = {
    "reminders:reminders": Action.SEE_REMINDERS,
    "reminders:choose": Action.SET_REMINDERS,
    "reminders:end": Action.SET_REMINDERS,
}
