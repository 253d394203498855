"""The exit report: what is written, who signed it, and the finished document that never changes."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from desist.programme.episodes.models import Episode
from desist.programme.leaving.reports.states import Sent, State
from desist.references import reference


@pghistory.track()
class Report(models.Model):
    """One version of a person's exit report. Once it is signed the database lets nobody change it."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="reports")
    number = models.PositiveSmallIntegerField()  # 1 for the first, then one more for each correction
    supersedes = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    correction = models.TextField(blank=True)  # what this version puts right
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    started_by = models.CharField(max_length=40)
    started_at = models.DateTimeField()

    attendance = models.TextField(blank=True)
    themes = models.TextField(blank=True)
    skills = models.TextField(blank=True)
    measures = models.TextField(blank=True)
    goals = models.TextField(blank=True)
    risks = models.TextField(blank=True)
    recommendations = models.TextField(blank=True)
    requirement = models.TextField(blank=True)
    saved_by = models.CharField(max_length=40, blank=True)
    saved_at = models.DateTimeField(null=True)

    #: what the record said when it was offered, as desist.programme.leaving.reports.facts wrote it
    facts = models.JSONField(null=True)
    offered_by = models.CharField(max_length=40, blank=True)
    offered_at = models.DateTimeField(null=True)
    returned_reason = models.TextField(blank=True)  # why the second pair of eyes gave it back last
    signed_by = models.CharField(max_length=40, blank=True)
    signed_at = models.DateTimeField(null=True)
    sent = models.CharField(max_length=20, choices=Sent.choices, blank=True)

    class Meta:
        app_label = "programme"
        constraints = [
            models.UniqueConstraint(fields=["episode", "number"], name="a_report_version_is_one"),
            models.UniqueConstraint(fields=["episode"], condition=~Q(state="signed"), name="one_open_report"),
            models.CheckConstraint(
                condition=Q(state="signed", signed_at__isnull=False) & ~Q(signed_by="") & ~Q(sent="")
                | ~Q(state="signed") & Q(signed_at=None, signed_by="", sent=""),
                name="a_signed_report_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(state="draft")
                | (Q(offered_at__isnull=False, facts__isnull=False) & ~Q(offered_by="")),
                name="an_offered_report_says_who",
            ),
            models.CheckConstraint(
                condition=Q(signed_by="") | ~Q(signed_by=F("offered_by")), name="two_pairs_of_eyes"
            ),
            models.CheckConstraint(
                condition=Q(supersedes=None, number=1, correction="")
                | (Q(supersedes__isnull=False, number__gt=1) & ~Q(correction="")),
                name="a_correction_says_what_it_puts_right",
            ),
        ]
        indexes = [
            models.Index(fields=["offered_at"], condition=Q(state="offered"), name="reports_to_sign"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="signed_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state="signed"),
            )
        ]


class ReportDocument(models.Model):
    """The finished document of a signed report, kept with the site's own key. Written once, never changed."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="document")
    size = models.PositiveIntegerField()  # bytes, as it was before it was sealed
    digest = models.CharField(max_length=64)  # SHA-256 of those bytes
    key = models.CharField(max_length=16)
    sealed = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        app_label = "programme"
        triggers = [pgtrigger.Protect(name="document_stays", operation=pgtrigger.Update | pgtrigger.Delete)]
