"""What envelopes about disclosures do here."""

from desist.partnership.disclosures import arrivals
from desist.post import disclosures

HANDLERS = {
    disclosures.DisclosureRequest: arrivals.receive_request,
    disclosures.DisclosureOffer: arrivals.receive_offer,
    disclosures.DisclosureReceipt: arrivals.receive_receipt,
    disclosures.DisclosureRecall: arrivals.receive_recall,
}
