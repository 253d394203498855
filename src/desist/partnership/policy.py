"""Who may do what in the partnership zone, to which rows: the whole answer."""

from django.db.models import Q

from desist.wall.actors import Actor, Role
from desist.wall.exclusions import unhindered
from desist.wall.policy import Action as BaseAction
from desist.wall.policy import Rule


class Action(BaseAction):
    """Everything that can be done in this zone."""

    SEE_TO_DO = "partnership.see_to_do"
    SEE_REFERRALS = "partnership.see_referrals"
    SEE_REFERRAL = "partnership.see_referral"
    START_REFERRAL = "partnership.start_referral"
    WRITE_REFERRAL = "partnership.write_referral"
    SEND_REFERRAL = "partnership.send_referral"
    AMEND_REFERRAL = "partnership.amend_referral"
    ANSWER_FOR_WORDS = "partnership.answer_for_words"
    WITHDRAW_REFERRAL = "partnership.withdraw_referral"
    IMPORT_REFERRALS = "partnership.import_referrals"
    SEE_ATTACHMENTS = "partnership.see_attachments"
    SEE_ATTACHMENT = "partnership.see_attachment"
    ATTACH_FILE = "partnership.attach_file"
    REMOVE_FILE = "partnership.remove_file"
    NOTE_ANSWER = "partnership.note_answer"
    SEE_ALERTS = "partnership.see_alerts"
    SEE_ALERT = "partnership.see_alert"
    RECEIVE_ALERT = "partnership.receive_alert"
    ACKNOWLEDGE_ALERT = "partnership.acknowledge_alert"
    SEE_VICTIM_REFERRALS = "partnership.see_victim_referrals"
    REFER_VICTIM = "partnership.refer_victim"


POLICE = frozenset({Role.OFFICER, Role.FORCE_LEAD})
DUTY = frozenset({Role.OFFICER, Role.FORCE_LEAD, Role.ORDER_COORDINATOR})
POST = frozenset({Role.POST})


def own_area(actor: Actor) -> Q:
    """Referrals of the actor's police area that nothing keeps the actor from; the post works in every area."""
    return Q() if actor.is_system else Q(area=actor.area) & unhindered(actor, "ref")


def own_alerts(actor: Actor) -> Q:
    """Alerts of the actor's police area."""
    return Q() if actor.is_system else Q(area=actor.area) & unhindered(actor, "referral__ref")


def own_files(actor: Actor) -> Q:
    """Files of referrals of the actor's police area that nothing keeps the actor from."""
    return Q(referral__area=actor.area) & unhindered(actor, "referral__ref")


RULES: dict[BaseAction, Rule] = {
    Action.SEE_TO_DO: Rule(roles=DUTY, scope=own_area),
    Action.SEE_REFERRALS: Rule(roles=POLICE, scope=own_area),
    Action.SEE_REFERRAL: Rule(roles=POLICE, scope=own_area),
    Action.START_REFERRAL: Rule(roles=POLICE, scope=own_area),
    Action.WRITE_REFERRAL: Rule(roles=POLICE, scope=own_area),
    Action.SEND_REFERRAL: Rule(roles=POLICE, scope=own_area),
    Action.AMEND_REFERRAL: Rule(roles=POLICE, scope=own_area),
    Action.ANSWER_FOR_WORDS: Rule(roles=POLICE, scope=own_area),
    Action.WITHDRAW_REFERRAL: Rule(roles=POLICE, scope=own_area),
    Action.IMPORT_REFERRALS: Rule(roles=POLICE, scope=own_area),
    Action.SEE_ATTACHMENTS: Rule(roles=POLICE, scope=own_area),
    Action.SEE_ATTACHMENT: Rule(roles=POLICE, scope=own_files),
    Action.ATTACH_FILE: Rule(roles=POLICE, scope=own_area),
    Action.REMOVE_FILE: Rule(roles=POLICE, scope=own_files),
    Action.NOTE_ANSWER: Rule(roles=POST, scope=own_area),
    Action.SEE_ALERTS: Rule(roles=DUTY, scope=own_alerts),
    Action.SEE_ALERT: Rule(roles=DUTY, scope=own_alerts),
    Action.RECEIVE_ALERT: Rule(roles=POST, scope=own_alerts),
    Action.ACKNOWLEDGE_ALERT: Rule(roles=DUTY, scope=own_alerts),
    Action.SEE_VICTIM_REFERRALS: Rule(roles=POLICE, scope=own_area),
    Action.REFER_VICTIM: Rule(roles=POLICE, scope=own_area),
}
ROUTES: dict[str, BaseAction] = {
    "home:home": Action.SEE_TO_DO,
    "referrals:referrals": Action.SEE_REFERRALS,
    "referrals:start": Action.START_REFERRAL,
    "referrals:referral": Action.SEE_REFERRAL,
    "referrals:section": Action.WRITE_REFERRAL,
    "referrals:amend": Action.AMEND_REFERRAL,
    "referrals:check": Action.SEND_REFERRAL,
    "referrals:withdraw": Action.WITHDRAW_REFERRAL,
    "imports:table": Action.IMPORT_REFERRALS,
    "imports:template": Action.IMPORT_REFERRALS,
    "imports:columns": Action.IMPORT_REFERRALS,
    "attachments:attachments": Action.ATTACH_FILE,
    "attachments:look": Action.SEE_ATTACHMENT,
    "attachments:download": Action.SEE_ATTACHMENT,
    "attachments:remove": Action.REMOVE_FILE,
    "alerts:alerts": Action.SEE_ALERTS,
    "alerts:acknowledge": Action.ACKNOWLEDGE_ALERT,
    "victims:victims": Action.SEE_VICTIM_REFERRALS,
    "victims:start": Action.REFER_VICTIM,
}
OPEN: frozenset[str] = frozenset()
