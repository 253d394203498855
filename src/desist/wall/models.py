"""The facts the wall keeps: what was done, the seals over it, and who is kept from which case."""

from django.db import models
from django.db.models import F, Q

from desist.references import reference


class AuditEvent(models.Model):
    """One thing that was done or refused. No foreign keys: the record outlives what it is about."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    who = models.CharField(max_length=40)
    role = models.CharField(max_length=40)
    action = models.CharField(max_length=60)
    row = models.CharField(max_length=80)
    allowed = models.BooleanField()
    reason = models.CharField(max_length=200)
    correlation = models.UUIDField()

    class Meta:
        app_label = "wall"
        indexes = [
            models.Index(fields=["row", "id"], name="audit_of_a_row"),
            models.Index(fields=["who", "id"], name="audit_of_a_person"),
            models.Index(fields=["at"], name="audit_by_time"),
        ]


class AuditSeal(models.Model):
    """The hash link of one event in the order of sealing (not of committing)."""

    position = models.BigIntegerField(primary_key=True)
    event_id = models.BigIntegerField(unique=True)
    link = models.BinaryField()

    class Meta:
        app_label = "wall"


class Exclusion(models.Model):
    """An account that may never see a case (`allowed` false), or may see a restricted one (`allowed` true)."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    case = models.CharField(max_length=12)
    account = models.CharField(max_length=40)
    allowed = models.BooleanField()
    reason = models.CharField(max_length=200)
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField()

    class Meta:
        app_label = "wall"
        constraints = [
            models.UniqueConstraint(fields=["case", "account"], name="one_answer_per_case_and_account")
        ]
        indexes = [models.Index(fields=["account", "allowed"], name="exclusions_of_an_account")]


class Restriction(models.Model):
    """A case that only listed accounts may see, because a party to it is police or staff."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    case = models.CharField(max_length=12)
    reason = models.CharField(max_length=200)
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "wall"
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
    """A person opened a case that is not assigned to them, to read it in an emergency, or tried to (`case` empty)."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    account = models.CharField(max_length=40)
    area = models.CharField(max_length=40)
    case = models.CharField(max_length=12, blank=True)
    reason = models.CharField(max_length=300)
    began_at = models.DateTimeField()
    until = models.DateTimeField()
    review_by = models.DateField()
    ended_at = models.DateTimeField(null=True)
    reviewed_by = models.CharField(max_length=40, blank=True)
    reviewed_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "wall"
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
    """Whom everybody asks who expects a case and does not find it: best somebody from outside."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    name = models.CharField(max_length=80)
    phone = models.CharField(max_length=30)
    named_by = models.CharField(max_length=40)
    named_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "wall"


class Clearance(models.Model):
    """Somebody answered for exactly these words in a row: they look as if they led to somebody, and may stay.

    The words are not here: `digest` is keyed with a key of this site. No foreign keys, as in the audit.
    """

    id = models.BigAutoField(primary_key=True)
    row = models.CharField(max_length=80)
    place = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    reason = models.CharField(max_length=20)
    cleared_by = models.CharField(max_length=40)
    cleared_at = models.DateTimeField()

    class Meta:
        app_label = "wall"
        indexes = [models.Index(fields=["digest", "row"], name="clearance_of_words")]
