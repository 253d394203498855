"""Who may do what with referrals, and to which rows."""

from desist.partnership.policy import POLICE, THE_POST
from desist.partnership.scopes import held_referrals, own_area, own_drafts
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with referrals."""

    SEE_REFERRALS = "partnership.see_referrals"
    SEE_REFERRAL = "partnership.see_referral"
    START_REFERRAL = "partnership.start_referral"
    WRITE_REFERRAL = "partnership.write_referral"
    SEND_REFERRAL = "partnership.send_referral"
    DISCARD_REFERRAL = "partnership.discard_referral"
    SEE_DISCARDED = "partnership.see_discarded"
    AMEND_REFERRAL = "partnership.amend_referral"
    WITHDRAW_REFERRAL = "partnership.withdraw_referral"
    READ_NEWS = "partnership.read_news"
    NOTE_ANSWER = "partnership.note_answer"
    GIVE_REFERRALS = "partnership.give_referrals"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_REFERRALS: Rule(POLICE, own_area),
    Action.SEE_REFERRAL: Rule(POLICE, own_area),
    Action.START_REFERRAL: Rule(POLICE, own_area),
    Action.WRITE_REFERRAL: Rule(POLICE, own_area),
    Action.SEND_REFERRAL: Rule(POLICE, own_area),
    Action.DISCARD_REFERRAL: Rule(POLICE, own_drafts),
    Action.SEE_DISCARDED: Rule(POLICE, own_drafts),
    Action.AMEND_REFERRAL: Rule(POLICE, own_area),
    Action.WITHDRAW_REFERRAL: Rule(POLICE, own_area),
    Action.READ_NEWS: Rule(POLICE, own_area),
    Action.NOTE_ANSWER: Rule(THE_POST, own_area),
    Action.GIVE_REFERRALS: Rule(POLICE, held_referrals),
}
ROUTES: dict[str, BaseAction] = {
    "referrals:referrals": Action.SEE_REFERRALS,
    "referrals:give": Action.GIVE_REFERRALS,
    "referrals:start": Action.START_REFERRAL,
    "referrals:referral": Action.SEE_REFERRAL,
    "referrals:section": Action.WRITE_REFERRAL,
    "referrals:discard": Action.DISCARD_REFERRAL,
    "referrals:discarded": Action.SEE_DISCARDED,
    "referrals:amend": Action.AMEND_REFERRAL,
    "referrals:check": Action.SEND_REFERRAL,
    "referrals:withdraw": Action.WITHDRAW_REFERRAL,
}
