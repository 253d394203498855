"""Clients of the service, their allocations to advocates, and their consents."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from desist import codes
from desist.advocacy.team.models import Advocate
from desist.advocacy.victims.states import CloseReason, How, PauseReason, Purpose, State, WayIn
from desist.facts import AREA, REF, SUBMISSION, VERSION, Retention
from desist.references import reference


@pghistory.track()
class Victim(models.Model):
    """One client. Who they are is locked; what leads to them is in the vault."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    area = models.CharField(max_length=40, db_comment=AREA)
    state = models.CharField(
        max_length=12, choices=State.choices, default=State.WAITING, db_comment="Where the case stands"
    )
    version = models.PositiveIntegerField(default=1, db_comment=VERSION)
    identity = models.BinaryField(
        db_comment="Names and what was said on the way in, locked with the client's own key"
    )
    way_in = models.CharField(
        max_length=12, choices=WayIn.choices, db_comment="How the client came to the service, coded"
    )
    partner = models.CharField(max_length=60, blank=True, db_comment="Police site that referred the client")
    thread = models.CharField(
        max_length=40, null=True, unique=True, db_comment="Token shared with that site alone; never shown"
    )
    relationship = models.CharField(
        max_length=40,
        choices=codes.Relationship.choices,
        blank=True,
        db_comment="Relationship of the client to the person who stalks them, coded",
    )
    behaviours = ArrayField(
        models.CharField(max_length=40, choices=codes.Behaviour.choices),
        default=list,
        db_comment="Acts associated with stalking, from the list of s.2A(3)",
    )
    crime_reference = models.CharField(max_length=60, blank=True, db_comment="The police's own reference")
    enhanced = models.BooleanField(
        default=True,
        db_comment="Enhanced entitlement under the Victims' Code, which sets the clock of updates",
    )
    received_at = models.DateTimeField(
        db_comment="When the client came to the service: the clock to first contact begins"
    )
    recorded_by = models.CharField(max_length=40, db_comment="Account that took the client on, or the post")
    submission = models.CharField(max_length=64, null=True, unique=True, db_comment=SUBMISSION)
    first_contact_at = models.DateTimeField(null=True, db_comment="When the client was first reached")
    closed_at = models.DateTimeField(null=True, db_comment="When the case was closed")
    close_reason = models.CharField(
        max_length=24, choices=CloseReason.choices, blank=True, db_comment="Why the case was closed, coded"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False)
                | (~Q(state="closed") & Q(closed_at=None)),
                name="a_closed_case_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="open") | Q(first_contact_at__isnull=False),
                name="nobody_is_supported_before_first_contact",
            ),
        ]
        indexes = [models.Index(fields=["area", "state", "received_at"], name="victims_of_an_area")]

    @property
    def called(self) -> str:
        """The words for the client on the telephone with the police, if the police know them: never a name."""
        return f"crime reference {self.crime_reference}" if self.crime_reference else ""


@pghistory.track()
class Allocation(models.Model):
    """Which advocate works with a client; exactly one does at a time."""

    retention_class = Retention.CASE
    victim = models.ForeignKey(
        Victim, on_delete=models.PROTECT, related_name="allocations", db_comment="Client of the allocation"
    )
    advocate = models.ForeignKey(
        Advocate,
        on_delete=models.PROTECT,
        related_name="allocations",
        db_comment="Advocate who supports the client",
    )
    made_by = models.CharField(max_length=40, db_comment="Account that made it")
    made_at = models.DateTimeField(db_comment="When the allocation began")
    ended_at = models.DateTimeField(null=True, db_comment="When the allocation ended")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["victim"], condition=Q(ended_at=None), name="one_advocate_at_a_time"
            )
        ]


@pghistory.track()
class Consent(models.Model):
    """One thing a client consented to, from a day until it was withdrawn."""

    retention_class = Retention.CASE
    victim = models.ForeignKey(
        Victim, on_delete=models.PROTECT, related_name="consents", db_comment="Client who consents"
    )
    purpose = models.CharField(
        max_length=16, choices=Purpose.choices, db_comment="Purpose of the consent, coded"
    )
    given_on = models.DateField(db_comment="Day on which it was given")
    how = models.CharField(max_length=12, choices=How.choices, db_comment="How it was given, coded")
    recorded_by = models.CharField(max_length=40, db_comment="Account that recorded it")
    recorded_at = models.DateTimeField(db_comment="When it was recorded")
    withdrawn_at = models.DateTimeField(null=True, db_comment="When it was withdrawn")
    withdrawn_by = models.CharField(
        max_length=40, blank=True, db_comment="Account that recorded the withdrawal"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["victim", "purpose"], condition=Q(withdrawn_at=None), name="one_consent_a_purpose"
            )
        ]


@pghistory.track()
class ClockPause(models.Model):
    """A stretch in which the clocks of a client stand still, and why. Counted apart."""

    retention_class = Retention.CASE
    victim = models.ForeignKey(
        Victim, on_delete=models.PROTECT, related_name="pauses", db_comment="Client whose first contact waits"
    )
    reason = models.CharField(
        max_length=16, choices=PauseReason.choices, db_comment="Why contact must wait, coded"
    )
    began_by = models.CharField(max_length=40, db_comment="Account that began it")
    began_at = models.DateTimeField(db_comment="When it began")
    ended_by = models.CharField(max_length=40, blank=True, db_comment="Account that ended it")
    ended_at = models.DateTimeField(null=True, db_comment="When it ended")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["victim"], condition=Q(ended_at=None), name="one_pause_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=models.F("began_at")),
                name="a_pause_ends_after_it_began",
            ),
        ]
