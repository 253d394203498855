"""Questions about e-mails and text messages on their way."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count, Min, Q
from django.utils.module_loading import import_string

from desist.accounts.mailing.models import OutgoingEmail


@dataclass(frozen=True)
class Texts:
    """How many text messages wait, since when the oldest does, and the coded failure of the last try, usually ""."""

    waiting: int
    since: datetime | None
    failure: str


@dataclass(frozen=True)
class Stuck:
    """How many e-mails wait, and since when the oldest waits that a server did not take."""

    waiting: int
    since: datetime


def waiting() -> tuple[int, datetime | None]:
    """The number of e-mails that wait for the mail server, and when the oldest was made."""
    rows = OutgoingEmail.objects.filter(state=OutgoingEmail.State.WAITING)
    found = rows.aggregate(number=Count("pk"), oldest=Min("made_at"))
    return found["number"], found["oldest"]


def texts() -> Texts | None:
    """The text messages that wait; None in a zone that sends none."""
    if not settings.DESIST_TEXTS_WAITING:
        return None
    found: Texts = import_string(settings.DESIST_TEXTS_WAITING)()
    return found


def stuck() -> Stuck | None:
    """What waits where a server did not take an e-mail, for administrators; None where all goes out."""
    rows = OutgoingEmail.objects.filter(state=OutgoingEmail.State.WAITING)
    found = rows.aggregate(waiting=Count("pk"), since=Min("made_at", filter=~Q(failure="")))
    return Stuck(**found) if found["since"] else None
