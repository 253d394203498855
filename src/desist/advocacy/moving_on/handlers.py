"""How this site handles envelopes about clients whom a service offers to another."""

from desist.advocacy.moving_on import commands
from desist.moving_in.offers import commands as offers
from desist.post import payloads

HANDLERS = {
    payloads.CaseOffer: offers.receive,
    payloads.CaseOfferAnswer: commands.note_answer,
    payloads.CaseOfferWithdrawn: offers.note_withdrawal,
}
