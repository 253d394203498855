"""Which client's case at an advocacy service stands behind which referral: known to the police alone."""

from datetime import datetime

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models

from desist.facts import AREA, REF, SUBMISSION, VERSION, Retention
from desist.partnership.pairs.states import Consent, Happened, How, Said, State
from desist.partnership.tokens import token
from desist.references import reference


@pghistory.track(exclude=["name_digests"])
class Side(models.Model):
    """A client's case at an advocacy service, known here by a thread and a crime reference: never by a name."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    area = models.CharField(max_length=40, db_comment=AREA)
    state = models.CharField(max_length=12, choices=State.choices, db_comment="Where it stands")
    version = models.PositiveIntegerField(default=1, db_comment=VERSION)
    how = models.CharField(max_length=12, choices=How.choices, db_comment="How the side became known, coded")
    advocacy = models.CharField(max_length=60, db_comment="The advocacy service")
    thread = models.CharField(
        max_length=40, unique=True, db_comment="Token shared with that service alone; never shown"
    )
    crime_reference = models.CharField(max_length=60, db_comment="The force's own reference")
    pair = models.CharField(
        max_length=40,
        default=token,
        db_index=True,
        db_comment="Pair token: rows with the same token belong together; never shown, never sent",
    )
    made_by = models.CharField(max_length=40, db_comment="Account that referred the victim, or the post")
    made_at = models.DateTimeField(db_comment="When the victim was referred or the service asked")
    asked_at = models.DateTimeField(
        null=True, db_comment="When the service last asked for news or ended it, by its own clock"
    )
    submission = models.CharField(max_length=64, null=True, unique=True, db_comment=SUBMISSION)
    name_digests = ArrayField(
        models.CharField(max_length=32),
        default=list,
        db_default=[],
        blank=True,
        db_comment="Keyed digests of the name of a client whom the police referred, to find the name in a referral's words; emptied when the client ends it, in no history, never shown, never sent",
    )

    class Meta:
        indexes = [
            models.Index(fields=["area", "state", "made_at"], name="sides_of_an_area"),
            models.Index(fields=["crime_reference"], name="sides_by_reference"),
        ]

    @property
    def called(self) -> str:
        """The words for the client on the telephone: never a name."""
        return f"crime reference {self.crime_reference}"

    def happened(
        self, what: Happened, *, by: str, at: datetime, referral: str = "", said: Said | None = None
    ) -> None:
        """Write a line of the history, in the transaction of the change that it describes."""
        told = vars(said) if said else {}
        self.happenings.create(what=what, referral=referral, by=by, at=at, **told)


class PairHappening(models.Model):
    """One thing that happened to a pair: added, never changed. Of a merge or a split of referrals `side` is empty."""

    retention_class = Retention.CASE
    side = models.ForeignKey(
        Side,
        null=True,
        on_delete=models.PROTECT,
        related_name="happenings",
        db_comment="Side that it happened to; empty for referrals",
    )
    referral = models.CharField(
        max_length=12, blank=True, db_index=True, db_comment="Reference of the referral"
    )
    other = models.CharField(
        max_length=12, blank=True, db_comment="Of a merge: the referral it was merged with"
    )
    what = models.CharField(max_length=12, choices=Happened.choices, db_comment="What happened, coded")
    told_by = models.CharField(
        max_length=80,
        blank=True,
        db_comment="Person at a service without software who said it: name and role",
    )
    told_at = models.DateTimeField(null=True, db_comment="When they said it")
    consent = models.CharField(
        max_length=12,
        choices=Consent.choices,
        blank=True,
        db_comment="Consent of the client on which the service asked, coded",
    )
    consented_on = models.DateField(null=True, db_comment="Day on which the client gave it")
    by = models.CharField(max_length=40, db_comment="Account that did it")
    at = models.DateTimeField(db_comment="When it happened")
