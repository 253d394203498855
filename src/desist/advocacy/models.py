"""Every model of the advocacy zone, in one place for Django: the slices hold them."""

from desist.advocacy.orders.models import OrderNews
from desist.advocacy.team.models import Advocate, Declaration
from desist.advocacy.vault.models import Locator, PersonKey, Reveal, RevealAlert
from desist.advocacy.victims.models import Allocation, ClockPause, Consent, Victim

__all__ = [
    "Advocate",
    "Allocation",
    "ClockPause",
    "Consent",
    "Declaration",
    "Locator",
    "OrderNews",
    "PersonKey",
    "Reveal",
    "RevealAlert",
    "Victim",
]
