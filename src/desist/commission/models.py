"""Every model of the commission zone, in one place for Django: the slices hold them."""

from desist.commission.extracts.models import OutcomeExtract, PoliceOutcomes, Study
from desist.commission.force_tables.models import ForceTable
from desist.commission.grants.models import Grant
from desist.commission.returns.models import Question, ServiceReturn

__all__ = ["ForceTable", "Grant", "OutcomeExtract", "PoliceOutcomes", "Question", "ServiceReturn", "Study"]
