"""Every model of the programme zone, in one place for Django: the slices hold them."""

from desist.programme.chains.models import Chain, ChainLink, ChainStep
from desist.programme.concerns.models import Concern
from desist.programme.duty.models import DutyNumber
from desist.programme.episodes.models import Allocation, Episode
from desist.programme.orders.models import Order
from desist.programme.referrals.models import Change, Happening, Referral
from desist.programme.sessions.models import Session
from desist.programme.team.models import Practitioner, Room

__all__ = [
    "Allocation",
    "Chain",
    "ChainLink",
    "ChainStep",
    "Change",
    "Concern",
    "DutyNumber",
    "Episode",
    "Happening",
    "Order",
    "Practitioner",
    "Referral",
    "Room",
    "Session",
]
