"""A client of the service, who works with them, and what they consented to."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from desist import codes
from desist.advocacy.team.models import Advocate
from desist.advocacy.victims.states import CloseReason, How, PauseReason, Purpose, State, WayIn
from desist.references import reference


@pghistory.track()
class Victim(models.Model):
    """One client. Who they are is locked; what leads to them is in the vault."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    area = models.CharField(max_length=40)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    version = models.PositiveIntegerField(default=1)
    identity = models.BinaryField()
    way_in = models.CharField(max_length=12, choices=WayIn.choices)
    partner = models.CharField(max_length=60, blank=True)  # the police site that referred them
    thread = models.CharField(max_length=40, null=True, unique=True)
    relationship = models.CharField(max_length=40, choices=codes.Relationship.choices, blank=True)
    behaviours = ArrayField(models.CharField(max_length=40, choices=codes.Behaviour.choices), default=list)
    crime_reference = models.CharField(max_length=60, blank=True)
    #: of the Victims' Code: somebody who is stalked has it unless the police say otherwise
    enhanced = models.BooleanField(default=True)
    received_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=40)
    submission = models.CharField(max_length=64, null=True, unique=True)
    first_contact_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    close_reason = models.CharField(max_length=24, choices=CloseReason.choices, blank=True)

    class Meta:
        app_label = "advocacy"
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
        """How the police know the client on the telephone, where they know them: never by a name."""
        return f"crime reference {self.crime_reference}" if self.crime_reference else ""


@pghistory.track()
class Allocation(models.Model):
    """Which advocate works with a client; exactly one does at a time."""

    victim = models.ForeignKey(Victim, on_delete=models.PROTECT, related_name="allocations")
    advocate = models.ForeignKey(Advocate, on_delete=models.PROTECT, related_name="allocations")
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "advocacy"
        constraints = [
            models.UniqueConstraint(
                fields=["victim"], condition=Q(ended_at=None), name="one_advocate_at_a_time"
            )
        ]


@pghistory.track()
class Consent(models.Model):
    """One thing a client consented to, from a day until it was withdrawn."""

    victim = models.ForeignKey(Victim, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=16, choices=Purpose.choices)
    given_on = models.DateField()
    how = models.CharField(max_length=12, choices=How.choices)
    recorded_by = models.CharField(max_length=40)
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=40, blank=True)

    class Meta:
        app_label = "advocacy"
        constraints = [
            models.UniqueConstraint(
                fields=["victim", "purpose"], condition=Q(withdrawn_at=None), name="one_consent_a_purpose"
            )
        ]


@pghistory.track()
class ClockPause(models.Model):
    """A stretch in which the clocks of a client stand still, and why. Counted apart."""

    victim = models.ForeignKey(Victim, on_delete=models.PROTECT, related_name="pauses")
    reason = models.CharField(max_length=16, choices=PauseReason.choices)
    began_by = models.CharField(max_length=40)
    began_at = models.DateTimeField()
    ended_by = models.CharField(max_length=40, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "advocacy"
        constraints = [
            models.UniqueConstraint(
                fields=["victim"], condition=Q(ended_at=None), name="one_pause_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=models.F("began_at")),
                name="a_pause_ends_after_it_began",
            ),
        ]
