"""Who may do what with accounts: the same table in every staff zone."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from desist.accounts.models import RoleGrant
from desist.wall.actors import SYSTEM_ROLES, Actor, Role
from desist.wall.policy import BaseAction, Rule, everything


class Action(BaseAction):
    """What can be done with accounts."""

    SEE_ACCOUNT = "accounts.see_account"
    SEE_PLACES = "accounts.see_places"
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
    SEE_AREAS = "accounts.see_areas"
    ADD_AREA = "accounts.add_area"
    RENAME_AREA = "accounts.rename_area"
    TELL_APART = "accounts.tell_apart"
    CONFIRM_APART = "accounts.confirm_apart"
    END_APART = "accounts.end_apart"
    SIGN_IN = "accounts.sign_in"
    CONFIRM = "accounts.confirm"
    SEE_FACTORS = "accounts.see_factors"
    ADD_PASSKEY = "accounts.add_passkey"
    REMOVE_PASSKEY = "accounts.remove_passkey"
    ADD_AUTHENTICATOR = "accounts.add_authenticator"
    REMOVE_AUTHENTICATOR = "accounts.remove_authenticator"
    RENEW_CODES = "accounts.renew_codes"
    INVITE = "accounts.invite"
    INVITE_AGAIN = "accounts.invite_again"
    CANCEL_INVITATION = "accounts.cancel_invitation"
    RESET_FACTORS = "accounts.reset_factors"
    INVITE_FROM_CONSOLE = "accounts.invite_from_console"
    ASK_TO_RECOVER = "accounts.ask_to_recover"
    ACCEPT_INVITATION = "accounts.accept_invitation"
    KNOW_BY_PROVIDER = "accounts.know_by_provider"
    SEE_ALERTS = "accounts.see_alerts"
    CLOSE_ALERT = "accounts.close_alert"
    RAISE_ALERT = "accounts.raise_alert"
    TELL_ALERT = "accounts.tell_alert"
    MAKE_NUDGE = "accounts.make_nudge"
    SEND_NUDGE = "accounts.send_nudge"
    SEE_EMAILS = "accounts.see_emails"
    CHOOSE_EMAILS = "accounts.choose_emails"
    SEE_FAILING_EMAILS = "accounts.see_failing_emails"


#: the roles of a staff zone: a participant of a programme has no account there
PEOPLE = frozenset(set(Role) - SYSTEM_ROLES - {Role.PARTICIPANT})
ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
ENTRANCE, CONSOLE = frozenset({Role.ENTRANCE}), frozenset({Role.CONSOLE})
CLOCK = frozenset({Role.CLOCK})
#: who leads the people of an area, in the zones that have such a role
LEADERS = frozenset({Role.MANAGER, Role.FORCE_LEAD, Role.ADVOCACY_MANAGER})
#: who looks into an account alert
WATCHERS = LEADERS | {Role.DATA_PROTECTION_OFFICER, Role.ADMINISTRATOR}


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


def told_apart_by_others(actor: Actor) -> Q:
    """What another administrator said of two accounts, neither of them one's own."""
    return ~Q(asked_by=actor.who) & ~Q(one=actor.who) & ~Q(other=actor.who)


def own_account(actor: Actor) -> Q:
    """One's own account."""
    return Q(ref=actor.who)


def own_emails(actor: Actor) -> Q:
    """The e-mails that tell oneself of waiting work, and one's choice of them."""
    return Q(account=actor.who)


def own_passkeys(actor: Actor) -> Q:
    """One's own passkeys."""
    return Q(account__ref=actor.who)


def invitations_of_others(actor: Actor) -> Q:
    """Invitations to every account of the site but one's own."""
    return ~Q(account__ref=actor.who)


def own_open_invitation(actor: Actor) -> Q:
    """The invitation to the account that the holder of the link claims."""
    return Q(account__ref=actor.who, used_at=None, cancelled_at=None)


def alerts_about_others(actor: Actor) -> Q:
    """Alerts about other accounts; for a leader of their own area's people, for an administrator where nobody else is."""
    others = ~Q(account=actor.who)
    if actor.role in LEADERS:
        return others & Q(account__in=RoleGrant.objects.filter(area=actor.area).values("account__ref"))
    if actor.role is Role.ADMINISTRATOR:
        return others & (~Exists(_others_who(Role.DATA_PROTECTION_OFFICER)) | ~Exists(_leaders_of()))
    return others


def _others_who(*roles: Role) -> QuerySet[RoleGrant]:
    """Present roles of accounts other than the one that an alert is about."""
    held = RoleGrant.objects.filter(role__in=roles, ended_at=None, account__left_at=None)
    return held.exclude(account__ref=OuterRef("account"))


def _leaders_of() -> QuerySet[RoleGrant]:
    """Those of them in a leading role in an area where that account works or worked."""
    areas = RoleGrant.objects.filter(account__ref=OuterRef(OuterRef("account"))).values("area")
    return _others_who(*sorted(LEADERS)).filter(area__in=areas)


RULES: dict[BaseAction, Rule] = {
    Action.SEE_ACCOUNT: Rule(roles=PEOPLE, scope=own_sign_ins),
    Action.SEE_PLACES: Rule(roles=PEOPLE, scope=own_account),
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
    Action.SEE_AREAS: Rule(roles=ADMINISTRATOR, scope=everything),
    Action.ADD_AREA: Rule(roles=ADMINISTRATOR, scope=everything),
    Action.RENAME_AREA: Rule(roles=ADMINISTRATOR, scope=everything),
    Action.TELL_APART: Rule(roles=ADMINISTRATOR, scope=other_people),
    Action.CONFIRM_APART: Rule(roles=ADMINISTRATOR, scope=told_apart_by_others),
    Action.END_APART: Rule(roles=ADMINISTRATOR, scope=everything),
    Action.SIGN_IN: Rule(roles=PEOPLE, scope=own_sign_ins),
    Action.CONFIRM: Rule(roles=PEOPLE, scope=own_sign_ins),
    Action.SEE_FACTORS: Rule(roles=PEOPLE, scope=own_account),
    Action.ADD_PASSKEY: Rule(roles=PEOPLE, scope=own_account),
    Action.REMOVE_PASSKEY: Rule(roles=PEOPLE, scope=own_passkeys),
    Action.ADD_AUTHENTICATOR: Rule(roles=PEOPLE, scope=own_account),
    Action.REMOVE_AUTHENTICATOR: Rule(roles=PEOPLE, scope=own_account),
    Action.RENEW_CODES: Rule(roles=PEOPLE, scope=own_account),
    Action.INVITE: Rule(roles=ADMINISTRATOR, scope=other_people),
    Action.INVITE_AGAIN: Rule(roles=ADMINISTRATOR, scope=other_people),
    Action.CANCEL_INVITATION: Rule(roles=ADMINISTRATOR, scope=invitations_of_others),
    Action.RESET_FACTORS: Rule(roles=ADMINISTRATOR, scope=other_people),
    Action.INVITE_FROM_CONSOLE: Rule(roles=CONSOLE, scope=everything),
    Action.ASK_TO_RECOVER: Rule(roles=ENTRANCE, scope=own_account),
    Action.ACCEPT_INVITATION: Rule(roles=ENTRANCE, scope=own_open_invitation),
    Action.KNOW_BY_PROVIDER: Rule(roles=ENTRANCE, scope=own_account),
    Action.SEE_ALERTS: Rule(roles=WATCHERS, scope=alerts_about_others),
    Action.CLOSE_ALERT: Rule(roles=WATCHERS, scope=alerts_about_others),
    Action.RAISE_ALERT: Rule(roles=CLOCK, scope=everything),
    Action.TELL_ALERT: Rule(roles=CLOCK, scope=everything),
    Action.MAKE_NUDGE: Rule(roles=CLOCK, scope=everything),
    Action.SEND_NUDGE: Rule(roles=CLOCK, scope=everything),
    Action.SEE_EMAILS: Rule(roles=PEOPLE, scope=own_emails),
    Action.CHOOSE_EMAILS: Rule(roles=PEOPLE, scope=own_emails),
    Action.SEE_FAILING_EMAILS: Rule(roles=ADMINISTRATOR, scope=everything),
}
ROUTES: dict[str, BaseAction] = {
    "accounts:account": Action.SEE_ACCOUNT,
    "accounts:service": Action.SEE_PLACES,
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
    "accounts:areas": Action.SEE_AREAS,
    "accounts:add-area": Action.ADD_AREA,
    "accounts:rename-area": Action.RENAME_AREA,
    "accounts:tell-apart": Action.TELL_APART,
    "accounts:confirm-apart": Action.CONFIRM_APART,
    "accounts:end-apart": Action.END_APART,
    "accounts:confirm": Action.CONFIRM,
    "accounts:codes": Action.SEE_FACTORS,
    "accounts:add-passkey": Action.ADD_PASSKEY,
    "accounts:remove-passkey": Action.REMOVE_PASSKEY,
    "accounts:new-codes": Action.RENEW_CODES,
    "accounts:set-password": Action.ADD_AUTHENTICATOR,
    "accounts:set-authenticator": Action.ADD_AUTHENTICATOR,
    "accounts:remove-authenticator": Action.REMOVE_AUTHENTICATOR,
    "accounts:invite": Action.INVITE,
    "accounts:link": Action.SEE_PERSON,
    "accounts:invite-again": Action.INVITE_AGAIN,
    "accounts:cancel-invitation": Action.CANCEL_INVITATION,
    "accounts:reset": Action.RESET_FACTORS,
    "accounts:alerts": Action.SEE_ALERTS,
    "accounts:close-alert": Action.CLOSE_ALERT,
    "accounts:emails": Action.CHOOSE_EMAILS,
    "accounts:emails-not-sent": Action.SEE_FAILING_EMAILS,
}
OPEN = frozenset(
    {
        "accounts:sign-in",
        "accounts:exit",
        "accounts:policy-report",
        "accounts:sign-in-password",
        "accounts:recover",
        "accounts:accept",
        "accounts:accept-password",
        "accounts:accept-code",
        "accounts:provider",
        "accounts:provider-back",
    }
)
#: whatever lets two accounts count as two people
FRESH = frozenset({"accounts:tell-apart", "accounts:confirm-apart"})
