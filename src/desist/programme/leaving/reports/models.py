"""The exit report: its words, its signatures, and the finished document that never changes."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from desist.facts import REF, VERSION, Retention
from desist.programme.episodes.models import Episode
from desist.programme.leaving.reports.states import Sent, State
from desist.references import reference


@pghistory.track()
class Report(models.Model):
    """One version of a person's exit report. Once it is signed the database lets nobody change it."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, related_name="reports", db_comment="Episode of the person"
    )
    number = models.PositiveSmallIntegerField(
        db_comment="Number of the version: 1, then one more for each correction"
    )
    supersedes = models.OneToOneField(
        "self",
        null=True,
        on_delete=models.PROTECT,
        related_name="superseded_by",
        db_comment="Version that it replaces",
    )
    correction = models.TextField(blank=True, db_comment="What this version puts right")
    state = models.CharField(
        max_length=20,
        choices=State.choices,
        default=State.DRAFT,
        db_comment="Draft, waiting for the second signature, or signed",
    )
    version = models.PositiveIntegerField(default=1, db_comment=VERSION)
    started_by = models.CharField(max_length=40, db_comment="Account that began it")
    started_at = models.DateTimeField(db_comment="When it was begun")

    attendance = models.TextField(blank=True, db_comment="Words on attendance and how the person worked")
    themes = models.TextField(blank=True, db_comment="Words on what the work was about")
    skills = models.TextField(blank=True, db_comment="Words on what was learned")
    measures = models.TextField(blank=True, db_comment="Words on the measures")
    goals = models.TextField(blank=True, db_comment="Words on the goals")
    risks = models.TextField(blank=True, db_comment="Words on the risks that remain")
    recommendations = models.TextField(blank=True, db_comment="Recommendations in words")
    requirement = models.TextField(blank=True, db_comment="Words on the order or the requirement")
    saved_by = models.CharField(max_length=40, blank=True, db_comment="Account that saved it last")
    saved_at = models.DateTimeField(null=True, db_comment="When it was saved last")

    facts = models.JSONField(
        null=True,
        db_comment="What the record said when it was handed on (counts, measures, goals, orders), as reports.facts writes it",
    )
    offered_by = models.CharField(
        max_length=40, blank=True, db_comment="Account that handed it on for the second signature"
    )
    offered_at = models.DateTimeField(null=True, db_comment="When it was handed on")
    returned_reason = models.TextField(blank=True, db_comment="Why the second person gave it back last")
    signed_by = models.CharField(
        max_length=40, blank=True, db_comment="Account of the second person, who signed it"
    )
    signed_at = models.DateTimeField(null=True, db_comment="When it was signed")
    sent = models.CharField(
        max_length=20, choices=Sent.choices, blank=True, db_comment="Whether the referrer was sent it, coded"
    )

    class Meta:
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

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    report = models.OneToOneField(
        Report, on_delete=models.PROTECT, related_name="document", db_comment="Report of the document"
    )
    size = models.PositiveIntegerField(db_comment="Bytes")
    digest = models.CharField(max_length=64, db_comment="SHA-256 of the document")
    key = models.CharField(max_length=16, db_comment="Which of the site's key sets opens it")
    sealed = models.BinaryField(db_comment="The document, encrypted with the site's key")
    made_at = models.DateTimeField(db_comment="When it was made")

    class Meta:
        triggers = [pgtrigger.Protect(name="document_stays", operation=pgtrigger.Update | pgtrigger.Delete)]
