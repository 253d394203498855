"""E-mail without content: a stranger who reads it over a shoulder learns only that a message waits.

    send(to="sam@service.example", kind=Kind.WAITING, link="https://desist.service.example/")

Every message has one recipient, and the caller cannot put words of their own into one.
"""

import re
import secrets
from email.utils import parseaddr
from enum import Enum

from django.conf import settings
from django.core.mail import EmailMessage


class NotOneRecipient(ValueError):
    """A message goes to exactly one address."""


class NotAnAddress(ValueError):
    """The link is not a plain web address."""


class Kind(Enum):
    """Every possible message: its subject and its sentence."""

    WAITING = ("Something is waiting for you", "Something is waiting for you. Sign in to read it:")
    POST = ("The post needs you", "The post needs you. Sign in to read why:")
    #: to a person without an account: no link, and no sender's name
    IN_TOUCH = ("Please get in touch", "Please get in touch when it suits you.")
    #: to a referrer without an account, who was shown the number to ring: no link, and nothing of what it is about
    ANSWER = (
        "About a form that you sent",
        "There is an answer to a form that you sent. Please ring the number that it gave you.",
    )
    #: to a person who chose it and said that nobody else reads it: nothing of whom or what it is about, and no link
    CALENDAR = ("A reminder", "Please look at your calendar.")
    TOMORROW = ("A reminder", "You have an appointment tomorrow.")
    INVITATION = ("An account for you", "An account was made for you. Open this link to set it up:")
    ADDRESS = ("Confirm your address", "Open this link to confirm that this address is yours:")
    SIGN_IN = ("A sign-in to your account", "Open this link to continue signing in:")
    CHANGED = (
        "A change to your account",
        "The way you sign in was changed. If it was not you, sign in and say so:",
    )


#: the messages to people without an account, which lead nowhere
WITHOUT_LINK = frozenset({Kind.IN_TOUCH, Kind.ANSWER, Kind.CALENDAR, Kind.TOMORROW})
CLOSING = "If you did not expect this, you may delete it."


def compose(*, to: str, kind: Kind, link: str = "", name: str = "") -> EmailMessage:
    """A plain text message; one that is tried again bears the same `name`. Raises NotOneRecipient, NotAnAddress."""
    if not re.fullmatch(r"[^\s,;<>@]+@[^\s,;<>@]+", to):
        raise NotOneRecipient("a message needs exactly one address to go to")
    if not re.fullmatch(r"https?://[^\s]+", link) and (link or kind not in WITHOUT_LINK):
        raise NotAnAddress("a link must begin with https:// and hold no spaces")
    subject, sentence = kind.value
    return EmailMessage(
        subject=subject,
        body="\n\n".join(part for part in (sentence, link, CLOSING) if part) + "\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[to],
        headers={"Message-ID": f"<{name or secrets.token_hex(16)}@{_domain(settings.DEFAULT_FROM_EMAIL)}>"},
    )


def _domain(sender: str) -> str:
    """The domain of the sender's address: Django would use this machine's name, with its clock and process."""
    return parseaddr(sender)[1].rpartition("@")[2]


def send(*, to: str, kind: Kind, link: str = "", name: str = "") -> None:
    """Compose and send one message."""
    compose(to=to, kind=kind, link=link, name=name).send()
