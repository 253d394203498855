"""Which client's case at an advocacy service stands behind which referral: known to the police and to nobody else."""

from datetime import datetime

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models

from desist.partnership.pairs.states import Consent, Happened, How, Said, State
from desist.partnership.tokens import token
from desist.references import reference


@pghistory.track(exclude=["name_digests"])
class Side(models.Model):
    """A client's case at an advocacy service, known here by a thread and a crime reference: never by a name."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    area = models.CharField(max_length=40)
    state = models.CharField(max_length=12, choices=State.choices)
    version = models.PositiveIntegerField(default=1)
    how = models.CharField(max_length=12, choices=How.choices)
    advocacy = models.CharField(max_length=60)  # the partner
    thread = models.CharField(max_length=40, unique=True)
    crime_reference = models.CharField(max_length=60)
    pair = models.CharField(max_length=40, default=token, db_index=True)
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)  # by the service's clock: what it last asked for or ended
    submission = models.CharField(max_length=64, null=True, unique=True)  # typed in here
    #: of the name of a client whom the police referred, until the client ends it; in no history
    name_digests = ArrayField(models.CharField(max_length=32), default=list, db_default=[], blank=True)

    class Meta:
        app_label = "partnership"
        indexes = [models.Index(fields=["area", "state", "made_at"], name="sides_of_an_area")]

    @property
    def called(self) -> str:
        """How both sides know the client on the telephone: never by a name."""
        return f"crime reference {self.crime_reference}"

    def happened(
        self, what: Happened, *, by: str, at: datetime, referral: str = "", said: Said | None = None
    ) -> None:
        """Write a line of the history, in the transaction of the change that it tells of."""
        told = vars(said) if said else {}
        self.happenings.create(what=what, referral=referral, by=by, at=at, **told)


class PairHappening(models.Model):
    """One thing that happened to a pair: added, never changed. Of a merge or a split of referrals `side` is empty."""

    side = models.ForeignKey(Side, null=True, on_delete=models.PROTECT, related_name="happenings")
    referral = models.CharField(max_length=12, blank=True, db_index=True)
    other = models.CharField(max_length=12, blank=True)  # of a merge: the referral it was merged with
    what = models.CharField(max_length=12, choices=Happened.choices)
    #: of what a service without software said: who there, when, on which consent
    told_by = models.CharField(max_length=80, blank=True)
    told_at = models.DateTimeField(null=True)
    consent = models.CharField(max_length=12, choices=Consent.choices, blank=True)
    consented_on = models.DateField(null=True)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        app_label = "partnership"
