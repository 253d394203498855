"""What people sign in with, and the questions that a passkey has yet to answer."""

from django.db import models
from django.db.models import Q

from desist.references import reference


class Passkey(models.Model):
    """One passkey: the public half, so that nothing here can sign in."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="passkeys")
    name = models.CharField(max_length=60)
    credential_id = models.BinaryField(unique=True)
    credential = models.BinaryField()
    counter = models.BigIntegerField()
    added_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "accounts"
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="a_passkey_has_a_name")]


class Authenticator(models.Model):
    """An authenticator app: its secret, encrypted with the site's key, and the step last used, so that none counts twice."""

    account = models.OneToOneField("accounts.Account", on_delete=models.PROTECT, related_name="authenticator")
    secret = models.BinaryField()
    last_step = models.BigIntegerField()
    added_at = models.DateTimeField()

    class Meta:
        app_label = "accounts"


class RecoveryCode(models.Model):
    """One of the codes somebody printed: its hash, and when it was used up."""

    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "accounts"
        constraints = [
            models.UniqueConstraint(fields=["account", "digest"], name="a_recovery_code_is_kept_once")
        ]


class Challenge(models.Model):
    """A random question put to a passkey; deleted when it is answered, so that no answer counts twice."""

    challenge = models.BinaryField(unique=True)
    purpose = models.CharField(max_length=60)
    made_at = models.DateTimeField(db_index=True)

    class Meta:
        app_label = "accounts"
