"""Who may do what with the post: the same table in every staff zone.

An administrator sees that an envelope waits or died and why, never what is in it; what is told by telephone is read
by those who work with cases.
"""

from django.conf import settings
from django.db.models import Q
from django.utils.module_loading import import_string

from desist.wall.actors import Actor, Role
from desist.wall.exclusions import unhindered
from desist.wall.policy import BaseAction, Rule, everything


class Action(BaseAction):
    """What can be done with the post."""

    HANDLE_ENVELOPE = "post.handle_envelope"
    SEE_POST = "post.see_post"
    RETRY_ENVELOPE = "post.retry_envelope"
    RETRY_ENVELOPES = "post.retry_envelopes"
    SET_ASIDE_ENVELOPE = "post.set_aside_envelope"
    REOFFER_ENVELOPES = "post.reoffer_envelopes"
    NOTE_TROUBLE = "post.note_trouble"
    TELL_KEYS = "post.tell_keys"
    TAKE_OVER_KEYS = "post.take_over_keys"
    SEE_PARTNERS = "post.see_partners"
    ADD_PARTNER = "post.add_partner"
    CHANGE_PARTNER = "post.change_partner"
    SEE_BY_HAND = "post.see_by_hand"
    TELL_BY_HAND = "post.tell_by_hand"
    SEE_AGREEMENTS = "post.see_agreements"
    KEEP_AGREEMENT = "post.keep_agreement"
    CHANGE_AGREEMENT = "post.change_agreement"


ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
TELLERS = frozenset(
    {
        *(Role.MANAGER, Role.PRACTITIONER),
        *(Role.ADVOCATE, Role.ADVOCACY_MANAGER),
        *(Role.OFFICER, Role.ORDER_COORDINATOR, Role.FORCE_LEAD),
        Role.COMMISSIONER,
    }
)
#: who keeps the register of sharing agreements
KEEPERS = frozenset({Role.MANAGER, Role.ADVOCACY_MANAGER, Role.FORCE_LEAD, Role.DATA_PROTECTION_OFFICER})


def own_area(actor: Actor) -> Q:
    """Tasks about cases the actor may know, to partners of the actor's area or of every area.

    Where each works with the people allocated to them, the zone says in DESIST_OWN_CASES which cases those are.
    """
    tasks = unhindered(actor, "case") & Q(partner__area__in=("", actor.area))
    zones = getattr(settings, "DESIST_OWN_CASES", "")
    own = import_string(zones)(actor) if zones else None
    return tasks if own is None else tasks & (Q(case="") | Q(case__in=own))


def own_agreements(actor: Actor) -> Q:
    """Agreements of the actor's area."""
    return Q(area=actor.area)


RULES: dict[BaseAction, Rule] = {
    Action.HANDLE_ENVELOPE: Rule(roles=frozenset({Role.POST}), scope=everything),
    Action.SEE_POST: Rule(roles=ADMINISTRATORS, scope=everything),
    Action.RETRY_ENVELOPE: Rule(roles=ADMINISTRATORS, scope=everything),
    Action.RETRY_ENVELOPES: Rule(roles=ADMINISTRATORS, scope=everything),
    Action.SET_ASIDE_ENVELOPE: Rule(roles=ADMINISTRATORS, scope=everything),
    Action.REOFFER_ENVELOPES: Rule(roles=frozenset({Role.CONSOLE}), scope=everything),
    Action.NOTE_TROUBLE: Rule(roles=frozenset({Role.CLOCK}), scope=everything),
    Action.TELL_KEYS: Rule(roles=frozenset({Role.CLOCK}), scope=everything),
    Action.TAKE_OVER_KEYS: Rule(roles=frozenset({Role.POST}), scope=everything),
    Action.SEE_PARTNERS: Rule(roles=ADMINISTRATORS, scope=everything),
    Action.ADD_PARTNER: Rule(roles=ADMINISTRATORS, scope=everything),
    Action.CHANGE_PARTNER: Rule(roles=ADMINISTRATORS, scope=everything),
    Action.SEE_BY_HAND: Rule(roles=TELLERS, scope=own_area),
    Action.TELL_BY_HAND: Rule(roles=TELLERS, scope=own_area),
    Action.SEE_AGREEMENTS: Rule(roles=TELLERS | KEEPERS | {Role.PANEL_CHAIR}, scope=own_agreements),
    Action.KEEP_AGREEMENT: Rule(roles=KEEPERS, scope=own_agreements),
    Action.CHANGE_AGREEMENT: Rule(roles=KEEPERS, scope=own_agreements),
}
ROUTES: dict[str, BaseAction] = {
    "post:envelopes": Action.SEE_POST,
    "post:retry": Action.RETRY_ENVELOPE,
    "post:retry-all": Action.RETRY_ENVELOPES,
    "post:set-aside": Action.SET_ASIDE_ENVELOPE,
    "post:partners": Action.SEE_PARTNERS,
    "post:introduction": Action.SEE_PARTNERS,
    "post:add": Action.ADD_PARTNER,
    "post:partner": Action.CHANGE_PARTNER,
    "post:by-hand": Action.SEE_BY_HAND,
    "post:tell": Action.TELL_BY_HAND,
    "post:agreements": Action.SEE_AGREEMENTS,
    "post:keep-agreement": Action.KEEP_AGREEMENT,
    "post:agreement": Action.CHANGE_AGREEMENT,
    "post:end-agreement": Action.CHANGE_AGREEMENT,
}
