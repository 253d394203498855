"""Screenings of the risk to a client: what a rater concluded with a tool. The words are locked with the client's own key."""

import pghistory
from django.db import models
from django.db.models import Q

from desist.advocacy.incidents.models import Incident
from desist.advocacy.screenings.states import TOOLS, Source
from desist.advocacy.victims.models import Victim
from desist.facts import REF, SUBMISSION, Retention
from desist.references import reference


@pghistory.track()
class Screening(models.Model):
    """One screening with a tool. Nothing is computed from it; the next one replaces it, and it stays readable."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    victim = models.ForeignKey(
        Victim, on_delete=models.PROTECT, related_name="screenings", db_comment="Client who was screened"
    )
    incident = models.ForeignKey(
        Incident,
        null=True,
        on_delete=models.PROTECT,
        related_name="screenings",
        db_comment="Incident after which it was done, where it was done for one",
    )
    source = models.CharField(
        max_length=12, choices=Source.choices, db_comment="Which service screened, coded"
    )
    tool = models.CharField(max_length=20, choices=TOOLS, db_comment="Name of the tool")
    words = models.BinaryField(db_comment="Version, result, rater and reasons; locked")
    rater_trained = models.BooleanField(db_comment="Whether the rater is trained in the tool")
    rated_on = models.DateField(db_comment="Day of the screening")
    review_on = models.DateField(
        null=True, db_comment="Day by which it must be reviewed; empty: at once, since the police sent it"
    )
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    recorded_by = models.CharField(max_length=40, db_comment="Account that recorded it")
    recorded_at = models.DateTimeField(db_comment="When it was recorded")
    struck_words = models.BinaryField(
        default=bytes, db_comment="Why it was entered by mistake, locked with the client's key"
    )
    struck_by = models.CharField(max_length=40, blank=True, db_comment="Account that struck it out")
    struck_at = models.DateTimeField(null=True, db_comment="When it was struck out")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(struck_at=None, struck_by="", struck_words=b"")
                | (Q(struck_at__isnull=False) & ~Q(struck_by="") & ~Q(struck_words=b"")),
                name="a_struck_screening_says_who_and_why",
            ),
            models.CheckConstraint(
                condition=Q(review_on__isnull=False) | Q(source="police"),
                name="a_screening_of_ours_has_its_review",
            ),
        ]
        indexes = [models.Index(fields=["victim", "rated_on"], name="screenings_of_a_victim")]
