"""Which client's case at an advocacy service stands behind which referral: known to the police and to nobody else."""

from datetime import datetime

import pghistory
from django.db import models

from desist.partnership.pairs.states import Happened, How, State
from desist.partnership.pairs.tokens import token
from desist.references import reference


@pghistory.track()
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

    class Meta:
        app_label = "partnership"
        indexes = [models.Index(fields=["area", "state", "made_at"], name="sides_of_an_area")]

    def happened(self, what: Happened, *, by: str, at: datetime, referral: str = "") -> None:
        """Write a line of the history, in the transaction of the change that it tells of."""
        self.happenings.create(what=what, referral=referral, by=by, at=at)


class PairHappening(models.Model):
    """One thing that happened to a pair: added, never changed. Of a merge or a split of referrals `side` is empty."""

    side = models.ForeignKey(Side, null=True, on_delete=models.PROTECT, related_name="happenings")
    referral = models.CharField(max_length=12, blank=True, db_index=True)
    other = models.CharField(max_length=12, blank=True)  # of a merge: the referral it was merged with
    what = models.CharField(max_length=12, choices=Happened.choices)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        app_label = "partnership"
