"""GOV.UK Notify, which sends a site's e-mails to its staff where DESIST_NOTIFY_KEY is set, and texts where DESIST_TEXT_KEY is.

Its API (version 2) knows a message by our reference, so that it can be asked whether it has one already. The site's
template there has the text ((message)); that of e-mails the subject ((subject)) too.
"""

from datetime import datetime
from typing import Any

import jwt
import requests

from desist.deployment import Notify
from desist.ui import email
from desist.ui.email import Kind

TIMEOUT = (3, 4)  # seconds to connect and to answer: asking and sending end before another worker may try
#: the fields of an address: an answer that names one refuses it
TO = ("email_address", "phone_number")
KEY_REFUSED, BUSY, FAULT = 403, 429, 500


class AddressRefused(Exception):
    """Notify sends nothing to this address."""


class KeyRefused(OSError):
    """Notify does not know the key, or this machine's clock is wrong."""


class RequestRefused(OSError):
    """Notify refuses the request: the template is missing or has other fields, or the account may not send."""


class Busy(OSError):
    """Notify takes no more just now."""


class Fault(OSError):
    """Notify has a fault of its own."""


def send(site: Notify, *, to: str, kind: Kind, link: str, name: str, at: datetime) -> None:
    """Hand one message over under our reference. Raises AddressRefused, OSError."""
    message = email.compose(to=to, kind=kind, link=link)
    words = {"subject": message.subject, "message": message.body}
    asked = {"email_address": to, "template_id": site.template, "personalisation": words}
    _ask(site, "POST", "notifications/email", at, json={**asked, "reference": name})


def text(site: Notify, *, to: str, words: str, name: str, at: datetime) -> None:
    """Hand one text message over under our reference. Raises AddressRefused, OSError."""
    asked = {"phone_number": to, "template_id": site.template, "personalisation": {"message": words}}
    _ask(site, "POST", "notifications/sms", at, json={**asked, "reference": name})


def has(site: Notify, *, name: str, at: datetime) -> bool:
    """Whether an earlier try reached Notify, although nobody noted its answer. Raises OSError."""
    return bool(_ask(site, "GET", "notifications", at, params={"reference": name})["notifications"])


def _ask(site: Notify, method: str, path: str, at: datetime, **asked: Any) -> dict[str, Any]:  # noqa: ANN401 -- as requests takes it
    token = jwt.encode({"iss": site.service, "iat": int(at.timestamp())}, site.secret, algorithm="HS256")
    reply = requests.request(
        method,
        f"{site.address}/v2/{path}",
        headers={"Authorization": f"Bearer {token}"},
        timeout=TIMEOUT,
        allow_redirects=False,
        **asked,
    )
    if reply.status_code == KEY_REFUSED:
        raise KeyRefused
    if reply.status_code == BUSY:
        raise Busy
    if reply.status_code >= FAULT:
        raise Fault
    if not reply.ok or reply.is_redirect:
        raise AddressRefused if any(name in reply.text for name in TO) else RequestRefused
    found: dict[str, Any] = reply.json()
    return found
