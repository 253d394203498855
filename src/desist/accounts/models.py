"""People who sign in, the roles they hold, and every session in which they used one."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from desist.accounts.alerts.models import AccountAlert
from desist.accounts.entrance.models import Attempt
from desist.accounts.factors.models import Authenticator, Challenge, Passkey, RecoveryCode
from desist.accounts.invitations.models import Invitation
from desist.accounts.likeness.models import ToldApart
from desist.references import reference
from desist.wall.actors import Role

__all__ = [
    "Account",
    "AccountAlert",
    "Attempt",
    "Authenticator",
    "BrowserSession",
    "Challenge",
    "Invitation",
    "Passkey",
    "RecoveryCode",
    "RoleGrant",
    "SignIn",
    "ToldApart",
]


class Account(AbstractBaseUser):
    """A person. Never deleted: what they did stays readable after they have left."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=80)
    invited_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    subject = models.CharField(max_length=255, blank=True)

    objects = BaseUserManager()
    USERNAME_FIELD = "email"

    class Meta:
        app_label = "accounts"
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="an_email_is_in_small_letters"),
            models.UniqueConstraint(
                fields=["subject"], condition=~Q(subject=""), name="a_provider_knows_a_person_once"
            ),
        ]

    @property
    def is_active(self) -> bool:  # type: ignore[override]  # Django declares an attribute; leaving decides here
        """Whether this person may still sign in."""
        return self.left_at is None

    def __str__(self) -> str:
        return self.ref


class RoleGrant(models.Model):
    """A role that an account holds in an area, from when and until when."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=40, choices=[(role.value, role.label) for role in Role])
    area = models.CharField(max_length=40)
    given_by = models.CharField(max_length=40)
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "accounts"
        constraints = [
            models.UniqueConstraint(
                fields=["account", "role", "area"], condition=Q(ended_at=None), name="a_role_is_held_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("given_at")),
                name="a_role_ends_after_it_starts",
            ),
        ]


class SignIn(models.Model):
    """One session: somebody at one device in one role at a time. Nothing says where the device is."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    grant = models.ForeignKey(RoleGrant, on_delete=models.PROTECT, related_name="sign_ins")
    device = models.CharField(max_length=40)
    known_device = models.CharField(max_length=64, blank=True, default="", db_default="")
    began_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=40, blank=True)

    class Meta:
        app_label = "accounts"
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by="") | (Q(ended_at__isnull=False) & ~Q(ended_by="")),
                name="a_sign_in_is_ended_by_somebody",
            ),
        ]


class BrowserSession(AbstractBaseSession):
    """What Django keeps for a browser, beside the sign-in that it holds: one statement reads both."""

    sign_in = models.ForeignKey(SignIn, null=True, to_field="ref", on_delete=models.CASCADE, related_name="+")

    class Meta(AbstractBaseSession.Meta):
        app_label = "accounts"
