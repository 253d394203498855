"""Every model of the partnership zone, in one place for Django: the slices hold them."""

from desist.partnership.agencies.models import Agency, AgencyMember, AgencyTerms, TermsAccepted
from desist.partnership.applications.models import Application
from desist.partnership.attachments.models import Attachment
from desist.partnership.breaches.models import Breach, BreachStep, Certificate
from desist.partnership.disclosures.models import Disclosure, DisclosureRequest
from desist.partnership.exhibits.models import Exhibit, ExhibitCustody, ExhibitPiece
from desist.partnership.exit_reports.models import ExitReport
from desist.partnership.extracts.models import OutcomeExtract
from desist.partnership.identities.models import IdentityDecision
from desist.partnership.judgements.models import JudgementRequest
from desist.partnership.notifications.models import Notification
from desist.partnership.order_copies.models import Copy
from desist.partnership.orders.models import Condition, Order, OrderHappening, Protected
from desist.partnership.pairs.models import PairHappening, Side
from desist.partnership.panels.models import (
    PanelAction,
    PanelCopy,
    PanelItem,
    PanelLink,
    PanelMeeting,
    PanelPaper,
    PanelPrint,
    PanelReader,
    PanelSeat,
    PanelStep,
)
from desist.partnership.people.models import Person
from desist.partnership.quarterly.models import QuarterlyReturn, ReturnQuestion
from desist.partnership.referrals.models import Happening, News, Referral
from desist.partnership.releases.models import Clearance, ClientNotice, Release
from desist.partnership.reports.models import Report
from desist.partnership.support.models import SupportReferral, SupportStep
from desist.partnership.switchboard.models import Onward
from desist.partnership.transfers.models import Transfer
from desist.partnership.victims.models import VictimReferral

__all__ = [
    "Agency",
    "AgencyMember",
    "AgencyTerms",
    "Application",
    "Attachment",
    "Breach",
    "BreachStep",
    "Certificate",
    "Clearance",
    "ClientNotice",
    "Condition",
    "Copy",
    "Disclosure",
    "DisclosureRequest",
    "Exhibit",
    "ExhibitCustody",
    "ExhibitPiece",
    "ExitReport",
    "Happening",
    "IdentityDecision",
    "JudgementRequest",
    "News",
    "Notification",
    "Onward",
    "Order",
    "OrderHappening",
    "OutcomeExtract",
    "PairHappening",
    "PanelAction",
    "PanelCopy",
    "PanelItem",
    "PanelLink",
    "PanelMeeting",
    "PanelPaper",
    "PanelPrint",
    "PanelReader",
    "PanelSeat",
    "PanelStep",
    "Person",
    "Protected",
    "QuarterlyReturn",
    "Referral",
    "Release",
    "Report",
    "ReturnQuestion",
    "Side",
    "SupportReferral",
    "SupportStep",
    "TermsAccepted",
    "Transfer",
    "VictimReferral",
]
