"""The register of papers that were made about a client."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from desist.advocacy.papers import states
from desist.advocacy.victims.models import Victim
from desist.facts import REF, SUBMISSION, Retention
from desist.references import reference


class Paper(models.Model):
    """One paper as it was ordered. It is drawn anew, from what was written by then, each time it is opened."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    victim = models.ForeignKey(
        Victim, on_delete=models.PROTECT, related_name="papers", db_comment="Client whom it is about"
    )
    kind = models.CharField(max_length=12, choices=states.Kind.choices, db_comment="Kind of paper, coded")
    purpose = models.CharField(max_length=12, choices=states.Purpose.choices, db_comment="Purpose, coded")
    format = models.CharField(max_length=4, choices=states.Format.choices, db_comment="Format of the file")
    large = models.BooleanField(db_comment="Whether it is printed large")
    since = models.DateField(null=True, db_comment="First day of the log in it; empty: from the beginning")
    until = models.DateField(null=True, db_comment="Last day of the log in it; empty: to the end")
    without = ArrayField(
        models.CharField(max_length=12, choices=states.Part.choices),
        db_comment="Parts of the log that are left out, coded",
    )
    places = models.BooleanField(
        db_comment="Whether it says exactly where, and holds words that may lead to them"
    )
    words = models.BinaryField(db_comment="Why it says exactly where; locked, or empty")
    made_by = models.CharField(max_length=40, db_comment="Account that made it")
    made_at = models.DateTimeField(db_comment="When it was made")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(places=False, words=b"") | (Q(places=True) & ~Q(words=b"")),
                name="a_paper_with_places_says_why",
            )
        ]
        indexes = [models.Index(fields=["victim", "made_at"], name="papers_of_a_victim")]
