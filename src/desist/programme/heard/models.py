"""What a referrer without software said of a referral by telephone or on paper."""

from django.db import models

from desist.programme.referrals.models import Referral
from desist.programme.referrals.states import Happened


class Heard(models.Model):
    """Who told of a change or that a referral is taken back, and when; who typed it in is in the timeline."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="heard")
    what = models.CharField(
        max_length=40,
        choices=[(one.value, one.label) for one in (Happened.AMENDED, Happened.WITHDRAWN)],
    )
    told_by = models.CharField(max_length=80)
    told_at = models.DateTimeField()
    typed_by = models.CharField(max_length=40)
    typed_at = models.DateTimeField()

    class Meta:
        app_label = "programme"
        indexes = [models.Index(fields=["referral", "typed_at"], name="heard_of_a_referral")]
