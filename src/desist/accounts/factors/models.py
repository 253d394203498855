"""The factors that people sign in with, and the open questions to passkeys."""

from django.db import models
from django.db.models import Q

from desist.facts import REF, Retention
from desist.references import reference


class Passkey(models.Model):
    """One passkey: the public half, so that nothing here can sign in."""

    retention_class = Retention.ACCOUNT
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    account = models.ForeignKey(
        "accounts.Account",
        on_delete=models.PROTECT,
        related_name="passkeys",
        db_comment="Account that it belongs to",
    )
    name = models.CharField(max_length=60, db_comment="Name that its owner gave it")
    credential_id = models.BinaryField(unique=True, db_comment="Number that the device gave it")
    credential = models.BinaryField(db_comment="Public half of the key; cannot sign in")
    counter = models.BigIntegerField(db_comment="How often it was used, where the device counts")
    added_at = models.DateTimeField(db_comment="When it was added")
    used_at = models.DateTimeField(null=True, db_comment="When it was last used")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="a_passkey_has_a_name")]


class Authenticator(models.Model):
    """An authenticator app: its secret, encrypted with the site's key, and the step last used, so that none counts twice."""

    retention_class = Retention.ACCOUNT
    account = models.OneToOneField(
        "accounts.Account",
        on_delete=models.PROTECT,
        related_name="authenticator",
        db_comment="Account that it belongs to",
    )
    secret = models.BinaryField(db_comment="Secret of the authenticator app, encrypted with the site's key")
    last_step = models.BigIntegerField(
        db_comment="The 30 seconds whose code was used last, so that no code counts twice"
    )
    added_at = models.DateTimeField(db_comment="When it was added")


class RecoveryCode(models.Model):
    """One printed recovery code: its hash, and when it was used."""

    retention_class = Retention.ACCOUNT
    account = models.ForeignKey(
        "accounts.Account",
        on_delete=models.PROTECT,
        related_name="recovery_codes",
        db_comment="Account that it belongs to",
    )
    digest = models.CharField(max_length=64, db_comment="Hash of the code")
    made_at = models.DateTimeField(db_comment="When it was made")
    used_at = models.DateTimeField(null=True, db_comment="When it was used")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "digest"], name="a_recovery_code_is_kept_once")
        ]


class Challenge(models.Model):
    """A random question put to a passkey; deleted when it is answered, so that no answer counts twice.

    That of the page for signing in is stored when it is answered instead: asking it needs no database.
    """

    retention_class = Retention.SESSION
    challenge = models.BinaryField(
        unique=True, db_comment="Random question put to a passkey; kept for ten minutes"
    )
    purpose = models.CharField(max_length=60, db_comment="What it is for, and for which account")
    made_at = models.DateTimeField(db_index=True, db_comment="When it was made")
