"""The e-mails that the mail server has not taken yet."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from desist.facts import REF, Retention
from desist.references import reference


class OutgoingEmail(models.Model):
    """An e-mail of fixed words for the mail server. Its address and link are sealed, and kept only until it is done.

    One that tells of waiting work names its account and why, and stays until that account has signed in again.
    """

    retention_class = Retention.EMAIL

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", "Waiting for the mail server"
        SENT = "sent", "Taken by the mail server"
        REFUSED = "refused", "Refused by the mail server"
        ENDED = "ended", "Not sent in time"
        DROPPED = "dropped", "Not sent: they signed in first, or left"

    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    kind = models.CharField(max_length=12, db_comment="Which of the fixed messages it is")
    sealed = models.BinaryField(db_comment="Address and link, encrypted; empty once it is done")
    invitation = models.ForeignKey(
        "accounts.Invitation",
        null=True,
        on_delete=models.PROTECT,
        related_name="emails",
        db_comment="The link that it brings, if it brings one that works once",
    )
    account = models.CharField(
        max_length=40,
        blank=True,
        default="",
        db_default="",
        db_comment="Account that it tells of waiting work; empty for every other message",
    )
    kinds = ArrayField(
        models.CharField(max_length=20),
        default=list,
        db_default=[],
        blank=True,
        db_comment="Why it tells of waiting work, coded; not in the message",
    )
    state = models.CharField(
        max_length=8,
        choices=State,
        default=State.WAITING,
        db_default=State.WAITING.value,
        db_comment="Waiting, sent, refused, ended or dropped",
    )
    made_at = models.DateTimeField(db_comment="When it was made")
    ends_at = models.DateTimeField(db_comment="When it is too late to send it")
    next_try_at = models.DateTimeField(db_comment="When it is tried next")
    tries = models.PositiveSmallIntegerField(default=0, db_default=0, db_comment="How often it was tried")
    failure = models.CharField(
        max_length=60, blank=True, default="", db_default="", db_comment="Kind of the last failure, coded"
    )
    done_at = models.DateTimeField(null=True, db_comment="When it was sent, refused or given up")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", done_at=None)
                | (~Q(state="waiting") & Q(done_at__isnull=False, sealed=b"")),
                name="an_email_that_is_done_keeps_no_address",
            )
        ]
        indexes = [
            models.Index(fields=["next_try_at"], condition=Q(state="waiting"), name="emails_waiting"),
            models.Index(
                fields=["account", "made_at"], condition=~Q(account=""), name="emails_of_an_account"
            ),
        ]
