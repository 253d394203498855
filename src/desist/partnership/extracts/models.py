"""What programmes asked of people of their extracts, and what the police told of them."""

import pghistory
from django.db import models
from django.db.models import Q

from desist.facts import AREA, REF, VERSION, Retention
from desist.partnership.extracts.states import OVER, State
from desist.references import reference
from desist.returns.states import Why

LINES = ("asked_lines", "people_lines", "recorded_lines", "order_lines")


@pghistory.track(exclude=list(LINES))
class OutcomeExtract(models.Model):
    """What one programme asks for one extract, and the rows for its evaluator. They go once it is over."""

    retention_class = Retention.REFERENCE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    area = models.CharField(max_length=40, db_comment=AREA)
    programme = models.CharField(max_length=60, db_comment="Partner that asks")
    thread = models.CharField(
        max_length=40, unique=True, db_comment="Token shared with that partner alone; never shown"
    )
    number = models.PositiveIntegerField(db_comment="Number of the extract, as the programme counts them")
    token = models.CharField(
        max_length=40, db_comment="Names the extract at the evaluator's site; never shown"
    )
    commission = models.CharField(
        max_length=40, db_comment="Site of the evaluator, to which the extract went"
    )
    title = models.CharField(max_length=120, db_comment="Title of the agreement that the programme names")
    evaluator = models.CharField(max_length=400, db_comment="Who evaluates, as the programme says")
    until = models.DateField(db_comment="Last day on which anybody may open the programme's extract")
    data_cut = models.DateField(db_comment="Day to which everyone is followed, as days are moved")
    asked_lines = models.TextField(
        blank=True,
        db_comment="Pseudonym, moved days and threads of each person; empty once the rows were sent",
    )
    asked_people = models.PositiveIntegerField(db_comment="Of how many people it asks")
    asked_at = models.DateTimeField(db_comment="When it arrived")
    state = models.CharField(
        max_length=20, choices=State.choices, default=State.ASKED, db_comment="How far it is, coded"
    )
    version = models.PositiveIntegerField(default=1, db_comment=VERSION)
    agreement = models.CharField(
        max_length=12, blank=True, db_comment="Reference of the force's own sharing agreement that covers it"
    )
    edition = models.CharField(max_length=20, blank=True, db_comment="Edition of the data dictionary")
    people = models.PositiveIntegerField(default=0, db_comment="How many people are in it")
    smallest = models.PositiveIntegerField(
        default=0, db_comment="How many people the smallest group has that others could not tell apart"
    )
    left_out = models.TextField(blank=True, db_comment="What is not in it, coded, and how many: JSON")
    people_lines = models.TextField(blank=True, db_comment="Lines of PEOPLE, as they cross")
    recorded_lines = models.TextField(blank=True, db_comment="Lines of RECORDED, as they cross")
    order_lines = models.TextField(blank=True, db_comment="Lines of ORDERS, as they cross")
    digest = models.CharField(max_length=64, blank=True, db_comment="SHA-256 of those lines")
    counted_by = models.CharField(max_length=40, blank=True, db_comment="Account that counted it")
    counted_at = models.DateTimeField(null=True, db_comment="When it was counted: nothing later is in it")
    signed_by = models.CharField(max_length=40, blank=True, db_comment="Account that signed it")
    signed_at = models.DateTimeField(null=True, db_comment="When it was signed")
    sent_by = models.CharField(
        max_length=40, blank=True, db_comment="Account of the second person, who sent it"
    )
    sent_at = models.DateTimeField(null=True, db_comment="When it was sent")
    partner = models.CharField(max_length=40, blank=True, db_comment="Commissioner it was sent to")
    onward = models.CharField(
        max_length=40, blank=True, db_comment="Token shared with that commissioner alone; never shown"
    )
    ended_why = models.CharField(
        max_length=20, choices=Why.choices, blank=True, db_comment="Why it was recalled, coded"
    )
    ended_by = models.CharField(
        max_length=40, blank=True, db_comment="Account that recalled it or set it aside; empty: the programme"
    )
    ended_at = models.DateTimeField(null=True, db_comment="When that was")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None, sent_by="", partner="")
                | Q(sent_at__isnull=False, signed_at__isnull=False) & ~Q(sent_by="") & ~Q(signed_by=""),
                name="outcomes_are_sent_once_they_are_signed",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=OVER) | Q(**dict.fromkeys(LINES, "")),
                name="ended_outcomes_keep_no_row",
            ),
        ]
