"""Every model of the partnership zone, in one place for Django: the slices hold them."""

from desist.partnership.alerts.models import Alert
from desist.partnership.applications.models import Application
from desist.partnership.attachments.models import Attachment
from desist.partnership.breaches.models import Attendance, Breach
from desist.partnership.copies.models import Copy
from desist.partnership.identities.models import IdentityDecision
from desist.partnership.notifications.models import Notification
from desist.partnership.orders.models import Condition, Order, OrderHappening, Protected
from desist.partnership.people.models import Person
from desist.partnership.referrals.models import Happening, Referral
from desist.partnership.reports.models import ExitReport
from desist.partnership.victims.models import VictimReferral

__all__ = [
    "Alert",
    "Application",
    "Attachment",
    "Attendance",
    "Breach",
    "Condition",
    "Copy",
    "ExitReport",
    "Happening",
    "IdentityDecision",
    "Notification",
    "Order",
    "OrderHappening",
    "Person",
    "Protected",
    "Referral",
    "VictimReferral",
]
