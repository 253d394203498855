"""The certificate against a requirement: the days a person attended, and nothing of what was said."""

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

from desist.facts import REF, SUBMISSION, Retention
from desist.programme.episodes.models import Episode
from desist.programme.leaving.reports.states import Sent
from desist.references import reference


@pghistory.track()
class Certificate(models.Model):
    """One certificate with its document, kept with the site's own key. Written once, never changed."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, related_name="certificates", db_comment="Episode of the person"
    )
    number = models.PositiveSmallIntegerField(db_comment="Number of the certificate for this person, from 1")
    requirement = models.TextField(
        db_comment="Requirement that it certifies attendance against, in its words"
    )
    since = models.DateField(
        null=True,
        db_comment="Day from which attendance counts, the day the order was made; empty for a requirement of the agreement",
    )
    sessions = ArrayField(
        models.CharField(max_length=40), db_comment="Titles of the sessions attended; each kind counts from 1"
    )
    days = ArrayField(models.DateField(), db_comment="Days of the sessions attended")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    issued_by = models.CharField(max_length=40, db_comment="Account that issued it")
    issued_at = models.DateTimeField(db_comment="When it was issued")
    sent = models.CharField(
        max_length=20, choices=Sent.choices, db_comment="Whether the police were told, coded"
    )
    size = models.PositiveIntegerField(db_comment="Bytes")
    digest = models.CharField(max_length=64, db_comment="SHA-256 of the document")
    key = models.CharField(max_length=16, db_comment="Which of the site's key sets opens it")
    sealed = models.BinaryField(db_comment="The document, encrypted with the site's key")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["episode", "number"], name="a_certificate_has_its_number"),
            models.CheckConstraint(
                # a later certificate may name no session: it says that an earlier one named too many
                condition=models.Q(days__len__gt=0) | models.Q(number__gt=1),
                name="a_certificate_certifies_something",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="certificate_stays", operation=pgtrigger.Update | pgtrigger.Delete)
        ]
