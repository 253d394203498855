"""Every model of the advocacy zone, in one place for Django: the slices hold them."""

from desist.advocacy.candidates.models import Candidate
from desist.advocacy.circumstances.models import Circumstance, SelfHarm
from desist.advocacy.contacts.models import Arrangement, Attempt, Message, SafeTime
from desist.advocacy.disclosures.models import Disclosure
from desist.advocacy.evidence.models import (
    Block,
    CustodyEntry,
    HourCount,
    Original,
    Piece,
    Record,
    Transcript,
)
from desist.advocacy.exhibits.models import Exhibit, ExhibitPiece, ExhibitRow, Redaction, UnusedReason
from desist.advocacy.handovers.models import ClientHandover
from desist.advocacy.incidents.models import Addition, Incident
from desist.advocacy.letters.models import Letter
from desist.advocacy.measures.models import Measure, Wording
from desist.advocacy.moving_in.models import MovedClient, MoveIn
from desist.advocacy.moving_on.models import ClientOffer
from desist.advocacy.orders.models import ClearanceAsked, ClientOrder
from desist.advocacy.packs.models import BreachPack, PackCall
from desist.advocacy.pairs.models import PairAsked
from desist.advocacy.papers.models import Paper
from desist.advocacy.quarterly.models import QuarterlyReturn, ReturnQuestion
from desist.advocacy.safety.models import Child, Choice, Need, Note, PlanVersion, Support
from desist.advocacy.screenings.models import Screening
from desist.advocacy.sent_exhibits.models import SentExhibit
from desist.advocacy.submissions.models import (
    SubmissionAgreement,
    SubmissionLink,
    SubmissionPage,
    Submitted,
    SubmittedPiece,
)
from desist.advocacy.support.models import Agency, SupportLink, SupportNews, SupportReferral
from desist.advocacy.tags.models import Tag, Tagged
from desist.advocacy.team.models import Advocate, Declaration
from desist.advocacy.updates.models import Telling, Update
from desist.advocacy.vault.models import Allowance, Locator, PersonKey, Reveal, RevealAlert
from desist.advocacy.victims.models import Allocation, ClockPause, Consent, Victim

__all__ = [
    "Addition",
    "Advocate",
    "Agency",
    "Allocation",
    "Allowance",
    "Arrangement",
    "Attempt",
    "Block",
    "BreachPack",
    "Candidate",
    "Child",
    "Choice",
    "Circumstance",
    "ClearanceAsked",
    "ClientHandover",
    "ClientOffer",
    "ClientOrder",
    "ClockPause",
    "Consent",
    "CustodyEntry",
    "Declaration",
    "Disclosure",
    "Exhibit",
    "ExhibitPiece",
    "ExhibitRow",
    "HourCount",
    "Incident",
    "Letter",
    "Locator",
    "Measure",
    "Message",
    "MoveIn",
    "MovedClient",
    "Need",
    "Note",
    "Original",
    "PackCall",
    "PairAsked",
    "Paper",
    "PersonKey",
    "Piece",
    "PlanVersion",
    "QuarterlyReturn",
    "Record",
    "Redaction",
    "ReturnQuestion",
    "Reveal",
    "RevealAlert",
    "SafeTime",
    "Screening",
    "SelfHarm",
    "SentExhibit",
    "SubmissionAgreement",
    "SubmissionLink",
    "SubmissionPage",
    "Submitted",
    "SubmittedPiece",
    "Support",
    "SupportLink",
    "SupportNews",
    "SupportReferral",
    "Tag",
    "Tagged",
    "Telling",
    "Transcript",
    "UnusedReason",
    "Update",
    "Victim",
    "Wording",
]
