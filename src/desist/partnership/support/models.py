"""Referrals to agencies by a programme or an advocacy service, as the agency reads them: locked with the site's key."""

import json
from typing import Any

import pghistory
from django.db import models
from django.db.models import Q

from desist.agencies import Basis, Need
from desist.facts import AREA, REF, SUBMISSION, VERSION, Retention
from desist.partnership.agencies.models import Agency
from desist.partnership.support.states import State, What
from desist.post import locked
from desist.references import reference

SENDERS = [("programme", "Programme"), ("advocacy", "Advocacy service")]


@pghistory.track()
class SupportReferral(models.Model):
    """One person or client whom a service referred to an agency. Nobody but the agency's own people reads it."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    area = models.CharField(max_length=40, db_comment=AREA)
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="referrals", db_comment="Agency it is for"
    )
    zone = models.CharField(max_length=12, choices=SENDERS, db_comment="Kind of service that referred, coded")
    sender = models.CharField(max_length=60, db_comment="Partner that referred")
    thread = models.CharField(
        max_length=40, unique=True, db_comment="Token shared with that partner alone; never shown"
    )
    need = models.CharField(max_length=20, choices=Need.choices, db_comment="What help is needed for, coded")
    basis = models.CharField(max_length=16, choices=Basis.choices, db_comment="Lawful basis, coded")
    agreed = models.BooleanField(db_comment="Whether the person agreed to what is passed on")
    sealed_words = models.BinaryField(
        default=bytes,
        db_comment="Names, how to reach the person, and what is passed on, locked with the site's key; "
        "emptied once it is withdrawn",
    )
    referred_on = models.DateField(db_comment="Day of the referral")
    state = models.CharField(
        max_length=12, choices=State.choices, default=State.NEW, db_comment="Where it stands, coded"
    )
    version = models.PositiveIntegerField(default=1, db_comment=VERSION)
    arrived_at = models.DateTimeField(db_comment="When it arrived")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(zone__in=["programme", "advocacy"]), name="a_service_referred_to_the_agency"
            )
        ]
        indexes = [models.Index(fields=["agency", "state"], name="referrals_of_an_agency")]

    @property
    def told(self) -> dict[str, Any]:
        """The names (`given_names`, `family_name`), how to `reach` the person, and `told`; {} once it is withdrawn."""
        found: dict[str, Any] = json.loads(
            locked.unlock(place="support.words", row=self.ref, sealed=self.sealed_words) or "{}"
        )
        return found

    @told.setter
    def told(self, words: dict[str, Any]) -> None:
        text = json.dumps(words) if words else ""
        self.sealed_words = locked.lock(place="support.words", row=self.ref, text=text)

    @property
    def name(self) -> str:
        """The person's name; "" once it is withdrawn."""
        words = self.told
        return f"{words['given_names']} {words['family_name']}".strip() if words else ""


class SupportStep(models.Model):
    """One thing that happened to a referral: added, never changed."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    referral = models.ForeignKey(
        SupportReferral, on_delete=models.PROTECT, related_name="steps", db_comment="The referral"
    )
    what = models.CharField(max_length=12, choices=What.choices, db_comment="What happened, coded")
    on = models.DateField(db_comment="Day on which it happened")
    sealed_words = models.BinaryField(
        default=bytes, db_comment="Words about it, locked with the site's key; emptied on withdrawal"
    )
    by = models.CharField(max_length=40, db_comment="Account that did it; empty: the service that referred")
    at = models.DateTimeField(db_comment="When it was recorded")
    submission = models.CharField(max_length=64, null=True, unique=True, db_comment=SUBMISSION)

    class Meta:
        indexes = [models.Index(fields=["referral", "at"], name="steps_of_a_support_referral")]

    @property
    def words(self) -> str:
        """The words about it."""
        return locked.unlock(place="supportstep.words", row=self.ref, sealed=self.sealed_words)

    @words.setter
    def words(self, words: str) -> None:
        self.sealed_words = locked.lock(place="supportstep.words", row=self.ref, text=words)
