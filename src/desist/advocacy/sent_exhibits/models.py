"""Exhibits that were sent to the police with a report, as the client chose."""

import secrets

import pghistory
from django.db import models
from django.db.models import Q

from desist.advocacy.exhibits.models import Exhibit
from desist.advocacy.packs.models import BreachPack
from desist.advocacy.sent_exhibits.states import State
from desist.advocacy.victims.states import How
from desist.disclosure.codes import Recall
from desist.facts import REF, SUBMISSION, Retention
from desist.references import reference


def token() -> str:
    """Return a fresh name of one exhibit between this service and the police: 128 random bits, never shown."""
    return secrets.token_urlsafe(16)


@pghistory.track()
class SentExhibit(models.Model):
    """One exhibit with the police. Its bytes stay with the exhibit; the police ask for them piece by piece."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    exhibit = models.OneToOneField(
        Exhibit, on_delete=models.PROTECT, related_name="sent", db_comment="Exhibit that was sent"
    )
    pack = models.ForeignKey(
        BreachPack, on_delete=models.PROTECT, related_name="exhibits", db_comment="Report that it belongs to"
    )
    token = models.CharField(
        max_length=40, unique=True, default=token, db_comment="Names it towards that force alone; never shown"
    )
    state = models.CharField(
        max_length=12, choices=State.choices, default=State.SENT, db_comment="How it stands there, coded"
    )
    agreed_on = models.DateField(db_comment="Day on which the client chose to have it sent")
    agreed_how = models.CharField(
        max_length=12, choices=How.choices, db_comment="Way in which they said so, coded"
    )
    words = models.BinaryField(db_comment="Their own words and conditions; locked")
    parts = models.PositiveIntegerField(db_comment="Number of its pieces")
    here = models.PositiveIntegerField(default=0, db_comment="Number of pieces that the police have")
    sent_by = models.CharField(max_length=40, db_comment="Account that sent it")
    sent_at = models.DateTimeField(db_comment="When it was sent")
    answered_at = models.DateTimeField(null=True, db_comment="When the police said what had arrived")
    recall_reason = models.CharField(
        max_length=40, choices=Recall.choices, blank=True, db_comment="Why it was recalled, coded"
    )
    recalled_by = models.CharField(max_length=40, blank=True, db_comment="Account that recalled it")
    recalled_at = models.DateTimeField(null=True, db_comment="When it was recalled")
    stopped_at = models.DateTimeField(null=True, db_comment="When the police had deleted it")
    saved = models.PositiveIntegerField(null=True, db_comment="Number of copies that the police had saved")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(recalled_at=None, recall_reason="", recalled_by="", stopped_at=None, saved=None)
                | (
                    Q(state="recalled", recalled_at__isnull=False) & ~Q(recall_reason="") & ~Q(recalled_by="")
                ),
                name="a_recalled_exhibit_says_why_and_by_whom",
            )
        ]
