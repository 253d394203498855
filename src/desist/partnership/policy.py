"""Who may do what in the partnership zone, to which rows: the whole answer."""

from django.db.models import Q

from desist.wall.actors import Actor, Role
from desist.wall.exclusions import unhindered
from desist.wall.policy import Action as BaseAction
from desist.wall.policy import Rule, everything


class Action(BaseAction):
    """Everything that can be done in this zone."""

    SEE_TO_DO = "partnership.see_to_do"
    SEE_REFERRALS = "partnership.see_referrals"
    SEE_REFERRAL = "partnership.see_referral"
    START_REFERRAL = "partnership.start_referral"
    WRITE_REFERRAL = "partnership.write_referral"
    SEND_REFERRAL = "partnership.send_referral"
    DISCARD_REFERRAL = "partnership.discard_referral"
    SEE_DISCARDED = "partnership.see_discarded"
    AMEND_REFERRAL = "partnership.amend_referral"
    ANSWER_FOR_WORDS = "partnership.answer_for_words"
    WITHDRAW_REFERRAL = "partnership.withdraw_referral"
    READ_NEWS = "partnership.read_news"
    IMPORT_REFERRALS = "partnership.import_referrals"
    SEE_ATTACHMENTS = "partnership.see_attachments"
    SEE_ATTACHMENT = "partnership.see_attachment"
    ATTACH_FILE = "partnership.attach_file"
    REMOVE_FILE = "partnership.remove_file"
    ANSWER_FOR_FILE = "partnership.answer_for_file"
    RELEASE_FILE = "partnership.release_file"
    RECALL_FILE = "partnership.recall_file"
    NOTE_RECALL = "partnership.note_recall"
    NOTE_ANSWER = "partnership.note_answer"
    RECEIVE_EXIT_REPORT = "partnership.receive_exit_report"
    SEE_EXIT_REPORT = "partnership.see_exit_report"
    SEE_ORDERS = "partnership.see_orders"
    SEE_ORDER = "partnership.see_order"
    SEE_ORDERS_IN_FORCE = "partnership.see_orders_in_force"
    SEE_SAME_PERSON = "partnership.see_same_person"
    ADD_PERSON = "partnership.add_person"
    START_ORDER = "partnership.start_order"
    STEP_ORDER = "partnership.step_order"
    EXPIRE_ORDER = "partnership.expire_order"
    WRITE_CONDITION = "partnership.write_condition"
    SEE_RELEASES = "partnership.see_releases"
    ASK_RELEASE = "partnership.ask_release"
    DECIDE_RELEASE = "partnership.decide_release"
    ASK_CLEARANCE = "partnership.ask_clearance"
    NOTE_CLEARANCE = "partnership.note_clearance"
    TELL_CLIENTS = "partnership.tell_clients"
    LINK_REFERRAL = "partnership.link_referral"
    RECORD_APPLICATION = "partnership.record_application"
    DECIDE_APPLICATION = "partnership.decide_application"
    RECORD_NOTIFICATION = "partnership.record_notification"
    RECORD_BREACH = "partnership.record_breach"
    DECIDE_BREACH = "partnership.decide_breach"
    FOLLOW_BREACH = "partnership.follow_breach"
    NOTE_ATTENDANCE = "partnership.note_attendance"
    STORE_COPY = "partnership.store_copy"
    OPEN_COPY = "partnership.open_copy"
    IMPORT_ORDERS = "partnership.import_orders"
    EXPORT_ORDERS = "partnership.export_orders"
    COUNT_ORDERS = "partnership.count_orders"
    SEE_IDENTITIES = "partnership.see_identities"
    DECIDE_IDENTITY = "partnership.decide_identity"
    HAND_OVER_ORDER = "partnership.hand_over_order"
    RECEIVE_ORDER = "partnership.receive_order"
    SEE_VICTIM_REFERRALS = "partnership.see_victim_referrals"
    REFER_VICTIM = "partnership.refer_victim"
    SEE_DISCLOSURES = "partnership.see_disclosures"
    SEE_DISCLOSURE = "partnership.see_disclosure"
    WRITE_DISCLOSURE = "partnership.write_disclosure"
    DECIDE_DISCLOSURE = "partnership.decide_disclosure"
    SEE_REQUESTS = "partnership.see_requests"
    DECIDE_REQUEST = "partnership.decide_request"
    RECEIVE_REQUEST = "partnership.receive_request"
    RECEIVE_OFFER = "partnership.receive_offer"
    RECEIVE_RECEIPT = "partnership.receive_receipt"
    RECEIVE_RECALL = "partnership.receive_recall"
    SEE_PAIRS = "partnership.see_pairs"
    RECEIVE_PAIR_REQUEST = "partnership.receive_pair_request"
    TYPE_PAIR_REQUEST = "partnership.type_pair_request"
    END_PAIR = "partnership.end_pair"
    JOIN_PAIR = "partnership.join_pair"
    MERGE_PAIR = "partnership.merge_pair"
    WRITE_ONWARD = "partnership.write_onward"
    FORWARD = "partnership.forward"
    ASK_PROGRAMME = "partnership.ask_programme"
    SEE_REPORTS = "partnership.see_reports"
    RECEIVE_REPORT = "partnership.receive_report"
    RECORD_REPORT = "partnership.record_report"
    EMPTY_REPORT = "partnership.empty_report"


POLICE = frozenset({Role.OFFICER, Role.FORCE_LEAD})
DUTY = frozenset({Role.OFFICER, Role.FORCE_LEAD, Role.ORDER_COORDINATOR})
ORDERS = frozenset({Role.ORDER_COORDINATOR, Role.FORCE_LEAD})
POST = frozenset({Role.POST})
CLOCK = frozenset({Role.CLOCK})


def own_area(actor: Actor) -> Q:
    """Referrals of the actor's police area that nothing keeps the actor from; the post works in every area."""
    return Q() if actor.is_system else Q(area=actor.area) & unhindered(actor, "ref")


def own_drafts(actor: Actor) -> Q:
    """Referrals of the actor's police area: all for a force lead, for others those that they began themselves."""
    return own_area(actor) if actor.role is Role.FORCE_LEAD else own_area(actor) & Q(started_by=actor.who)


def own_attendances(actor: Actor) -> Q:
    """What programmes certified about people of the actor's police area."""
    return Q() if actor.is_system else Q(area=actor.area) & unhindered(actor, "referral__ref")


def own_orders(actor: Actor) -> Q:
    """Orders of the actor's police area about people whom nothing keeps the actor from; the post works in every area."""
    if actor.is_system:
        return Q()
    return Q(area=actor.area) & unhindered(actor, "person__ref") & unhindered(actor, "referral__ref")


def own_releases(actor: Actor) -> Q:
    """Releases of words of orders that are the actor's own, as `own_orders` says it."""
    free = unhindered(actor, "order__person__ref") & unhindered(actor, "order__referral__ref")
    return Q(order__area=actor.area) & free


def whole_register(actor: Actor) -> Q:
    """Every order of the actor's police area, to be counted: a count that is given out does not depend on who counts."""
    return Q(area=actor.area)


def own_reports(actor: Actor) -> Q:
    """What was told of incidents in the actor's police area by people whom nothing keeps the actor from."""
    return Q(area=actor.area) & unhindered(actor, "side__ref")


def own_decisions(actor: Actor) -> Q:
    """Decisions of the actor's police area about a crime, where no person of the register is named."""
    return Q(area=actor.area)


def own_people(actor: Actor) -> Q:
    """People of the actor's police area whom nothing keeps the actor from."""
    return Q(area=actor.area) & unhindered(actor, "ref")


def own_files(actor: Actor) -> Q:
    """Files of referrals of the actor's police area that nothing keeps the actor from."""
    return Q(referral__area=actor.area) & unhindered(actor, "referral__ref")


def own_requests(actor: Actor) -> Q:
    """Questions about people of the actor's police area whom nothing keeps the actor from."""
    return Q() if actor.is_system else Q(area=actor.area) & unhindered(actor, "referral__ref")


def own_disclosures(actor: Actor) -> Q:
    """Disclosures of the actor's police area about people whom nothing keeps the actor from; the post works in every area."""
    if actor.is_system:
        return Q()
    return Q(area=actor.area) & unhindered(actor, "referral__ref") & unhindered(actor, "side")


RULES: dict[BaseAction, Rule] = {
    Action.SEE_TO_DO: Rule(roles=DUTY, scope=own_area),
    Action.SEE_REFERRALS: Rule(roles=POLICE, scope=own_area),
    Action.SEE_REFERRAL: Rule(roles=POLICE, scope=own_area),
    Action.START_REFERRAL: Rule(roles=POLICE, scope=own_area),
    Action.WRITE_REFERRAL: Rule(roles=POLICE, scope=own_area),
    Action.SEND_REFERRAL: Rule(roles=POLICE, scope=own_area),
    Action.DISCARD_REFERRAL: Rule(roles=POLICE, scope=own_drafts),
    Action.SEE_DISCARDED: Rule(roles=POLICE, scope=own_drafts),
    Action.AMEND_REFERRAL: Rule(roles=POLICE, scope=own_area),
    Action.ANSWER_FOR_WORDS: Rule(roles=DUTY, scope=own_area),
    Action.WITHDRAW_REFERRAL: Rule(roles=POLICE, scope=own_area),
    Action.READ_NEWS: Rule(roles=POLICE, scope=own_area),
    Action.IMPORT_REFERRALS: Rule(roles=POLICE, scope=own_area),
    Action.SEE_ATTACHMENTS: Rule(roles=POLICE, scope=own_area),
    Action.SEE_ATTACHMENT: Rule(roles=POLICE, scope=own_files),
    Action.ATTACH_FILE: Rule(roles=POLICE, scope=own_area),
    Action.REMOVE_FILE: Rule(roles=POLICE, scope=own_area),
    Action.ANSWER_FOR_FILE: Rule(roles=POLICE, scope=own_area),
    Action.RELEASE_FILE: Rule(roles=POLICE, scope=own_area),
    Action.RECALL_FILE: Rule(roles=POLICE, scope=own_area),
    Action.NOTE_RECALL: Rule(roles=POST, scope=own_area),
    Action.NOTE_ANSWER: Rule(roles=POST, scope=own_area),
    Action.RECEIVE_EXIT_REPORT: Rule(roles=POST, scope=own_area),
    Action.SEE_EXIT_REPORT: Rule(roles=POLICE, scope=own_files),
    Action.SEE_ORDERS: Rule(roles=ORDERS, scope=own_orders),
    Action.SEE_ORDER: Rule(roles=ORDERS, scope=own_orders),
    Action.SEE_ORDERS_IN_FORCE: Rule(roles=POLICE, scope=own_orders),
    Action.SEE_SAME_PERSON: Rule(roles=ORDERS, scope=own_people),
    Action.ADD_PERSON: Rule(roles=ORDERS, scope=own_people),
    Action.START_ORDER: Rule(roles=ORDERS, scope=own_orders),
    Action.STEP_ORDER: Rule(roles=ORDERS, scope=own_orders),
    Action.EXPIRE_ORDER: Rule(roles=CLOCK, scope=everything),
    Action.WRITE_CONDITION: Rule(roles=ORDERS, scope=own_orders),
    Action.SEE_RELEASES: Rule(roles=ORDERS, scope=own_releases),
    Action.ASK_RELEASE: Rule(roles=ORDERS, scope=own_orders),
    Action.DECIDE_RELEASE: Rule(roles=ORDERS, scope=own_releases),
    Action.ASK_CLEARANCE: Rule(roles=CLOCK, scope=everything),
    Action.NOTE_CLEARANCE: Rule(roles=POST, scope=everything),
    Action.TELL_CLIENTS: Rule(roles=CLOCK, scope=everything),
    Action.LINK_REFERRAL: Rule(roles=ORDERS, scope=own_orders),
    Action.RECORD_APPLICATION: Rule(roles=ORDERS, scope=own_orders),
    Action.DECIDE_APPLICATION: Rule(roles=ORDERS, scope=own_orders),
    Action.RECORD_NOTIFICATION: Rule(roles=ORDERS, scope=own_orders),
    Action.RECORD_BREACH: Rule(roles=ORDERS, scope=own_orders),
    Action.DECIDE_BREACH: Rule(roles=ORDERS, scope=own_orders),
    Action.FOLLOW_BREACH: Rule(roles=ORDERS, scope=own_orders),
    Action.NOTE_ATTENDANCE: Rule(roles=POST, scope=own_attendances),
    Action.STORE_COPY: Rule(roles=ORDERS, scope=own_orders),
    Action.OPEN_COPY: Rule(roles=ORDERS, scope=own_orders),
    Action.IMPORT_ORDERS: Rule(roles=ORDERS, scope=own_orders),
    Action.EXPORT_ORDERS: Rule(roles=ORDERS, scope=own_orders),
    Action.COUNT_ORDERS: Rule(roles=ORDERS, scope=whole_register),
    Action.SEE_IDENTITIES: Rule(roles=ORDERS, scope=own_decisions),
    Action.DECIDE_IDENTITY: Rule(roles=ORDERS, scope=own_decisions),
    Action.HAND_OVER_ORDER: Rule(roles=ORDERS, scope=own_orders),
    Action.RECEIVE_ORDER: Rule(roles=POST, scope=own_orders),
    Action.SEE_VICTIM_REFERRALS: Rule(roles=POLICE, scope=own_area),
    Action.REFER_VICTIM: Rule(roles=POLICE, scope=own_area),
    Action.SEE_DISCLOSURES: Rule(roles=POLICE, scope=own_disclosures),
    Action.SEE_DISCLOSURE: Rule(roles=POLICE, scope=own_disclosures),
    Action.WRITE_DISCLOSURE: Rule(roles=POLICE, scope=own_disclosures),
    Action.DECIDE_DISCLOSURE: Rule(roles=POLICE, scope=own_disclosures),
    Action.SEE_REQUESTS: Rule(roles=POLICE, scope=own_requests),
    Action.DECIDE_REQUEST: Rule(roles=POLICE, scope=own_requests),
    Action.RECEIVE_REQUEST: Rule(roles=POST, scope=own_requests),
    Action.RECEIVE_OFFER: Rule(roles=POST, scope=own_disclosures),
    Action.RECEIVE_RECEIPT: Rule(roles=POST, scope=own_disclosures),
    Action.RECEIVE_RECALL: Rule(roles=POST, scope=own_disclosures),
    Action.SEE_PAIRS: Rule(roles=POLICE, scope=own_area),
    Action.RECEIVE_PAIR_REQUEST: Rule(roles=POST, scope=own_area),
    Action.TYPE_PAIR_REQUEST: Rule(roles=POLICE, scope=own_area),
    Action.END_PAIR: Rule(roles=POLICE, scope=own_area),
    Action.JOIN_PAIR: Rule(roles=POLICE, scope=own_area),
    Action.MERGE_PAIR: Rule(roles=POLICE, scope=own_area),
    Action.WRITE_ONWARD: Rule(roles=POST, scope=everything),
    Action.FORWARD: Rule(roles=CLOCK, scope=everything),
    Action.ASK_PROGRAMME: Rule(roles=POLICE, scope=own_area),
    Action.SEE_REPORTS: Rule(roles=DUTY, scope=own_reports),
    Action.RECEIVE_REPORT: Rule(roles=POST, scope=everything),
    Action.RECORD_REPORT: Rule(roles=DUTY, scope=own_reports),
    Action.EMPTY_REPORT: Rule(roles=CLOCK, scope=everything),
}
ROUTES: dict[str, BaseAction] = {
    "home:home": Action.SEE_TO_DO,
    "referrals:referrals": Action.SEE_REFERRALS,
    "referrals:start": Action.START_REFERRAL,
    "referrals:referral": Action.SEE_REFERRAL,
    "referrals:section": Action.WRITE_REFERRAL,
    "referrals:discard": Action.DISCARD_REFERRAL,
    "referrals:discarded": Action.SEE_DISCARDED,
    "referrals:amend": Action.AMEND_REFERRAL,
    "referrals:check": Action.SEND_REFERRAL,
    "referrals:withdraw": Action.WITHDRAW_REFERRAL,
    "exits:document": Action.SEE_EXIT_REPORT,
    "imports:table": Action.IMPORT_REFERRALS,
    "imports:template": Action.IMPORT_REFERRALS,
    "imports:columns": Action.IMPORT_REFERRALS,
    "attachments:attachments": Action.ATTACH_FILE,
    "attachments:look": Action.SEE_ATTACHMENT,
    "attachments:download": Action.SEE_ATTACHMENT,
    "attachments:remove": Action.REMOVE_FILE,
    "attachments:reason": Action.ANSWER_FOR_FILE,
    "attachments:release": Action.RELEASE_FILE,
    "attachments:recall": Action.RECALL_FILE,
    "orders:orders": Action.SEE_ORDERS,
    "orders:start": Action.START_ORDER,
    "orders:order": Action.SEE_ORDER,
    "orders:interim": Action.START_ORDER,
    "orders:protect": Action.STEP_ORDER,
    "orders:step": Action.STEP_ORDER,
    "orders:programme": Action.LINK_REFERRAL,
    "orders:due": Action.SEE_ORDERS,
    "conditions:add": Action.WRITE_CONDITION,
    "conditions:change": Action.WRITE_CONDITION,
    "conditions:remove": Action.WRITE_CONDITION,
    "releases:ask": Action.ASK_RELEASE,
    "releases:decide": Action.DECIDE_RELEASE,
    "releases:go-on": Action.DECIDE_RELEASE,
    "applications:file": Action.RECORD_APPLICATION,
    "applications:decide": Action.DECIDE_APPLICATION,
    "applications:settle": Action.DECIDE_APPLICATION,
    "applications:serve": Action.DECIDE_APPLICATION,
    "notifications:give": Action.RECORD_NOTIFICATION,
    "notifications:look": Action.RECORD_NOTIFICATION,
    "notifications:change": Action.RECORD_NOTIFICATION,
    "notifications:suspension": Action.RECORD_NOTIFICATION,
    "breaches:record": Action.RECORD_BREACH,
    "breaches:breach": Action.DECIDE_BREACH,
    "breaches:follow": Action.FOLLOW_BREACH,
    "copies:store": Action.STORE_COPY,
    "copies:copy": Action.OPEN_COPY,
    "register:import": Action.IMPORT_ORDERS,
    "register:template": Action.IMPORT_ORDERS,
    "register:export": Action.EXPORT_ORDERS,
    "register:counts": Action.COUNT_ORDERS,
    "identities:decisions": Action.SEE_IDENTITIES,
    "identities:decide": Action.DECIDE_IDENTITY,
    "identities:told": Action.DECIDE_IDENTITY,
    "transfers:transfer": Action.HAND_OVER_ORDER,
    "victims:victims": Action.SEE_VICTIM_REFERRALS,
    "victims:start": Action.REFER_VICTIM,
    "disclosures:disclosures": Action.SEE_DISCLOSURES,
    "disclosures:start": Action.WRITE_DISCLOSURE,
    "disclosures:answer": Action.DECIDE_REQUEST,
    "disclosures:refuse-request": Action.DECIDE_REQUEST,
    "disclosures:disclosure": Action.SEE_DISCLOSURE,
    "disclosures:write": Action.WRITE_DISCLOSURE,
    "disclosures:approve": Action.DECIDE_DISCLOSURE,
    "disclosures:pass-on": Action.DECIDE_DISCLOSURE,
    "disclosures:refuse": Action.DECIDE_DISCLOSURE,
    "disclosures:drop": Action.WRITE_DISCLOSURE,
    "disclosures:recall": Action.DECIDE_DISCLOSURE,
    "disclosures:received": Action.DECIDE_DISCLOSURE,
    "disclosures:print": Action.SEE_DISCLOSURE,
    "pairs:pairs": Action.SEE_PAIRS,
    "pairs:side": Action.JOIN_PAIR,
    "pairs:type-in": Action.TYPE_PAIR_REQUEST,
    "pairs:end": Action.END_PAIR,
    "pairs:decline": Action.JOIN_PAIR,
    "pairs:part": Action.JOIN_PAIR,
    "pairs:referral": Action.MERGE_PAIR,
    "pairs:split": Action.MERGE_PAIR,
    "switchboard:ask": Action.ASK_PROGRAMME,
    "reports:reports": Action.SEE_REPORTS,
    "reports:report": Action.RECORD_REPORT,
    "reports:copy": Action.RECORD_REPORT,
}
