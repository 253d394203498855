"""Who may do what with referrals that are typed in, and to which rows."""

from desist.programme.policy import MANAGERS, WORKING
from desist.programme.scopes import own_area, own_drafts
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with referrals that are typed in."""

    SEE_INTAKE = "programme.see_intake"
    SEE_DRAFT = "programme.see_draft"
    START_INTAKE = "programme.start_intake"
    WRITE_INTAKE = "programme.write_intake"
    TAKE_IN = "programme.take_in"
    SAY_WHO_IS_TOLD = "programme.say_who_is_told"
    DISCARD_INTAKE = "programme.discard_intake"
    SEE_DISCARDED = "programme.see_discarded"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_INTAKE: Rule(WORKING, own_area("referral__ref")),
    Action.SEE_DRAFT: Rule(WORKING, own_area("referral__ref")),
    Action.START_INTAKE: Rule(WORKING, own_area("referral__ref")),
    Action.WRITE_INTAKE: Rule(WORKING, own_area("referral__ref")),
    Action.TAKE_IN: Rule(WORKING, own_area("referral__ref")),
    Action.SAY_WHO_IS_TOLD: Rule(MANAGERS, own_area("ref")),
    Action.DISCARD_INTAKE: Rule(WORKING, own_drafts),
    Action.SEE_DISCARDED: Rule(WORKING, own_drafts),
}
ROUTES: dict[str, BaseAction] = {
    "intake:drafts": Action.SEE_INTAKE,
    "intake:start": Action.START_INTAKE,
    "intake:draft": Action.SEE_DRAFT,
    "intake:section": Action.WRITE_INTAKE,
    "intake:check": Action.TAKE_IN,
    "intake:told": Action.SAY_WHO_IS_TOLD,
    "intake:discard": Action.DISCARD_INTAKE,
    "intake:discarded": Action.SEE_DISCARDED,
}
