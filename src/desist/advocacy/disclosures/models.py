"""Disclosures that a client chose, word by word. The words are locked with the client's own key."""

import secrets

import pghistory
from django.db import models
from django.db.models import Q

from desist.advocacy.disclosures.states import State
from desist.advocacy.safety.states import What, Whom
from desist.advocacy.victims.models import Victim
from desist.disclosure import codes
from desist.facts import REF, SUBMISSION, VERSION, Retention
from desist.references import reference


def token() -> str:
    """Return a fresh name of one disclosure between this service and the police: 128 random bits, never shown."""
    return secrets.token_urlsafe(16)


@pghistory.track()
class Disclosure(models.Model):
    """One disclosure: an exact copy, for the police alone or to be passed on to the programme."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    victim = models.ForeignKey(
        Victim, on_delete=models.PROTECT, related_name="disclosures", db_comment="Client whom it is about"
    )
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.DRAFT, db_comment="Where it stands"
    )
    version = models.PositiveIntegerField(default=1, db_comment=VERSION)
    token = models.CharField(
        max_length=40, unique=True, default=token, db_comment="Names it towards the police; never shown"
    )
    to = models.CharField(max_length=60, db_comment="Police site that it goes to")
    recipient = models.CharField(max_length=12, choices=Whom.choices, db_comment="Final recipient, coded")
    what = models.CharField(
        max_length=12, choices=What.choices, db_comment="Choice of the client that allows it, coded"
    )
    words = models.BinaryField(db_comment="The exact words and the reasons, locked with the client's own key")
    nature = models.CharField(max_length=12, choices=codes.Nature.choices, db_comment="Fact or assessment")
    as_of = models.DateField(db_comment="Day on which the fact stood so")
    may_be_raised = models.BooleanField(db_comment="Whether it may be raised with the participant")
    told_on = models.DateField(
        null=True, db_comment="Day on which the police told the person; without it nothing may be raised"
    )
    purpose = models.CharField(
        max_length=20, choices=codes.Purpose.choices, db_comment="What it is for, coded"
    )
    basis = models.CharField(max_length=12, choices=codes.Basis.choices, db_comment="Basis, coded")
    to_save_a_life = models.BooleanField(
        default=False,
        db_default=False,
        db_comment="Whether it is made without the client's choice, because a life is at stake",
    )
    agreement = models.CharField(max_length=12, blank=True, db_comment="Reference of the sharing agreement")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    started_by = models.CharField(max_length=40, db_comment="Account that began it")
    started_at = models.DateTimeField(db_comment="When it was begun")
    sent_at = models.DateTimeField(null=True, db_comment="When it was sent")
    received_at = models.DateTimeField(null=True, db_comment="When exactly this copy arrived")
    passed_on_at = models.DateTimeField(null=True, db_comment="When the police passed it on to the programme")
    closed_by = models.CharField(
        max_length=40,
        blank=True,
        db_comment="Account that dropped or recalled it; the post where the police refused it",
    )
    closed_at = models.DateTimeField(null=True, db_comment="When it was dropped, refused or recalled")
    reason = models.CharField(
        max_length=20, blank=True, db_comment="Reason for dropping, refusing or recalling it, coded"
    )
    stopped_at = models.DateTimeField(
        null=True, db_comment="When the police confirmed that they no longer use it"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(may_be_raised=False, told_on=None) | Q(may_be_raised=True, told_on__isnull=False),
                name="only_what_the_police_told_may_be_raised",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "dropped"]) | Q(sent_at__isnull=False),
                name="what_was_disclosed_has_its_moment",
            ),
        ]
        indexes = [models.Index(fields=["state", "recipient"], name="disclosures_by_state")]
