"""Who can be allocated."""

import pghistory
from django.db import models


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
    profession = models.CharField(max_length=20, choices=Profession.choices)
    registration = models.CharField(max_length=60)
    trained_on = models.DateField(null=True)
    supervised_by = models.CharField(max_length=80, blank=True)
    capacity = models.PositiveSmallIntegerField(default=8)
    left_on = models.DateField(null=True)

    class Meta:
        app_label = "programme"
