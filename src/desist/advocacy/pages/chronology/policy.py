"""Who may see a client's chronology."""

from desist.advocacy.policy import SUPPORT
from desist.advocacy.scopes import own_people
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with a chronology."""

    SEE_CHRONOLOGY = "advocacy.see_chronology"
    PUT_ON_EXHIBIT = "advocacy.put_on_exhibit"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_CHRONOLOGY: Rule(SUPPORT, own_people()),
    Action.PUT_ON_EXHIBIT: Rule(SUPPORT, own_people()),
}
ROUTES: dict[str, BaseAction] = {
    "chronology:chronology": Action.SEE_CHRONOLOGY,
    "chronology:put": Action.PUT_ON_EXHIBIT,
    "chronology:pictures": Action.SEE_CHRONOLOGY,
}
