"""What an alert of the police does in the programme."""

from desist.desk.alerts import commands as alerts
from desist.post.handlers import Received
from desist.programme.referrals import commands as referrals
from desist.programme.referrals.models import Referral


def receive(received: Received) -> None:
    """The police ask somebody here to ring: a task with a clock, about the referral and nothing else."""
    referral = Referral.objects.get(ref=referrals.of_thread(received))
    alerts.receive(received, case=referral.ref, area=referral.area)
