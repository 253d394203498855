"""The filters of the list of referrals."""

from desist import codes
from desist.referral.lists import Referrer
from desist.ui import fields
from desist.ui.forms import ListFilter


class Narrow(ListFilter):
    """By how the person was referred, and by whom."""

    route = fields.Pick(label="How they were referred", choices=codes.Route.choices, nothing="All")
    referrer = fields.Pick(label="Referred by", choices=Referrer.choices, nothing="All")
