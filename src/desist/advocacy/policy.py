"""Who may do what in the advocacy zone, to which rows: the whole answer."""

from collections.abc import Callable
from functools import cache

from django.db.models import Q

from desist.advocacy.victims.models import Allocation
from desist.wall.actors import Actor, Role
from desist.wall.exclusions import unhindered
from desist.wall.policy import Action as BaseAction
from desist.wall.policy import Rule, everything


class Action(BaseAction):
    """Everything that can be done in this zone."""

    ANSWER_FOR_WORDS = "advocacy.answer_for_words"
    SEE_CALLS = "advocacy.see_calls"
    SEE_VICTIMS = "advocacy.see_victims"
    SEE_VICTIM = "advocacy.see_victim"
    RECORD_VICTIM = "advocacy.record_victim"
    RECEIVE_VICTIM = "advocacy.receive_victim"
    KEEP_CONSENT = "advocacy.keep_consent"
    PAUSE_CLOCK = "advocacy.pause_clock"
    ALLOCATE = "advocacy.allocate"
    SEE_TEAM = "advocacy.see_team"
    DECLARE_LINK = "advocacy.declare_link"
    SEE_LOCATORS = "advocacy.see_locators"
    KEEP_LOCATOR = "advocacy.keep_locator"
    END_LOCATOR = "advocacy.end_locator"
    REVEAL_LOCATOR = "advocacy.reveal_locator"
    SEARCH_LOCATORS = "advocacy.search_locators"
    ALLOW_MORE = "advocacy.allow_more"
    DESTROY_KEY = "advocacy.destroy_key"
    DESTROY_AGAIN = "advocacy.destroy_again"
    SEE_CONTACT = "advocacy.see_contact"
    ARRANGE_CONTACT = "advocacy.arrange_contact"
    END_SAFE_TIME = "advocacy.end_safe_time"
    MARK_SAFETY = "advocacy.mark_safety"
    BEGIN_CONTACT = "advocacy.begin_contact"
    FINISH_CONTACT = "advocacy.finish_contact"
    QUEUE_MESSAGE = "advocacy.queue_message"
    SEND_MESSAGE = "advocacy.send_message"
    SEE_STOPPED = "advocacy.see_stopped"
    SEE_SAFETY = "advocacy.see_safety"
    WRITE_SAFETY = "advocacy.write_safety"
    SETTLE_NEED = "advocacy.settle_need"
    NOTE_SUPPORT = "advocacy.note_support"
    SEE_INCIDENTS = "advocacy.see_incidents"
    RECORD_INCIDENT = "advocacy.record_incident"
    ADD_TO_INCIDENT = "advocacy.add_to_incident"
    CLOSE_CASE = "advocacy.close_case"
    WRITE_DUTY_SHEET = "advocacy.write_duty_sheet"
    SEE_DISCLOSURES = "advocacy.see_disclosures"
    WRITE_DISCLOSURE = "advocacy.write_disclosure"
    DECIDE_DISCLOSURE = "advocacy.decide_disclosure"
    NOTE_DISCLOSURE = "advocacy.note_disclosure"
    SEE_MEASURES = "advocacy.see_measures"
    TAKE_MEASURE = "advocacy.take_measure"
    STRIKE_MEASURE = "advocacy.strike_measure"
    LOAD_WORDING = "advocacy.load_wording"
    TAKE_BACK_DISCLOSURE = "advocacy.take_back_disclosure"
    SEE_POLICE = "advocacy.see_police"
    ASK_PAIR = "advocacy.ask_pair"
    NOTE_PAIR_ANSWER = "advocacy.note_pair_answer"
    END_RUN_OUT = "advocacy.end_run_out"
    ALERT_POLICE = "advocacy.alert_police"
    SEE_UPDATES = "advocacy.see_updates"
    RECEIVE_UPDATE = "advocacy.receive_update"
    NOTE_NEWS = "advocacy.note_news"
    TELL_UPDATE = "advocacy.tell_update"
    ENTITLE = "advocacy.entitle"
    CHECK_FOR_POST = "advocacy.check_for_post"
    WRITE_LETTER = "advocacy.write_letter"
    PRINT_LETTER = "advocacy.print_letter"
    POST_LETTER = "advocacy.post_letter"
    SEE_ORDERS = "advocacy.see_orders"
    SEE_CLEARANCES = "advocacy.see_clearances"
    RECEIVE_ORDER = "advocacy.receive_order"
    ANSWER_CLEARANCE = "advocacy.answer_clearance"
    SEE_PACKS = "advocacy.see_packs"
    SEND_PACK = "advocacy.send_pack"
    NOTE_REFERENCE = "advocacy.note_reference"
    RING_ABOUT_PACK = "advocacy.ring_about_pack"


ADVOCATE, MANAGER, POST = Role.ADVOCATE, Role.ADVOCACY_MANAGER, Role.POST
SUPPORT = frozenset({ADVOCATE, MANAGER})
CLOCK = frozenset({Role.CLOCK})


@cache
def own_area(victim: str = "") -> Callable[[Actor], Q]:
    """Rows of the actor's area whose case nothing keeps the actor from. `victim` leads from the row to its victim."""

    def scope(actor: Actor) -> Q:
        if actor.is_system:
            return Q()
        return Q(**{f"{victim}area": actor.area}) & unhindered(actor, f"{victim}ref")

    return scope


@cache
def own_people(victim: str = "") -> Callable[[Actor], Q]:
    """Rows of the area; for an advocate only those of clients allocated to them now, and of one in an emergency."""

    def scope(actor: Actor) -> Q:
        rows = own_area(victim)(actor)
        if actor.role is not ADVOCATE:
            return rows
        if actor.reach:
            now = Allocation.objects.filter(advocate__ref=actor.who, ended_at=None).values("victim")
            return rows & (Q(**{f"{victim}pk__in": now}) | Q(**{f"{victim}ref": actor.reach}))
        current = Q(
            **{
                f"{victim}allocations__advocate__ref": actor.who,
                f"{victim}allocations__ended_at": None,
            }
        )
        return rows & current

    return scope


def own_entry(actor: Actor) -> Q:
    """Entries of the area's team; for an advocate their own."""
    rows = Q(area=actor.area)
    return rows & Q(ref=actor.who) if actor.role is ADVOCATE else rows


def in_area(actor: Actor) -> Q:
    """Rows of the actor's area that are about no case."""
    return Q(area=actor.area)


def colleagues_in_area(actor: Actor) -> Q:
    """Rows about a member of staff of the actor's area who is somebody else."""
    return Q(area=actor.area) & ~Q(account=actor.who)


RULES: dict[BaseAction, Rule] = {
    Action.SEE_CALLS: Rule(roles=SUPPORT, scope=own_people()),
    Action.SEE_VICTIMS: Rule(roles=SUPPORT, scope=own_people()),
    Action.SEE_VICTIM: Rule(roles=SUPPORT, scope=own_people()),
    Action.RECORD_VICTIM: Rule(roles=SUPPORT, scope=own_area()),
    Action.ANSWER_FOR_WORDS: Rule(roles=SUPPORT, scope=own_people()),
    Action.RECEIVE_VICTIM: Rule(roles=frozenset({POST}), scope=everything),
    Action.KEEP_CONSENT: Rule(roles=SUPPORT, scope=own_people()),
    Action.PAUSE_CLOCK: Rule(roles=SUPPORT, scope=own_people()),
    Action.ALLOCATE: Rule(roles=frozenset({MANAGER}), scope=own_people()),
    Action.SEE_TEAM: Rule(roles=frozenset({MANAGER}), scope=in_area),
    Action.DECLARE_LINK: Rule(roles=SUPPORT, scope=own_entry),
    Action.SEE_LOCATORS: Rule(roles=SUPPORT, scope=own_people()),
    Action.KEEP_LOCATOR: Rule(roles=SUPPORT, scope=own_people()),
    Action.END_LOCATOR: Rule(roles=SUPPORT, scope=own_people("victim__")),
    Action.REVEAL_LOCATOR: Rule(roles=SUPPORT, scope=own_people("victim__")),
    Action.SEARCH_LOCATORS: Rule(roles=SUPPORT, scope=own_people("victim__")),
    Action.ALLOW_MORE: Rule(roles=frozenset({MANAGER}), scope=colleagues_in_area),
    Action.DESTROY_KEY: Rule(roles=frozenset({MANAGER}), scope=own_people()),
    Action.DESTROY_AGAIN: Rule(roles=CLOCK, scope=everything),
    Action.SEE_CONTACT: Rule(roles=SUPPORT, scope=own_people()),
    Action.ARRANGE_CONTACT: Rule(roles=SUPPORT, scope=own_people()),
    Action.END_SAFE_TIME: Rule(roles=SUPPORT, scope=own_people("victim__")),
    Action.MARK_SAFETY: Rule(roles=SUPPORT, scope=own_people()),
    Action.BEGIN_CONTACT: Rule(roles=frozenset({ADVOCATE}), scope=own_people()),
    Action.FINISH_CONTACT: Rule(roles=SUPPORT, scope=own_people("victim__")),
    Action.QUEUE_MESSAGE: Rule(roles=SUPPORT, scope=own_people()),
    Action.SEND_MESSAGE: Rule(roles=CLOCK, scope=everything),
    Action.SEE_STOPPED: Rule(roles=SUPPORT, scope=own_people("victim__")),
    Action.SEE_SAFETY: Rule(roles=SUPPORT, scope=own_people()),
    Action.WRITE_SAFETY: Rule(roles=SUPPORT, scope=own_people()),
    Action.SETTLE_NEED: Rule(roles=SUPPORT, scope=own_people("victim__")),
    Action.NOTE_SUPPORT: Rule(roles=SUPPORT, scope=own_people("need__victim__")),
    Action.SEE_INCIDENTS: Rule(roles=SUPPORT, scope=own_people()),
    Action.RECORD_INCIDENT: Rule(roles=SUPPORT, scope=own_people()),
    Action.ADD_TO_INCIDENT: Rule(roles=SUPPORT, scope=own_people("victim__")),
    Action.CLOSE_CASE: Rule(roles=SUPPORT, scope=own_people()),
    Action.WRITE_DUTY_SHEET: Rule(roles=CLOCK, scope=everything),
    Action.SEE_DISCLOSURES: Rule(roles=SUPPORT, scope=own_people()),
    Action.WRITE_DISCLOSURE: Rule(roles=SUPPORT, scope=own_people()),
    Action.DECIDE_DISCLOSURE: Rule(roles=SUPPORT, scope=own_people("victim__")),
    Action.NOTE_DISCLOSURE: Rule(roles=frozenset({POST}), scope=everything),
    Action.SEE_MEASURES: Rule(roles=SUPPORT, scope=own_people()),
    Action.TAKE_MEASURE: Rule(roles=SUPPORT, scope=own_people()),
    Action.STRIKE_MEASURE: Rule(roles=SUPPORT, scope=own_people("victim__")),
    Action.LOAD_WORDING: Rule(roles=CLOCK, scope=everything),
    Action.TAKE_BACK_DISCLOSURE: Rule(roles=CLOCK, scope=everything),
    Action.SEE_POLICE: Rule(roles=SUPPORT, scope=own_people()),
    Action.ASK_PAIR: Rule(roles=SUPPORT, scope=own_people()),
    Action.NOTE_PAIR_ANSWER: Rule(roles=frozenset({POST}), scope=everything),
    Action.END_RUN_OUT: Rule(roles=CLOCK, scope=everything),
    Action.ALERT_POLICE: Rule(roles=SUPPORT, scope=own_people()),
    Action.SEE_UPDATES: Rule(roles=SUPPORT, scope=own_people("victim__")),
    Action.RECEIVE_UPDATE: Rule(roles=frozenset({POST}), scope=everything),
    Action.NOTE_NEWS: Rule(roles=SUPPORT, scope=own_people()),
    Action.TELL_UPDATE: Rule(roles=SUPPORT, scope=own_people("victim__")),
    Action.ENTITLE: Rule(roles=SUPPORT, scope=own_people()),
    Action.CHECK_FOR_POST: Rule(roles=SUPPORT, scope=own_people("victim__")),
    Action.WRITE_LETTER: Rule(roles=SUPPORT, scope=own_people()),
    Action.PRINT_LETTER: Rule(roles=SUPPORT, scope=own_people("victim__")),
    Action.POST_LETTER: Rule(roles=SUPPORT, scope=own_people("victim__")),
    Action.SEE_ORDERS: Rule(roles=SUPPORT, scope=own_people()),
    Action.SEE_CLEARANCES: Rule(roles=SUPPORT, scope=own_people("victim__")),
    Action.RECEIVE_ORDER: Rule(roles=frozenset({POST}), scope=everything),
    Action.ANSWER_CLEARANCE: Rule(roles=SUPPORT, scope=own_people("victim__")),
    Action.SEE_PACKS: Rule(roles=SUPPORT, scope=own_people("incident__victim__")),
    Action.SEND_PACK: Rule(roles=SUPPORT, scope=own_people("victim__")),
    Action.NOTE_REFERENCE: Rule(roles=frozenset({POST}), scope=everything),
    Action.RING_ABOUT_PACK: Rule(roles=SUPPORT, scope=own_people("incident__victim__")),
}
ROUTES: dict[str, BaseAction] = {
    "home:home": Action.SEE_CALLS,
    "victims:victims": Action.SEE_VICTIMS,
    "victims:start": Action.RECORD_VICTIM,
    "victims:victim": Action.SEE_VICTIM,
    "victims:consents": Action.KEEP_CONSENT,
    "victims:withdraw": Action.KEEP_CONSENT,
    "victims:pause": Action.PAUSE_CLOCK,
    "victims:resume": Action.PAUSE_CLOCK,
    "victims:allocate": Action.ALLOCATE,
    "vault:locators": Action.SEE_LOCATORS,
    "vault:keep": Action.KEEP_LOCATOR,
    "vault:reveal": Action.REVEAL_LOCATOR,
    "vault:end": Action.END_LOCATOR,
    "vault:search": Action.SEARCH_LOCATORS,
    "vault:allow": Action.ALLOW_MORE,
    "vault:destroy": Action.DESTROY_KEY,
    "contacts:contact": Action.SEE_CONTACT,
    "contacts:words": Action.ARRANGE_CONTACT,
    "contacts:add-time": Action.ARRANGE_CONTACT,
    "contacts:end-time": Action.END_SAFE_TIME,
    "contacts:not-safe": Action.MARK_SAFETY,
    "contacts:safe": Action.MARK_SAFETY,
    "contacts:begin": Action.BEGIN_CONTACT,
    "contacts:finish": Action.FINISH_CONTACT,
    "contacts:queue": Action.QUEUE_MESSAGE,
    "contacts:note-stopped": Action.SEE_STOPPED,
    "safety:plan": Action.WRITE_SAFETY,
    "safety:needs": Action.WRITE_SAFETY,
    "safety:settle": Action.SETTLE_NEED,
    "safety:support": Action.SETTLE_NEED,
    "safety:outcome": Action.NOTE_SUPPORT,
    "safety:choices": Action.WRITE_SAFETY,
    "safety:children": Action.WRITE_SAFETY,
    "safety:notes": Action.WRITE_SAFETY,
    "incidents:incidents": Action.SEE_INCIDENTS,
    "incidents:record": Action.RECORD_INCIDENT,
    "incidents:incident": Action.ADD_TO_INCIDENT,
    "disclosures:disclosures": Action.SEE_DISCLOSURES,
    "disclosures:start": Action.WRITE_DISCLOSURE,
    "disclosures:disclosure": Action.DECIDE_DISCLOSURE,
    "disclosures:write": Action.DECIDE_DISCLOSURE,
    "disclosures:approve": Action.DECIDE_DISCLOSURE,
    "disclosures:drop": Action.DECIDE_DISCLOSURE,
    "disclosures:recall": Action.DECIDE_DISCLOSURE,
    "measures:measures": Action.SEE_MEASURES,
    "measures:take": Action.TAKE_MEASURE,
    "measures:total": Action.TAKE_MEASURE,
    "measures:measure": Action.STRIKE_MEASURE,
    "victims:close": Action.CLOSE_CASE,
    "victims:reopen": Action.CLOSE_CASE,
    "police:police": Action.SEE_POLICE,
    "police:ask": Action.ASK_PAIR,
    "police:end": Action.ASK_PAIR,
    "police:alert": Action.ALERT_POLICE,
    "updates:updates": Action.SEE_VICTIM,
    "updates:add": Action.NOTE_NEWS,
    "police:answer": Action.ASK_PAIR,
    "updates:begin": Action.BEGIN_CONTACT,
    "updates:tell": Action.TELL_UPDATE,
    "updates:entitlement": Action.ENTITLE,
    "vault:post": Action.CHECK_FOR_POST,
    "letters:letters": Action.WRITE_LETTER,
    "letters:print-out": Action.PRINT_LETTER,
    "letters:posted": Action.POST_LETTER,
    "orders:orders": Action.SEE_ORDERS,
    "orders:clearance": Action.ANSWER_CLEARANCE,
    "packs:send": Action.SEND_PACK,
    "packs:paper": Action.SEND_PACK,
    "packs:pack": Action.RING_ABOUT_PACK,
    "team:team": Action.SEE_TEAM,
    "team:declare": Action.DECLARE_LINK,
}
#: whatever shows where a client is or how they are reached, or lets a colleague see more of it
FRESH = frozenset(
    {
        "vault:reveal",
        "vault:allow",
        "vault:destroy",
        "contacts:begin",
        "updates:begin",
        "letters:print-out",
    }
)
