"""Every model of the advocacy zone, in one place for Django: the slices hold them."""

from desist.advocacy.contacts.models import Arrangement, Attempt, Message, SafeTime
from desist.advocacy.disclosures.models import Disclosure
from desist.advocacy.incidents.models import Addition, Incident
from desist.advocacy.measures.models import Measure, Wording
from desist.advocacy.orders.models import OrderNews
from desist.advocacy.safety.models import Child, Choice, Need, Note, PlanVersion, Support
from desist.advocacy.team.models import Advocate, Declaration
from desist.advocacy.vault.models import Locator, PersonKey, Reveal, RevealAlert
from desist.advocacy.victims.models import Allocation, ClockPause, Consent, Victim

__all__ = [
    "Addition",
    "Advocate",
    "Allocation",
    "Arrangement",
    "Attempt",
    "Child",
    "Choice",
    "ClockPause",
    "Consent",
    "Declaration",
    "Disclosure",
    "Incident",
    "Locator",
    "Measure",
    "Message",
    "Need",
    "Note",
    "OrderNews",
    "PersonKey",
    "PlanVersion",
    "Reveal",
    "RevealAlert",
    "SafeTime",
    "Support",
    "Victim",
    "Wording",
]
