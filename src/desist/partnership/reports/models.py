"""What advocacy services told of incidents, as their clients chose."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from desist.partnership.pairs.models import Side
from desist.partnership.reports.states import State
from desist.references import reference


class Report(models.Model):
    """One incident. Its words are emptied a day after the force gave its crime reference; nothing keeps a copy."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    side = models.ForeignKey(Side, on_delete=models.PROTECT, related_name="reports")
    area = models.CharField(max_length=40)
    token = models.CharField(max_length=40, unique=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    told_reference = models.CharField(max_length=60, blank=True)  # that the client had already
    happened_on = models.DateField()
    happened_time = models.CharField(max_length=5, blank=True)
    place = models.CharField(max_length=40)
    behaviours = ArrayField(models.CharField(max_length=40))
    channel = models.CharField(max_length=40)
    through = models.CharField(max_length=40)
    marks = ArrayField(models.CharField(max_length=40), default=list)
    account = models.TextField(blank=True)
    effect = models.TextField(blank=True)
    evidence = ArrayField(models.CharField(max_length=40), default=list)
    kept = models.TextField(blank=True)
    witnesses = models.TextField(blank=True)
    contact = models.CharField(max_length=40)
    reported_at = models.DateTimeField()
    due_at = models.DateTimeField()
    crime_reference = models.CharField(max_length=24, blank=True)
    recorded_by = models.CharField(max_length=40, blank=True)
    recorded_at = models.DateTimeField(null=True)
    empties_at = models.DateTimeField(
        null=True
    )  # when its words go; None while it is open, and once they went

    class Meta:
        app_label = "partnership"
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state="open", crime_reference="", recorded_by="", recorded_at=None, empties_at=None
                )
                | (
                    Q(state="recorded", recorded_at__isnull=False)
                    & (Q(empties_at__isnull=False) | Q(account="", effect="", kept="", witnesses=""))
                    & ~Q(crime_reference="")
                    & ~Q(recorded_by="")
                ),
                name="a_recorded_report_has_its_reference_and_words_for_a_day",
            )
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="open"), name="reports_open"),
            models.Index(
                fields=["empties_at"], condition=Q(empties_at__isnull=False), name="reports_to_empty"
            ),
        ]
