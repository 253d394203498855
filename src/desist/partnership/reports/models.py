"""The incidents that advocacy services reported, as their clients chose."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from desist.facts import AREA, REF, Retention
from desist.partnership.pairs.models import Side
from desist.partnership.reports.states import State
from desist.references import reference


class Report(models.Model):
    """One incident. Its words are emptied a day after the force gave its crime reference; nothing keeps a copy."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    side = models.ForeignKey(
        Side, on_delete=models.PROTECT, related_name="reports", db_comment="Side whose service sent it"
    )
    area = models.CharField(max_length=40, db_comment=AREA)
    token = models.CharField(
        max_length=40, unique=True, db_comment="Names it towards that service alone; never shown"
    )
    state = models.CharField(
        max_length=12,
        choices=State.choices,
        default=State.OPEN,
        db_comment="Whether a crime reference was given",
    )
    told_reference = models.CharField(
        max_length=60, blank=True, db_comment="Crime reference that the client already had"
    )
    happened_on = models.DateField(db_comment="Day on which it happened")
    happened_time = models.CharField(max_length=5, blank=True, db_comment="Time at which it happened")
    place = models.CharField(max_length=40, db_comment="Kind of place, coded: no address")
    behaviours = ArrayField(
        models.CharField(max_length=40), db_comment="Acts associated with stalking, from the list of s.2A(3)"
    )
    channel = models.CharField(max_length=40, db_comment="Way in which it was done, coded")
    through = models.CharField(max_length=40, db_comment="Whether another person did it for them, coded")
    marks = ArrayField(
        models.CharField(max_length=40), default=list, db_comment="Other features of the incident, coded"
    )
    account = models.TextField(
        blank=True, db_comment="What happened; emptied once a crime reference is given"
    )
    effect = models.TextField(blank=True, db_comment="How it affected them; emptied likewise")
    evidence = ArrayField(
        models.CharField(max_length=40), default=list, db_comment="Evidence that is kept, coded"
    )
    kept = models.TextField(blank=True, db_comment="Where the evidence is kept; emptied likewise")
    witnesses = models.TextField(blank=True, db_comment="Witnesses; emptied likewise")
    contact = models.CharField(max_length=40, db_comment="The advocate's work telephone number")
    reported_at = models.DateTimeField(db_comment="When it was sent")
    due_at = models.DateTimeField(db_comment="When the advocacy service rings if there is no crime reference")
    crime_reference = models.CharField(max_length=24, blank=True, db_comment="The force's own reference")
    recorded_by = models.CharField(
        max_length=40, blank=True, db_comment="Account that gave the crime reference"
    )
    recorded_at = models.DateTimeField(null=True, db_comment="When the crime reference was given")
    empties_at = models.DateTimeField(
        null=True,
        db_comment="When its words are emptied, a day after the crime reference; empty while it is open and once they went",
    )

    class Meta:
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
                fields=["crime_reference"], condition=~Q(crime_reference=""), name="reports_by_reference"
            ),
            models.Index(
                fields=["told_reference"], condition=~Q(told_reference=""), name="reports_by_told_reference"
            ),
            models.Index(
                fields=["empties_at"], condition=Q(empties_at__isnull=False), name="reports_to_empty"
            ),
        ]
