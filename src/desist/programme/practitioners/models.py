"""Who can be allocated, who supervises them, and to whom they have declared a link."""

import pghistory
from django.db import models
from django.db.models import Q

from desist.programme.practitioners.states import Body, Link
from desist.references import reference


@pghistory.track()
class Practitioner(models.Model):
    """A behaviour change practitioner, by the reference of their account."""

    class Profession(models.TextChoices):
        """Who may work one to one."""

        PROBATION = "probation", "Probation officer"
        THERAPIST = "therapist", "Qualified therapist"
        CBT = "cbt", "Cognitive behavioural practitioner"

    ref = models.CharField(max_length=12, unique=True)  # the account's reference
    name = models.CharField(max_length=80)
    area = models.CharField(max_length=40)
    version = models.PositiveIntegerField(default=1)
    profession = models.CharField(max_length=20, choices=Profession.choices)
    registered_with = models.CharField(max_length=20, choices=Body.choices, default=Body.OTHER)
    registration = models.CharField(max_length=60)
    registered_until = models.DateField(null=True)  # none: the body names no end
    trained_on = models.DateField(null=True)
    training_signed_by = models.CharField(max_length=40, blank=True)  # account
    capacity = models.PositiveSmallIntegerField(default=8)
    left_on = models.DateField(null=True)

    class Meta:
        app_label = "programme"


@pghistory.track()
class Declaration(models.Model):
    """A link to a person that a practitioner declared: by the case, or by name for somebody who may come one day."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="declarations")
    kind = models.CharField(max_length=20, choices=Link.choices)
    case = models.CharField(max_length=12, blank=True)  # the referral's reference
    given_names = models.CharField(max_length=80, blank=True)
    family_name = models.CharField(max_length=80, blank=True)
    born = models.DateField(null=True)
    submission = models.CharField(max_length=64, unique=True)
    declared_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "programme"
        constraints = [
            models.CheckConstraint(
                condition=(~Q(case="") & Q(family_name="")) | (Q(case="") & ~Q(family_name="")),
                name="a_link_is_to_a_case_or_to_a_name",
            ),
        ]


@pghistory.track()
class SupervisionArrangement(models.Model):
    """Who supervises a practitioner, and how often; exactly one is current. `due_on` follows from it and what was held."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="arrangements")
    supervisor = models.CharField(max_length=40)  # account
    every_weeks = models.PositiveSmallIntegerField()
    begins_on = models.DateField()
    due_on = models.DateField()
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    ended_by = models.CharField(max_length=40, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "programme"
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
