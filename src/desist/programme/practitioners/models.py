"""Practitioners: which people can be allocated to them, who supervises them, and their declared links."""

import pghistory
from django.db import models
from django.db.models import Q

from desist.facts import AREA, REF, SUBMISSION, VERSION, Retention
from desist.programme.practitioners.states import Body, Link
from desist.references import reference


@pghistory.track()
class Practitioner(models.Model):
    """A behaviour change practitioner, by the reference of their account."""

    retention_class = Retention.ACCOUNT

    class Profession(models.TextChoices):
        """The professions that may work one to one."""

        PROBATION = "probation", "Probation officer"
        THERAPIST = "therapist", "Qualified therapist"
        CBT = "cbt", "Cognitive behavioural practitioner"

    ref = models.CharField(max_length=12, unique=True, db_comment="The account's reference")
    name = models.CharField(max_length=80, db_comment="Name of the practitioner, as of the account")
    area = models.CharField(max_length=40, db_comment=AREA)
    version = models.PositiveIntegerField(default=1, db_comment=VERSION)
    profession = models.CharField(max_length=20, choices=Profession.choices, db_comment="Profession, coded")
    registered_with = models.CharField(
        max_length=20, choices=Body.choices, default=Body.OTHER, db_comment="Professional body, coded"
    )
    registration = models.CharField(max_length=60, db_comment="Number of the professional registration")
    registered_until = models.DateField(
        null=True, db_comment="Last day of the registration; empty where the body names no end"
    )
    trained_on = models.DateField(null=True, db_comment="Day the training was signed off")
    training_signed_by = models.CharField(max_length=40, blank=True, db_comment="Account that signed it off")
    capacity = models.PositiveSmallIntegerField(
        default=8, db_comment="How many people they work with at most"
    )
    left_on = models.DateField(null=True, db_comment="First day after they left")


@pghistory.track()
class Declaration(models.Model):
    """A link to a person that a practitioner declared: by the case, or by name for a person who may be referred later."""

    retention_class = Retention.ACCOUNT
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    practitioner = models.ForeignKey(
        Practitioner,
        on_delete=models.PROTECT,
        related_name="declarations",
        db_comment="Practitioner who declared the link",
    )
    kind = models.CharField(
        max_length=20, choices=Link.choices, db_comment="Kind of link, coded; no words are asked for"
    )
    case = models.CharField(
        max_length=12, blank=True, db_comment="Reference of the referral, where it was named so"
    )
    given_names = models.CharField(
        max_length=80, blank=True, db_comment="Given names of the person, where they were named"
    )
    family_name = models.CharField(
        max_length=80, blank=True, db_comment="Family name of the person, where they were named"
    )
    born = models.DateField(null=True, db_comment="Date of birth of the person, where it was known")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    declared_at = models.DateTimeField(db_comment="When it was declared")
    ended_at = models.DateTimeField(null=True, db_comment="When the declaration was ended")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(~Q(case="") & Q(family_name="")) | (Q(case="") & ~Q(family_name="")),
                name="a_link_is_to_a_case_or_to_a_name",
            ),
        ]


@pghistory.track()
class SupervisionArrangement(models.Model):
    """Who supervises a practitioner, and how often; exactly one is current. `due_on` follows from it and what was held."""

    retention_class = Retention.ACCOUNT
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    practitioner = models.ForeignKey(
        Practitioner,
        on_delete=models.PROTECT,
        related_name="arrangements",
        db_comment="Practitioner who is supervised",
    )
    supervisor = models.CharField(max_length=40, db_comment="Account that supervises")
    every_weeks = models.PositiveSmallIntegerField(db_comment="Weeks between two supervisions")
    begins_on = models.DateField(db_comment="Day from which it holds")
    due_on = models.DateField(db_comment="Day by which the next supervision is due")
    made_by = models.CharField(max_length=40, db_comment="Account that arranged it")
    made_at = models.DateTimeField(db_comment="When it was made")
    ended_by = models.CharField(max_length=40, blank=True, db_comment="Account that ended it")
    ended_at = models.DateTimeField(null=True, db_comment="When it was ended; empty while it holds")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practitioner"], condition=Q(ended_at=None), name="one_current_supervisor"
            ),
            models.CheckConstraint(
                condition=Q(every_weeks__range=(1, 12)), name="supervision_is_every_1_to_12_weeks"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by="") | (Q(ended_at__isnull=False) & ~Q(ended_by="")),
                name="an_ended_arrangement_says_by_whom",
            ),
        ]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(ended_at=None), name="supervision_due"),
        ]
