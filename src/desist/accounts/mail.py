"""E-mail to people about their accounts: fixed neutral words and a link. A failure to send undoes no change."""

import logging
import os
from datetime import datetime
from pathlib import Path

from django.conf import settings

from desist.accounts.factors.passkeys import Host
from desist.accounts.invitations.models import Invitation
from desist.accounts.mailing import commands
from desist.ui import email
from desist.ui.email import Kind, NotOneRecipient

log = logging.getLogger(__name__)


def tell(*, to: str, kind: Kind, link: str, at: datetime, invitation: Invitation | None = None) -> bool:
    """Send one message soon, and say whether anybody will get it; the change it tells of stands either way.

    It waits for the mail server in the database, and the worker tries until it went; nothing waits here. Without a
    mail server it becomes a file.
    """
    try:
        if settings.EMAIL_HOST or settings.DESIST_NOTIFY:
            ends_at = invitation.expires_at if invitation else None
            number = invitation.pk if invitation else None
            commands.put(to=to, kind=kind, link=link, at=at, invitation=number, ends_at=ends_at)
            return True
        keep_private()
        email.send(to=to, kind=kind, link=link)
    except (OSError, NotOneRecipient) as failure:
        log.warning("An e-mail could not be kept for sending: %s", type(failure).__name__)
        return False
    return not as_files()


def origin() -> str:
    """The address of this site, without a path; on this machine with its port, as there is no proxy."""
    name = str(settings.ALLOWED_HOSTS[0])
    return Host(f"{name}:{os.environ['DESIST_PORT']}" if name.endswith("localhost") else name, "").origin


def keep_private() -> None:
    """Keep the folder of message files private: the messages hold links."""
    if "filebased" in settings.EMAIL_BACKEND:
        Path(settings.EMAIL_FILE_PATH).mkdir(mode=0o700, parents=True, exist_ok=True)


def as_files() -> bool:
    """Whether the site has no mail server, so that messages to staff stay on this machine."""
    return "filebased" in settings.EMAIL_BACKEND and settings.DESIST_NOTIFY is None
