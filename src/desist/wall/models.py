"""The facts the wall keeps: what was done, the seals over it, and who is kept from which case."""

from django.db import models
from django.db.models import F, Q

from desist.facts import AREA, REF, Retention
from desist.references import reference


class AuditEvent(models.Model):
    """One thing that was done or refused. No foreign keys: the record outlives what it is about."""

    retention_class = Retention.AUDIT
    id = models.BigAutoField(primary_key=True, db_comment="Number of the row, never shown")
    at = models.DateTimeField(db_comment="When it was done or refused")
    who = models.CharField(max_length=40, db_comment="Account, or the system's hand")
    role = models.CharField(max_length=40, db_comment="Role in which it was done")
    action = models.CharField(max_length=60, db_comment="What was done or refused")
    row = models.CharField(max_length=80, db_comment="Reference of the row")
    allowed = models.BooleanField(db_comment="Whether it was allowed")
    reason = models.CharField(max_length=200, db_comment="Why it was refused")
    correlation = models.UUIDField(db_comment="Ties everything one request did together")

    class Meta:
        indexes = [
            models.Index(fields=["row", "id"], name="audit_of_a_row"),
            models.Index(fields=["who", "id"], name="audit_of_a_person"),
            models.Index(fields=["at"], name="audit_by_time"),
        ]


class AuditSeal(models.Model):
    """The link of one audit event in the hash chain, in the order of sealing and not of committing."""

    retention_class = Retention.AUDIT
    position = models.BigIntegerField(primary_key=True, db_comment="Order of sealing")
    event_id = models.BigIntegerField(unique=True, db_comment="Number of the event")
    link = models.BinaryField(db_comment="Hash that links the event to the seal before")


class Exclusion(models.Model):
    """An account that may never see a case (`allowed` false), or may see a restricted one (`allowed` true)."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    case = models.CharField(max_length=12, db_comment="Reference of the case")
    account = models.CharField(max_length=40, db_comment="Account that is kept from the case, or let in")
    allowed = models.BooleanField(
        db_comment="False: may never see the case; true: may see it although it is restricted"
    )
    reason = models.CharField(max_length=200, db_comment="Why the account is kept out or let in")
    made_by = models.CharField(max_length=40, db_comment="Account that made it")
    made_at = models.DateTimeField(db_comment="When it was made")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "account"], name="one_answer_per_case_and_account")
        ]
        indexes = [models.Index(fields=["account", "allowed"], name="exclusions_of_an_account")]


class Restriction(models.Model):
    """A case that only listed accounts may see, because a party to it is police or staff."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    case = models.CharField(max_length=12, db_comment="Reference of the case")
    reason = models.CharField(max_length=200, db_comment="Why it is restricted")
    made_by = models.CharField(max_length=40, db_comment="Account that made it")
    made_at = models.DateTimeField(db_comment="When the restriction began")
    ended_at = models.DateTimeField(null=True, db_comment="When the restriction ended; empty while it holds")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at=None), name="one_restriction_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("made_at")),
                name="restriction_ends_after_it_starts",
            ),
        ]


class EmergencyAccess(models.Model):
    """An emergency access: a person opened a case that is not assigned to them, or tried to (`case` empty)."""

    retention_class = Retention.AUDIT
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    account = models.CharField(max_length=40, db_comment="Account that opened the case, or asked to")
    area = models.CharField(max_length=40, db_comment=AREA)
    case = models.CharField(
        max_length=12, blank=True, db_comment="Reference of the case; empty where none could be opened"
    )
    reason = models.CharField(max_length=300, db_comment="Why it could not wait, without a name")
    began_at = models.DateTimeField(db_comment="When it began")
    until = models.DateTimeField(db_comment="When it ends by itself")
    review_by = models.DateField(
        db_comment="Last day for the review; after it the next emergency access is refused"
    )
    ended_at = models.DateTimeField(null=True, db_comment="When it was ended before its time")
    reviewed_by = models.CharField(
        max_length=40, blank=True, db_comment="Account that reviewed it: never the one that opened the case"
    )
    reviewed_at = models.DateTimeField(null=True, db_comment="When it was reviewed")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gt=F("began_at")), name="an_emergency_access_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["account"], condition=Q(ended_at=None), name="one_emergency_access_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(reviewed_by=F("account")), name="nobody_reviews_their_own_emergency_access"
            ),
            models.CheckConstraint(
                condition=Q(reviewed_at=None, reviewed_by="")
                | (Q(reviewed_at__isnull=False) & ~Q(reviewed_by="")),
                name="a_reviewed_emergency_access_says_by_whom",
            ),
        ]
        indexes = [
            models.Index(fields=["account"], condition=Q(reviewed_at=None), name="emergencies_to_be_reviewed")
        ]


class Reviewer(models.Model):
    """A person to ask about a case that was expected and not found, best from outside the service."""

    retention_class = Retention.REFERENCE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    name = models.CharField(max_length=80, db_comment="Person to ask about restricted cases")
    phone = models.CharField(max_length=30, db_comment="Their work telephone")
    named_by = models.CharField(max_length=40, db_comment="Account that named them")
    named_at = models.DateTimeField(db_comment="When they were named")
    ended_at = models.DateTimeField(
        null=True, db_comment="When they stopped being the reviewer; empty while they are"
    )


class Clearance(models.Model):
    """Exact words that look like a locator and may stay, because a person answered for them.

    The words are not here: `digest` is keyed with a key of this site. No foreign keys, as in the audit.
    """

    retention_class = Retention.CASE
    id = models.BigAutoField(primary_key=True, db_comment="Number of the row, never shown")
    row = models.CharField(max_length=80, db_comment="Row that holds the words, as the audit names it")
    place = models.CharField(max_length=40, db_comment="Field that holds the words")
    digest = models.CharField(
        max_length=64, db_comment="Keyed digest of exactly these words; the words cannot be read from it"
    )
    reason = models.CharField(max_length=20, db_comment="Why they may stay, coded")
    cleared_by = models.CharField(max_length=40, db_comment="Account that answered for the words")
    cleared_at = models.DateTimeField(db_comment="When it was cleared")

    class Meta:
        indexes = [models.Index(fields=["digest", "row"], name="clearance_of_words")]
