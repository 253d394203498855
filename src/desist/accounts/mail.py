"""E-mail to people about their accounts: fixed neutral words and a link, and never a failure of what was done."""

import logging
import os
from pathlib import Path
from smtplib import SMTPException

from django.conf import settings

from desist.accounts.factors.passkeys import Host
from desist.ui import email
from desist.ui.email import Kind, NotOneRecipient

log = logging.getLogger(__name__)


def tell(*, to: str, kind: Kind, link: str) -> bool:
    """Send one message and say whether it went out; what it is about has happened either way."""
    try:
        keep_private()
        email.send(to=to, kind=kind, link=link)
    except (OSError, SMTPException, NotOneRecipient) as failure:
        log.warning("An e-mail could not be sent: %s", type(failure).__name__)
        return False
    return not as_files()


def origin() -> str:
    """The address under which this site is asked, without a path; on this machine with its port, for want of a proxy."""
    name = str(settings.ALLOWED_HOSTS[0])
    return Host(f"{name}:{os.environ['DESIST_PORT']}" if name.endswith("localhost") else name, "").origin


def keep_private() -> None:
    """Where messages lie as files, nobody else may read them: they hold links."""
    if as_files():
        Path(settings.EMAIL_FILE_PATH).mkdir(mode=0o700, parents=True, exist_ok=True)


def as_files() -> bool:
    """Whether the site has no mail server, so that messages stay on this machine."""
    return "filebased" in settings.EMAIL_BACKEND
