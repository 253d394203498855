"""Every model of the commission zone, in one place for Django: the slices hold them."""

from desist.commission.grants.models import Grant
from desist.commission.returns.models import Question, ServiceReturn

__all__ = ["Grant", "Question", "ServiceReturn"]
