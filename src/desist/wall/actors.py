"""The actors: a person's account in one role, or one of the system's own hands."""

import uuid
from dataclasses import dataclass
from enum import StrEnum

from desist.sites import Zone


class Role(StrEnum):
    """The role of an account or a system hand. The value is stored; the label is shown."""

    # programme
    PRACTITIONER = "practitioner"
    MANAGER = "manager"
    SUPERVISOR = "supervisor"
    OBSERVER = "observer"
    EXECUTIVE = "executive"
    # participant
    PARTICIPANT = "participant"
    # advocacy
    ADVOCATE = "advocate"
    ADVOCACY_MANAGER = "advocacy_manager"
    # partnership
    OFFICER = "officer"
    ORDER_COORDINATOR = "order_coordinator"
    FORCE_LEAD = "force_lead"
    PANEL_CHAIR = "panel_chair"
    PARTNER = "partner"
    # commission
    COMMISSIONER = "commissioner"
    EVALUATOR = "evaluator"
    # every staff zone
    ADMINISTRATOR = "administrator"
    DATA_PROTECTION_OFFICER = "data_protection_officer"
    # the system's own hands: no person can be given these
    POST = "post"
    CLOCK = "clock"
    ENTRANCE = "entrance"
    CONSOLE = "console"

    @property
    def label(self) -> str:
        """The words shown on pages."""
        return LABELS.get(self, self.value.replace("_", " ").capitalize())


LABELS = {
    Role.PRACTITIONER: "Behaviour change practitioner",
    Role.MANAGER: "Programme manager",
    Role.SUPERVISOR: "Clinical supervisor",
    Role.OBSERVER: "Quality observer",
    Role.EXECUTIVE: "Provider executive",
    Role.ADVOCATE: "Independent stalking advocate",
    Role.OFFICER: "Police referrer",
    Role.FORCE_LEAD: "Force lead for stalking",
    Role.PARTNER: "Partner agency",
}

ROLES: dict[Zone, tuple[Role, ...]] = {
    Zone.PROGRAMME: (Role.PRACTITIONER, Role.MANAGER, Role.SUPERVISOR, Role.OBSERVER, Role.EXECUTIVE),
    Zone.PARTICIPANT: (Role.PARTICIPANT,),
    Zone.ADVOCACY: (Role.ADVOCATE, Role.ADVOCACY_MANAGER),
    Zone.PARTNERSHIP: (Role.OFFICER, Role.ORDER_COORDINATOR, Role.FORCE_LEAD, Role.PANEL_CHAIR, Role.PARTNER),
    Zone.COMMISSION: (Role.COMMISSIONER, Role.EVALUATOR),
    Zone.PUBLIC: (),
}
STAFF_ROLES = (Role.ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER)
SYSTEM_ROLES = frozenset({Role.POST, Role.CLOCK, Role.ENTRANCE, Role.CONSOLE})


def roles_of(zone: Zone) -> tuple[Role, ...]:
    """Every role a person can hold in a zone."""
    people = ROLES[zone]
    return (*people, *STAFF_ROLES) if people and zone is not Zone.PARTICIPANT else people


@dataclass(frozen=True)
class Actor:
    """An account or a system hand at work: `who` is an account's reference, `area` the police area it works in.

    `correlation` ties together all events of one request, envelope or clock pass. `emergency` is the case that the
    account has opened in an emergency, and `reach` is that case while the gate lets them look: a scope adds it then.
    """

    who: str
    role: Role
    area: str
    correlation: uuid.UUID
    emergency: str = ""
    reach: str = ""

    @property
    def is_system(self) -> bool:
        """Whether this is one of the system's own hands and not a person's account."""
        return self.role in SYSTEM_ROLES


def post() -> Actor:
    """The hand that carries out what an envelope asks."""
    return Actor(who="post", role=Role.POST, area="", correlation=uuid.uuid4())


def clock() -> Actor:
    """The hand that acts when a time has come."""
    return Actor(who="clock", role=Role.CLOCK, area="", correlation=uuid.uuid4())


def entrance(who: str) -> Actor:
    """The hand that signs an account in: `who` is the account that the visitor claims, or "unknown"."""
    return Actor(who=who, role=Role.ENTRANCE, area="", correlation=uuid.uuid4())


def console() -> Actor:
    """The hand of the operator at the machine, for work before any account can sign in."""
    return Actor(who="console", role=Role.CONSOLE, area="", correlation=uuid.uuid4())
