"""The store of sessions: our own table, read together with the account that is signed in, by one fixed statement.

SESSION_ENGINE names this module: Django looks for this very name, `SessionStore`.
"""

from datetime import datetime
from typing import Any, NamedTuple, cast

from django.contrib.sessions.backends import db
from django.db.models import DateTimeField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast
from django.utils import timezone

from desist.accounts.limits import ABSOLUTE
from desist.accounts.models import BrowserSession
from desist.wall.models import EmergencyAccess
from desist.wall.statements import Slot, Statement

SIGN_IN = "sign_in"


class Sitting(NamedTuple):
    """The account that signed in, its role, and everything that may have ended the session."""

    who: str
    name: str
    role: str
    area: str
    seen: datetime
    began: datetime
    ended: datetime | None
    role_ended: datetime | None
    left: datetime | None
    emergency: str | None

    def lives(self, *, at: datetime) -> bool:
        """Whether the session was neither ended nor ran out, and its owner still holds the role."""
        return not (self.ended or self.role_ended or self.left) and self.began > at - ABSOLUTE


class SessionStore(db.SessionStore):
    """Django's own store but for the table and the reading of a session, which every request does."""

    _sitting: Sitting | None = None

    @classmethod
    def get_model_class(cls) -> type[BrowserSession]:
        """Return our own table."""
        return BrowserSession

    def create_model_instance(self, data: dict[str, Any]) -> BrowserSession:
        """The row of a session's data, with its sign-in beside it."""
        row = cast("BrowserSession", super().create_model_instance(data))
        row.sign_in_id = data.get(SIGN_IN)
        return row

    def load(self) -> dict[str, Any]:
        """Return the data of the session; none where it is unknown or over, and then its key is forgotten."""
        found = KEPT.rows(key=self.session_key, now=timezone.now().isoformat())
        if not found:
            self.flush()
            return {}
        data, *sitting = found[0]
        self._sitting = Sitting(*sitting) if sitting[0] else None
        return self.decode(data)

    def sitting(self) -> Sitting | None:
        """The account that had signed in when the session was read; None where there was none."""
        self.get(SIGN_IN)  # reads the session, unless that was done
        return self._sitting


def sweep(*, at: datetime) -> int:
    """Delete Django's data of sessions that are over; return how many. Most sessions end without signing out."""
    return BrowserSession.objects.filter(expire_date__lt=at).delete()[0]


def _kept() -> QuerySet[Any]:
    now = Cast(Slot.value("now"), DateTimeField())
    known = BrowserSession.objects.filter(session_key=Slot("key"), expire_date__gt=now)
    grant = "sign_in__grant"
    opened = EmergencyAccess.objects.filter(
        account=OuterRef(f"{grant}__account__ref"), reviewed_at=None, ended_at=None, until__gt=now
    ).exclude(case="")
    return known.values_list(
        "session_data",
        *(f"{grant}__account__ref", f"{grant}__account__name", f"{grant}__role", f"{grant}__area"),
        *("sign_in__last_seen_at", "sign_in__began_at", "sign_in__ended_at"),
        *(f"{grant}__ended_at", f"{grant}__account__left_at"),
        Subquery(opened.values("case")[:1]),
    )


KEPT = Statement(_kept)
