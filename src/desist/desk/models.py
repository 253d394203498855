"""The models of the duty desk, gathered for Django: the slices hold them."""

from desist.desk.alerts.models import Alert, Ring
from desist.desk.duty.models import DutyNumber

__all__ = ["Alert", "DutyNumber", "Ring"]
