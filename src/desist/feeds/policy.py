"""Who may have a calendar at a secret address: the same table in the zones that have one."""

from django.db.models import Q

from desist.wall.actors import Actor, Role
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with one's own calendar address."""

    SEE_FEED = "feeds.see_feed"
    MAKE_FEED = "feeds.make_feed"
    REVOKE_FEED = "feeds.revoke_feed"
    READ_FEED = "feeds.read_feed"


#: the roles with appointments or days to keep
OWNERS = frozenset({Role.PRACTITIONER, Role.ORDER_COORDINATOR, Role.FORCE_LEAD})


def own_account(actor: Actor) -> Q:
    """One's own calendar address."""
    return Q(account=actor.who)


def not_revoked(actor: Actor) -> Q:
    """The calendar address of the account whose it is, until it is revoked."""
    return Q(account=actor.who, revoked_at=None)


RULES: dict[BaseAction, Rule] = {
    Action.SEE_FEED: Rule(OWNERS, own_account),
    Action.MAKE_FEED: Rule(OWNERS, own_account),
    Action.REVOKE_FEED: Rule(OWNERS, own_account),
    Action.READ_FEED: Rule(frozenset({Role.ENTRANCE}), not_revoked),
}
ROUTES: dict[str, BaseAction] = {
    "feeds:calendar": Action.SEE_FEED,
    "feeds:make": Action.MAKE_FEED,
    "feeds:made": Action.MAKE_FEED,
    "feeds:revoke": Action.REVOKE_FEED,
}
#: a calendar program does not sign in: the secret address is the key
OPEN: frozenset[str] = frozenset({"feeds:ics"})
