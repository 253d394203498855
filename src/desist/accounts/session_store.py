"""Where sessions are kept: Django's table, read with a statement that is written once.

Named as SESSION_ENGINE: this very name, `SessionStore`, is what Django looks for.
"""

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import DateTimeField, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone

from desist.wall.statements import Slot, Statement


class SessionStore(db.SessionStore):
    """Django's own but for how a session is read, which every request does."""

    def load(self) -> dict[str, Any]:
        """What the session holds; nothing where it is unknown or over, and then its key is forgotten."""
        found = KEPT.rows(key=self.session_key, now=timezone.now().isoformat())
        if not found:
            self._session_key = None
            return {}
        return self.decode(found[0][0])


def _kept() -> QuerySet[Any]:
    now = Cast(Slot.value("now"), DateTimeField())
    return Session.objects.filter(session_key=Slot("key"), expire_date__gt=now).values_list("session_data")


KEPT = Statement(_kept)
