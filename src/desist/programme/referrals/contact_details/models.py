"""A person's own contact details, as they told the service."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Func, Value

from desist.facts import Retention
from desist.programme.referrals.models import Referral
from desist.referral import lists
from desist.referral.police_areas import PoliceArea

#: the keys of the search, of the telephone and the e-mail alone
KEYS = Func(Value(""), Value(""), Value(None), "own_phone", "own_email", function="public.found_by")


class OwnContact(models.Model):
    """The person's own contact details where the programme changed them. They replace the referrer's.

    What the referrer says stays in the referral, where an amendment goes on changing it: neither overwrites the other.
    `beside` holds what the referrer said when these were kept: what these say alike was not changed here and follows the
    referrer; where they say otherwise and the referrer changed theirs since, both are shown. What these said before is in
    the referral's changes, with who and when.
    """

    retention_class = Retention.CASE
    referral = models.OneToOneField(
        Referral, on_delete=models.PROTECT, related_name="own_contact", db_comment="Referral of the person"
    )
    contact_by = models.CharField(
        max_length=40, choices=lists.ContactBy.choices, db_comment="How the person wants to be contacted"
    )
    own_phone = models.CharField(max_length=40, blank=True, db_comment="The person's own telephone")
    own_email = models.CharField(max_length=120, blank=True, db_comment="The person's own e-mail")
    own_address = models.TextField(
        blank=True, db_comment="The person's own address, empty where the victim lives there or nearby"
    )
    own_postcode = models.CharField(max_length=10, blank=True, db_comment="The person's own postcode")
    lives_in = models.CharField(
        max_length=40,
        choices=PoliceArea.choices,
        blank=True,
        db_comment="The police area in which the person lives, coded; empty where it is not known",
    )
    beside = models.JSONField(
        db_comment="What the referrer said when these details were kept, as the fields of a referral"
    )
    kept_by = models.CharField(max_length=40, db_comment="Account that kept the details")
    kept_at = models.DateTimeField(db_comment="When the details were kept")

    class Meta:
        indexes = [GinIndex(KEYS, name="own_contacts_by_keys")]
