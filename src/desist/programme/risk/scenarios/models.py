"""The service's own risk form: what might happen to whom, how likely and how soon a person judges it, and its warning signs."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from desist.facts import REF, SUBMISSION, VERSION, Retention
from desist.programme.episodes.models import Episode
from desist.programme.risk.scenarios.states import Domain, Imminence, Likely, State
from desist.references import reference


@pghistory.track()
class RiskForm(models.Model):
    """One version of a person's risk form. Once it is signed the database lets nobody change it."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, related_name="risk_forms", db_comment="Episode of the person"
    )
    number = models.PositiveSmallIntegerField(db_comment="Number of the version: 1, then one more for each")
    state = models.CharField(
        max_length=20,
        choices=State.choices,
        default=State.DRAFT,
        db_comment="Being written, waiting for the second signature, or signed",
    )
    version = models.PositiveIntegerField(default=1, db_comment=VERSION)
    review_on = models.DateField(db_comment="Day by which it must be reviewed")
    begun_by = models.CharField(max_length=40, db_comment="Account that began it")
    begun_at = models.DateTimeField(db_comment="When it was begun")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    offered_by = models.CharField(
        max_length=40, blank=True, db_comment="Account that wrote it and asked for the second signature"
    )
    offered_at = models.DateTimeField(null=True, db_comment="When the second signature was asked for")
    returned_reason = models.TextField(blank=True, db_comment="Why the second person gave it back last")
    signed_by = models.CharField(
        max_length=40, blank=True, db_comment="Account that signed as the second person"
    )
    signed_at = models.DateTimeField(null=True, db_comment="When it was signed")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["episode", "number"], name="a_version_of_a_risk_form_is_one"),
            models.UniqueConstraint(
                fields=["episode"], condition=~Q(state="signed"), name="one_open_risk_form"
            ),
            models.CheckConstraint(
                condition=Q(state="signed", signed_at__isnull=False) & ~Q(signed_by="")
                | ~Q(state="signed") & Q(signed_at=None, signed_by=""),
                name="a_signed_risk_form_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | (Q(offered_at__isnull=False) & ~Q(offered_by="")),
                name="an_offered_risk_form_says_who",
            ),
            models.CheckConstraint(
                condition=Q(signed_by="") | ~Q(signed_by=F("offered_by")), name="two_people_sign_a_risk_form"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="signed_form_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state="signed"),
            )
        ]


@pghistory.track()
class RiskScenario(models.Model):
    """One thing that might happen. Nothing in it is computed: each word is chosen or written by a person."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    form = models.ForeignKey(
        RiskForm, on_delete=models.PROTECT, related_name="scenarios", db_comment="Version that it belongs to"
    )
    origin = models.CharField(
        max_length=12, db_comment="Reference of this scenario in its first version; actions hang on it"
    )
    domain = models.CharField(max_length=20, choices=Domain.choices, db_comment="Whom it would harm, coded")
    what = models.TextField(db_comment="What might happen")
    whom = models.CharField(max_length=120, db_comment="Whom it would harm in kind; no name")
    likely = models.CharField(
        max_length=20, choices=Likely.choices, db_comment="How likely, in a word that a person chose"
    )
    imminence = models.CharField(
        max_length=20, choices=Imminence.choices, db_comment="How soon it could happen, coded"
    )
    signs = models.TextField(db_comment="Warning signs")
    over = models.TextField(blank=True, db_comment="Why it no longer applies; empty while it does")
    version = models.PositiveIntegerField(default=1, db_comment=VERSION)
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    written_by = models.CharField(max_length=40, db_comment="Account that wrote it last")
    written_at = models.DateTimeField(db_comment="When it was written last")
