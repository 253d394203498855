"""Links by which people set up how they sign in."""

from django.db import models
from django.db.models import F, Q

from desist.facts import REF, Retention
from desist.references import reference


class Invitation(models.Model):
    """A link that works once. Only its hash is kept: who reads this table cannot open it."""

    retention_class = Retention.ACCOUNT

    class Purpose(models.TextChoices):
        """The reason for a link."""

        JOIN = "join", "New account"
        RESET = "reset", "Ways of signing in were reset"
        RECOVER = "recover", "Asked for with a recovery code"

    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    account = models.ForeignKey(
        "accounts.Account",
        on_delete=models.PROTECT,
        related_name="invitations",
        db_comment="Account that the link is for",
    )
    purpose = models.CharField(
        max_length=10, choices=Purpose, db_comment="New account, reset, or requested with a recovery code"
    )
    reason = models.CharField(max_length=200, blank=True, db_comment="Why the account was reset")
    digest = models.CharField(
        max_length=64, unique=True, db_comment="Hash of the link; the link itself is not kept"
    )
    made_by = models.CharField(max_length=40, db_comment="Account that made it")
    made_at = models.DateTimeField(db_comment="When it was made")
    expires_at = models.DateTimeField(db_comment="When the link stops working")
    used_at = models.DateTimeField(null=True, db_comment="When it was used")
    cancelled_at = models.DateTimeField(null=True, db_comment="When it was cancelled")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(used_at=None, cancelled_at=None),
                name="one_invitation_is_open",
            ),
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(cancelled_at=None), name="an_invitation_ends_once"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="an_invitation_expires_later"
            ),
            models.CheckConstraint(
                condition=~Q(purpose="reset") | ~Q(reason=""), name="a_reset_has_a_reason"
            ),
        ]
