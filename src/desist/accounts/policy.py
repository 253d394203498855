"""Who may do what with accounts: the same table in every staff zone."""

from django.db.models import Q

from desist.wall.actors import Actor, Role
from desist.wall.policy import Action as BaseAction
from desist.wall.policy import Rule, everything


class Action(BaseAction):
    """What can be done with accounts."""

    SEE_ACCOUNT = "accounts.see_account"
    SIGN_OUT = "accounts.sign_out"
    END_SIGN_IN = "accounts.end_sign_in"
    UNLOCK = "accounts.unlock"
    SEE_OWN_ROLES = "accounts.see_own_roles"
    SWITCH_ROLE = "accounts.switch_role"
    SEE_PEOPLE = "accounts.see_people"
    SEE_PERSON = "accounts.see_person"
    GIVE_ROLE = "accounts.give_role"
    END_ROLE = "accounts.end_role"
    RECORD_LEAVER = "accounts.record_leaver"


PEOPLE = frozenset(set(Role) - {Role.POST, Role.CLOCK})
ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})


def own_sign_ins(actor: Actor) -> Q:
    """One's own sign-ins."""
    return Q(grant__account__ref=actor.who)


def own_roles(actor: Actor) -> Q:
    """Roles that one holds now."""
    return Q(account__ref=actor.who, ended_at=None)


def other_people(actor: Actor) -> Q:
    """Every account of the site but one's own: nobody changes their own roles."""
    return ~Q(ref=actor.who)


def roles_of_others(actor: Actor) -> Q:
    """Roles of every account of the site but one's own."""
    return ~Q(account__ref=actor.who)


RULES: dict[BaseAction, Rule] = {
    Action.SEE_ACCOUNT: Rule(roles=PEOPLE, scope=own_sign_ins),
    Action.SIGN_OUT: Rule(roles=PEOPLE, scope=own_sign_ins),
    Action.END_SIGN_IN: Rule(roles=PEOPLE, scope=own_sign_ins),
    Action.UNLOCK: Rule(roles=PEOPLE, scope=own_sign_ins),
    Action.SEE_OWN_ROLES: Rule(roles=PEOPLE, scope=own_roles),
    Action.SWITCH_ROLE: Rule(roles=PEOPLE, scope=own_roles),
    Action.SEE_PEOPLE: Rule(roles=ADMINISTRATOR, scope=everything),
    Action.SEE_PERSON: Rule(roles=ADMINISTRATOR, scope=everything),
    Action.GIVE_ROLE: Rule(roles=ADMINISTRATOR, scope=other_people),
    Action.END_ROLE: Rule(roles=ADMINISTRATOR, scope=roles_of_others),
    Action.RECORD_LEAVER: Rule(roles=ADMINISTRATOR, scope=other_people),
}
ROUTES: dict[str, BaseAction] = {
    "accounts:account": Action.SEE_ACCOUNT,
    "accounts:sign-out": Action.SIGN_OUT,
    "accounts:end-sign-in": Action.END_SIGN_IN,
    "accounts:lock": Action.UNLOCK,
    "accounts:here": Action.UNLOCK,
    "accounts:role": Action.SWITCH_ROLE,
    "accounts:people": Action.SEE_PEOPLE,
    "accounts:person": Action.SEE_PERSON,
    "accounts:give-role": Action.GIVE_ROLE,
    "accounts:end-role": Action.END_ROLE,
    "accounts:leave": Action.RECORD_LEAVER,
}
OPEN = frozenset({"accounts:sign-in"})
