"""Every model of the partnership zone, in one place for Django: the slices hold them."""

from desist.partnership.alerts.models import Alert
from desist.partnership.attachments.models import Attachment
from desist.partnership.referrals.models import Happening, Referral

__all__ = ["Alert", "Attachment", "Happening", "Referral"]
from desist.partnership.victims.models import VictimReferral

__all__ = ["Alert", "Happening", "Referral", "VictimReferral"]
