"""Every model of the duty desk, in one place for Django: the slices hold them."""

from desist.desk.alerts.models import Alert, Ring
from desist.desk.duty.models import DutyNumber

__all__ = ["Alert", "DutyNumber", "Ring"]
