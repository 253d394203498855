"""How this site handles envelopes about disclosures."""

from desist.partnership.disclosures import arrivals
from desist.post import disclosures

HANDLERS = {
    disclosures.DisclosureRequest: arrivals.receive_request,
    disclosures.DisclosureOffer: arrivals.receive_offer,
    disclosures.DisclosureReceipt: arrivals.receive_receipt,
    disclosures.DisclosureRecall: arrivals.receive_recall,
}
