"""The area's directory of agencies, and the accounts of the people who work there."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from desist.agencies import Answers, Capacity, Need, Side
from desist.facts import AREA, REF, SUBMISSION, VERSION, Retention
from desist.references import reference


@pghistory.track()
class Agency(models.Model):
    """One agency of the directory. It is ended, never overwritten out of sight: its history is kept."""

    retention_class = Retention.REFERENCE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    token = models.CharField(
        max_length=12,
        unique=True,
        default=reference,
        db_comment="Names the agency towards the services that may refer to it; never shown",
    )
    area = models.CharField(max_length=40, db_comment=AREA)
    name = models.CharField(max_length=120, db_comment="Name of the agency")
    needs = ArrayField(
        models.CharField(max_length=20, choices=Need.choices), db_comment="What it can help with, coded"
    )
    helps = models.TextField(blank=True, db_comment="Whom it helps")
    phone = models.CharField(max_length=40, db_comment="Its telephone number")
    hours = models.CharField(max_length=200, blank=True, db_comment="When it can be reached")
    languages = models.CharField(max_length=200, blank=True, db_comment="Languages spoken there")
    how = models.TextField(blank=True, db_comment="How to refer to it")
    capacity = models.CharField(
        max_length=12, choices=Capacity.choices, db_comment="Whether it takes people at present, coded"
    )
    from_programme = models.BooleanField(db_comment="Whether a programme may refer a person to it")
    from_advocacy = models.BooleanField(db_comment="Whether an advocacy service may refer a client to it")
    agreement = models.CharField(
        max_length=12, blank=True, db_comment="Sharing agreement of the register under which it is told"
    )
    answers = models.CharField(
        max_length=12,
        choices=Answers.choices,
        default=Answers.ACCOUNT,
        db_default=Answers.ACCOUNT,
        db_comment="How it answers referrals, coded",
    )
    checked_on = models.DateField(db_comment="Day on which the entry was last checked with the agency")
    checked_by = models.CharField(max_length=40, db_comment="Account that checked it")
    told_at = models.DateTimeField(null=True, db_comment="When the services that read it were last sent it")
    version = models.PositiveIntegerField(default=1, db_comment=VERSION)
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    added_by = models.CharField(max_length=40, db_comment="Account that listed it")
    added_at = models.DateTimeField(db_comment="When it was listed")
    ended_by = models.CharField(max_length=40, blank=True, db_comment="Account that took it off the list")
    ended_at = models.DateTimeField(null=True, db_comment="When it was taken off the list")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "name"],
                condition=Q(ended_at=None),
                name="an_agency_of_the_area_is_listed_once",
            ),
            models.CheckConstraint(
                condition=Q(ended_by="", ended_at=None) | (~Q(ended_by="") & Q(ended_at__isnull=False)),
                name="an_agency_off_the_list_has_who_and_when",
            ),
        ]


@pghistory.track()
class AgencyMember(models.Model):
    """An account that works for an agency: it reads what was referred there, and nothing else."""

    retention_class = Retention.ACCOUNT
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="members", db_comment="Agency the account works for"
    )
    account = models.CharField(max_length=40, db_comment="The account")
    side = models.CharField(
        max_length=12,
        choices=Side.choices,
        db_comment="Whose referrals it reads, coded: the two sides are kept apart",
    )
    added_by = models.CharField(max_length=40, db_comment="Account that let it in")
    added_at = models.DateTimeField(db_comment="When it was let in")
    ended_by = models.CharField(max_length=40, blank=True, db_comment="Account that ended it")
    ended_at = models.DateTimeField(null=True, db_comment="When it ended")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(ended_at=None), name="an_account_works_for_one_agency"
            ),
        ]


@pghistory.track()
class AgencyTerms(models.Model):
    """What agencies undertake before they read what is referred to them; the newest row of an area counts."""

    retention_class = Retention.REFERENCE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    area = models.CharField(max_length=40, db_comment=AREA)
    words = models.TextField(db_comment="The terms, in plain words")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    set_by = models.CharField(max_length=40, db_comment="Account that set them")
    set_at = models.DateTimeField(db_comment="When they were set")

    class Meta:
        indexes = [models.Index(fields=["area", "-set_at"], name="present_terms_of_agencies")]


class TermsAccepted(models.Model):
    """One acceptance of terms: by an account that works for an agency, or by the agency itself. Added, never changed."""

    retention_class = Retention.ACCOUNT
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    terms = models.ForeignKey(
        AgencyTerms, on_delete=models.PROTECT, related_name="accepted", db_comment="Terms that were accepted"
    )
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="accepted", db_comment="Agency that they bind"
    )
    account = models.CharField(
        max_length=40, blank=True, db_comment="Account that accepted them for itself; empty: the agency did"
    )
    signed_by = models.CharField(
        max_length=120, blank=True, db_comment="Who accepted them for the agency; empty for an account"
    )
    on = models.DateField(db_comment="Day on which they were accepted")
    agreement = models.CharField(
        max_length=12,
        blank=True,
        db_comment="Sharing agreement of the register with which the agency accepted",
    )
    recorded_by = models.CharField(max_length=40, db_comment="Account that recorded it")
    recorded_at = models.DateTimeField(db_comment="When it was recorded")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["terms", "agency", "account"], name="terms_are_accepted_once_by_each"
            ),
            models.CheckConstraint(
                condition=Q(account="") & ~Q(signed_by="") | ~Q(account="") & Q(signed_by=""),
                name="an_agency_or_one_account_accepted_the_terms",
            ),
        ]
