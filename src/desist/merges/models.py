"""Merges of two records of one person; their words and the facts compared are locked with the site's key."""

import json
from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from desist.facts import AREA, REF, SUBMISSION, VERSION, Retention
from desist.merges.states import State
from desist.post import locked
from desist.references import reference


@pghistory.track()
class Merge(models.Model):
    """Two records are of one person: the second leads to the first. Nothing of either is deleted."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    area = models.CharField(max_length=40, db_comment=AREA)
    table = models.CharField(max_length=60, db_comment="Table of the two records")
    first = models.CharField(
        max_length=12, db_index=True, db_comment="Reference of the record that the person is found under"
    )
    second = models.CharField(
        max_length=12, db_index=True, db_comment="Reference of the record that leads to the first"
    )
    state = models.CharField(
        max_length=12, choices=State.choices, default=State.ASKED, db_comment="Where it stands"
    )
    taken = ArrayField(
        models.CharField(max_length=40),
        default=list,
        db_comment="Names of the answers that the first record takes from the second",
    )
    sealed_reason = models.BinaryField(
        default=bytes, db_comment="Why the records are of one person, locked with the site's key"
    )
    sealed_facts = models.BinaryField(
        default=bytes, db_comment="What both records said when they were compared, locked with the site's key"
    )
    rows = models.JSONField(
        default=dict,
        db_comment="References of the rows of each record at the merge, by table: no words of theirs",
    )
    asked_by = models.CharField(max_length=40, db_comment="Account that compared the records and asks")
    asked_at = models.DateTimeField(db_comment="When it was asked")
    answered_by = models.CharField(
        max_length=40, blank=True, db_comment="Account of the second person, or the one that withdrew it"
    )
    answered_at = models.DateTimeField(null=True, db_comment="When it was answered")
    split_by = models.CharField(max_length=40, blank=True, db_comment="Account that split the records again")
    split_at = models.DateTimeField(null=True, db_comment="When they were split again")
    sealed_why_split = models.BinaryField(
        default=bytes, db_comment="Why the records are of two people after all, locked with the site's key"
    )
    version = models.PositiveIntegerField(default=1, db_comment=VERSION)
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(first=F("second")), name="a_merge_is_of_two_records"),
            models.UniqueConstraint(
                fields=["second"], condition=Q(state="stands"), name="a_record_leads_to_one_other"
            ),
            models.CheckConstraint(
                condition=Q(state="asked", answered_by="", answered_at=None)
                | (~Q(state="asked") & ~Q(answered_by="") & Q(answered_at__isnull=False)),
                name="an_answered_merge_says_by_whom",
            ),
            models.CheckConstraint(
                condition=(~Q(state="split") & Q(split_by="", split_at=None))
                | (Q(state="split", split_at__isnull=False) & ~Q(split_by="")),
                name="a_split_says_by_whom",
            ),
        ]
        indexes = [models.Index(fields=["state", "asked_at"], name="merges_by_state")]

    @property
    def reason(self) -> str:
        """Why the records are of one person."""
        return locked.unlock(place="merge.reason", row=self.ref, sealed=self.sealed_reason)

    @reason.setter
    def reason(self, words: str) -> None:
        self.sealed_reason = locked.lock(place="merge.reason", row=self.ref, text=words)

    @property
    def why_split(self) -> str:
        """Why the records are of two people after all."""
        return locked.unlock(place="merge.why_split", row=self.ref, sealed=self.sealed_why_split)

    @why_split.setter
    def why_split(self, words: str) -> None:
        self.sealed_why_split = locked.lock(place="merge.why_split", row=self.ref, text=words)

    @property
    def facts(self) -> list[dict[str, Any]]:
        """The answers of the first and of the second record when they were compared."""
        kept: list[dict[str, Any]] = json.loads(
            locked.unlock(place="merge.facts", row=self.ref, sealed=self.sealed_facts)
        )
        return kept

    @facts.setter
    def facts(self, facts: list[dict[str, Any]]) -> None:
        text = json.dumps(facts, cls=DjangoJSONEncoder, ensure_ascii=False)
        self.sealed_facts = locked.lock(place="merge.facts", row=self.ref, text=text)
