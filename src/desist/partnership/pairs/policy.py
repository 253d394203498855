"""Who may do what with links between a referral and a victim, and to which rows."""

from desist.partnership.policy import POLICE, THE_POST
from desist.partnership.scopes import own_area
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with links between a referral and a victim."""

    SEE_PAIRS = "partnership.see_pairs"
    RECEIVE_PAIR_REQUEST = "partnership.receive_pair_request"
    TYPE_PAIR_REQUEST = "partnership.type_pair_request"
    END_PAIR = "partnership.end_pair"
    JOIN_PAIR = "partnership.join_pair"
    MERGE_PAIR = "partnership.merge_pair"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_PAIRS: Rule(POLICE, own_area),
    Action.RECEIVE_PAIR_REQUEST: Rule(THE_POST, own_area),
    Action.TYPE_PAIR_REQUEST: Rule(POLICE, own_area),
    Action.END_PAIR: Rule(POLICE, own_area),
    Action.JOIN_PAIR: Rule(POLICE, own_area),
    Action.MERGE_PAIR: Rule(POLICE, own_area),
}
ROUTES: dict[str, BaseAction] = {
    "pairs:pairs": Action.SEE_PAIRS,
    "pairs:side": Action.JOIN_PAIR,
    "pairs:type-in": Action.TYPE_PAIR_REQUEST,
    "pairs:end": Action.END_PAIR,
    "pairs:decline": Action.JOIN_PAIR,
    "pairs:part": Action.JOIN_PAIR,
    "pairs:referral": Action.MERGE_PAIR,
    "pairs:split": Action.MERGE_PAIR,
}
