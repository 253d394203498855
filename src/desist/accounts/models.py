"""People who sign in, the roles they hold, and every session in which they used one."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from desist.accounts.alerts.models import AccountAlert
from desist.accounts.areas.models import Area
from desist.accounts.entrance.models import Attempt
from desist.accounts.factors.models import Authenticator, Challenge, Passkey, RecoveryCode
from desist.accounts.invitations.models import Invitation
from desist.accounts.likeness.models import ToldApart
from desist.accounts.mailing.models import OutgoingEmail
from desist.accounts.nudges.models import EmailChoice
from desist.facts import AREA, REF, Retention
from desist.references import reference
from desist.wall.actors import Role

__all__ = [
    "Account",
    "AccountAlert",
    "Area",
    "Attempt",
    "Authenticator",
    "BrowserSession",
    "Challenge",
    "EmailChoice",
    "Invitation",
    "OutgoingEmail",
    "Passkey",
    "RecoveryCode",
    "RoleGrant",
    "SignIn",
    "ToldApart",
]


class Account(AbstractBaseUser):
    """A person. Never deleted: what they did stays readable after they have left."""

    retention_class = Retention.ACCOUNT
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    email = models.EmailField(unique=True, db_comment="Work e-mail address")
    name = models.CharField(max_length=80, db_comment="Name as colleagues see it")
    invited_at = models.DateTimeField(db_comment="When the person was invited")
    left_at = models.DateTimeField(null=True, db_comment="When the person left")
    subject = models.CharField(
        max_length=255,
        blank=True,
        db_comment="The organisation's identity provider and its permanent name for the person",
    )

    objects = BaseUserManager()
    USERNAME_FIELD = "email"

    class Meta:
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

    retention_class = Retention.ACCOUNT
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="grants", db_comment="Account that holds the role"
    )
    role = models.CharField(
        max_length=40, choices=[(role.value, role.label) for role in Role], db_comment="The role"
    )
    area = models.CharField(max_length=40, db_comment=AREA)
    given_by = models.CharField(max_length=40, db_comment="Account that gave it")
    given_at = models.DateTimeField(db_comment="When the role was given")
    ended_at = models.DateTimeField(null=True, db_comment="When the role ended; empty while it is held")

    class Meta:
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
    """One session: one person at one device in one role. Nothing says where the device is."""

    retention_class = Retention.ACCOUNT
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    grant = models.ForeignKey(
        RoleGrant,
        on_delete=models.PROTECT,
        related_name="sign_ins",
        db_comment="The grant that was used: account, role and area",
    )
    device = models.CharField(
        max_length=40, db_comment="Kind of browser and system, from a fixed list; no address"
    )
    known_device = models.CharField(
        max_length=64,
        blank=True,
        default="",
        db_default="",
        db_comment="Keyed hash of the device's cookie, which shows two accounts at one device; no address",
    )
    began_at = models.DateTimeField(db_comment="When it began")
    last_seen_at = models.DateTimeField(db_comment="When it was last used, to the minute")
    confirmed_at = models.DateTimeField(null=True, db_comment="When the person last proved who they are")
    ended_at = models.DateTimeField(null=True, db_comment="When it was ended, unless it ran out")
    ended_by = models.CharField(max_length=40, blank=True, db_comment="Account that ended it")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by="") | (Q(ended_at__isnull=False) & ~Q(ended_by="")),
                name="a_sign_in_is_ended_by_somebody",
            ),
        ]


class BrowserSession(AbstractBaseSession):
    """A browser's session as Django keeps it, with its sign-in."""

    retention_class = Retention.SESSION
    sign_in = models.ForeignKey(
        SignIn,
        null=True,
        to_field="ref",
        on_delete=models.CASCADE,
        related_name="+",
        db_comment="The sign-in that the session belongs to",
    )

    class Meta(AbstractBaseSession.Meta):
        app_label = "accounts"
