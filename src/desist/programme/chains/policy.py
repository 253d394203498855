"""Who may do what with chain analyses, and to which rows."""

from desist.programme.policy import CLINICAL, PRACTITIONERS
from desist.programme.scopes import own_people
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with chain analyses."""

    SEE_CHAINS = "programme.see_chains"
    SEE_CHAIN = "programme.see_chain"
    WORK_ON_CHAIN = "programme.work_on_chain"
    SEE_CHAIN_VERSIONS = "programme.see_chain_versions"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_CHAINS: Rule(CLINICAL, own_people("")),
    Action.SEE_CHAIN: Rule(CLINICAL, own_people("session__episode__")),
    Action.WORK_ON_CHAIN: Rule(PRACTITIONERS, own_people("session__episode__")),
    Action.SEE_CHAIN_VERSIONS: Rule(CLINICAL, own_people("session__episode__")),
}
ROUTES: dict[str, BaseAction] = {
    "chains:start": Action.WORK_ON_CHAIN,
    "chains:person": Action.SEE_CHAINS,
    "triggers:triggers": Action.SEE_CHAINS,
    "paper:chain": Action.SEE_CHAIN,
    "chains:chain": Action.SEE_CHAIN,
    "chains:shared": Action.SEE_CHAIN,
    "chains:edit": Action.WORK_ON_CHAIN,
    "chains:add": Action.WORK_ON_CHAIN,
    "chains:change": Action.WORK_ON_CHAIN,
    "chains:move": Action.WORK_ON_CHAIN,
    "chains:remove": Action.WORK_ON_CHAIN,
    "chains:undo": Action.WORK_ON_CHAIN,
    "chains:analysis": Action.WORK_ON_CHAIN,
    "chains:save": Action.WORK_ON_CHAIN,
    "chains:versions": Action.SEE_CHAIN_VERSIONS,
    "chains:version": Action.SEE_CHAIN_VERSIONS,
    "chains:shared-edit": Action.WORK_ON_CHAIN,
    "chains:shared-add": Action.WORK_ON_CHAIN,
    "chains:shared-change": Action.WORK_ON_CHAIN,
    "chains:shared-move": Action.WORK_ON_CHAIN,
    "chains:shared-remove": Action.WORK_ON_CHAIN,
    "chains:shared-undo": Action.WORK_ON_CHAIN,
    "chains:shared-analysis": Action.WORK_ON_CHAIN,
    "chains:shared-save": Action.WORK_ON_CHAIN,
}
