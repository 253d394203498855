"""Questions about e-mails on their way."""

from datetime import datetime

from django.db.models import Count, Min

from desist.accounts.mailing.models import OutgoingEmail


def waiting() -> tuple[int, datetime | None]:
    """The number of e-mails that wait for the mail server, and when the oldest was made."""
    rows = OutgoingEmail.objects.filter(state=OutgoingEmail.State.WAITING)
    found = rows.aggregate(number=Count("pk"), oldest=Min("made_at"))
    return found["number"], found["oldest"]
