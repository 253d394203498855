"""Who may do what with referrals, and to which rows."""

from desist.programme.policy import CLINICAL, LEADING, MANAGERS, THE_POST, WORKING
from desist.programme.scopes import own_area, own_referrals
from desist.wall.policy import BaseAction, Rule, everything


class Action(BaseAction):
    """What can be done with referrals."""

    SEE_REFERRALS = "programme.see_referrals"
    SEE_REFERRAL = "programme.see_referral"
    RECEIVE_REFERRAL = "programme.receive_referral"
    AMEND_REFERRAL = "programme.amend_referral"
    WITHDRAW_REFERRAL = "programme.withdraw_referral"
    READ_CHANGES = "programme.read_changes"
    LOOK_UP_REFERRALS = "programme.look_up_referrals"
    COMPARE_REFERRALS = "programme.compare_referrals"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_REFERRALS: Rule(MANAGERS, own_area("ref")),
    Action.SEE_REFERRAL: Rule(CLINICAL, own_referrals("")),
    Action.RECEIVE_REFERRAL: Rule(THE_POST, everything),
    Action.AMEND_REFERRAL: Rule(THE_POST, everything),
    Action.WITHDRAW_REFERRAL: Rule(THE_POST, everything),
    Action.READ_CHANGES: Rule(WORKING, own_referrals("")),
    Action.LOOK_UP_REFERRALS: Rule(WORKING, own_area("ref")),
    Action.COMPARE_REFERRALS: Rule(LEADING, own_area("ref")),
}
ROUTES: dict[str, BaseAction] = {
    "referrals:referrals": Action.SEE_REFERRALS,
    "referrals:referral": Action.SEE_REFERRAL,
    "referrals:person": Action.SEE_REFERRAL,
    "referrals:read": Action.READ_CHANGES,
}
