"""How a person is reached, as the service knows it since whoever works with them was told."""

from django.db import models

from desist.programme.referrals.models import Referral
from desist.referral import lists
from desist.referral.police_areas import PoliceArea


class OwnContact(models.Model):
    """The person's own contact details, kept here. What was changed counts wherever somebody is reached.

    What the referrer says stays in the referral, where an amendment goes on changing it: neither overwrites the other.
    `beside` holds what the referrer said when these were kept: what these say alike was not changed here and follows the
    referrer; where they say otherwise and the referrer changed theirs since, both are shown. What these said before is in
    the referral's changes, with who and when.
    """

    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="own_contact")
    contact_by = models.CharField(max_length=40, choices=lists.ContactBy.choices)
    own_phone = models.CharField(max_length=40, blank=True)
    own_email = models.CharField(max_length=120, blank=True)
    own_address = models.TextField(blank=True)
    own_postcode = models.CharField(max_length=10, blank=True)
    lives_in = models.CharField(max_length=40, choices=PoliceArea.choices, blank=True)
    beside = models.JSONField()
    kept_by = models.CharField(max_length=40)
    kept_at = models.DateTimeField()

    class Meta:
        app_label = "programme"
