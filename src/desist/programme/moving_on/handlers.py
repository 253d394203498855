"""How this site handles envelopes about people whom a programme offers to another."""

from desist.moving_in.offers import commands as offers
from desist.post import payloads
from desist.programme.moving_on import commands

HANDLERS = {
    payloads.CaseOffer: offers.receive,
    payloads.CaseOfferAnswer: commands.note_answer,
    payloads.CaseOfferWithdrawn: offers.note_withdrawal,
}
