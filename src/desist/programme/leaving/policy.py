"""Who may do what with the end of a person's programme, and to which rows."""

from desist.programme.policy import CLINICAL, MANAGERS, THE_CLOCK, WORKING
from desist.programme.scopes import own_people
from desist.wall.policy import BaseAction, Rule, everything


class Action(BaseAction):
    """What can be done with the end of a person's programme."""

    SEE_LEAVING = "programme.see_leaving"
    END_EPISODE = "programme.end_episode"
    DESELECT = "programme.deselect"
    TAKE_BACK_LEAVING = "programme.take_back_leaving"
    TELL_PERSON = "programme.tell_person"
    RELEASE_HOLD = "programme.release_hold"
    REOPEN_EPISODE = "programme.reopen_episode"
    CHANGE_LEAVING_REASON = "programme.change_leaving_reason"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_LEAVING: Rule(CLINICAL, own_people("")),
    Action.END_EPISODE: Rule(WORKING, own_people("")),
    Action.DESELECT: Rule(MANAGERS, own_people("")),
    Action.TAKE_BACK_LEAVING: Rule(MANAGERS, own_people("episode__")),
    Action.TELL_PERSON: Rule(WORKING, own_people("episode__")),
    Action.RELEASE_HOLD: Rule(THE_CLOCK, everything),
    Action.REOPEN_EPISODE: Rule(MANAGERS, own_people("episode__")),
    Action.CHANGE_LEAVING_REASON: Rule(MANAGERS, own_people("episode__")),
}
ROUTES: dict[str, BaseAction] = {
    "leaving:leaving": Action.SEE_LEAVING,
    "leaving:end": Action.END_EPISODE,
    "leaving:take-back": Action.TAKE_BACK_LEAVING,
    "leaving:tell": Action.TELL_PERSON,
    "leaving:reopen": Action.REOPEN_EPISODE,
    "leaving:reason": Action.CHANGE_LEAVING_REASON,
}
