"""Who may do what with clients, and to which rows."""

from desist.advocacy.policy import MANAGERS, SUPPORT, THE_POST
from desist.advocacy.scopes import own_area, own_people
from desist.wall.policy import BaseAction, Rule, everything


class Action(BaseAction):
    """What can be done with clients."""

    SEE_VICTIMS = "advocacy.see_victims"
    SEE_VICTIM = "advocacy.see_victim"
    RECORD_VICTIM = "advocacy.record_victim"
    RECEIVE_VICTIM = "advocacy.receive_victim"
    KEEP_CONSENT = "advocacy.keep_consent"
    PAUSE_CLOCK = "advocacy.pause_clock"
    ALLOCATE = "advocacy.allocate"
    CLOSE_CASE = "advocacy.close_case"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_VICTIMS: Rule(SUPPORT, own_people()),
    Action.SEE_VICTIM: Rule(SUPPORT, own_people()),
    Action.RECORD_VICTIM: Rule(SUPPORT, own_area()),
    Action.RECEIVE_VICTIM: Rule(THE_POST, everything),
    Action.KEEP_CONSENT: Rule(SUPPORT, own_people()),
    Action.PAUSE_CLOCK: Rule(SUPPORT, own_people()),
    Action.ALLOCATE: Rule(MANAGERS, own_people()),
    Action.CLOSE_CASE: Rule(SUPPORT, own_people()),
}
ROUTES: dict[str, BaseAction] = {
    "victims:victims": Action.SEE_VICTIMS,
    "victims:start": Action.RECORD_VICTIM,
    "victims:victim": Action.SEE_VICTIM,
    "victims:consents": Action.KEEP_CONSENT,
    "victims:withdraw": Action.KEEP_CONSENT,
    "victims:pause": Action.PAUSE_CLOCK,
    "victims:resume": Action.PAUSE_CLOCK,
    "victims:allocate": Action.ALLOCATE,
    "victims:give-over": Action.ALLOCATE,
    "victims:close": Action.CLOSE_CASE,
    "victims:reopen": Action.CLOSE_CASE,
}
WITHOUT_WRITING = frozenset({"victims:victims", "victims:victim"})
