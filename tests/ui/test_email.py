"""An e-mail says nothing of what it is about, and goes to one person."""

import re
import socket

import pytest
from django.core import mail
from django.core.mail.utils import DNS_NAME
from django.test import override_settings

from desist.ui import email

TELLING = (
    "stalk",
    "victim",
    "desist",
    "referral",
    "police",
    "programme",
    "session",
    "perpetrator",
    "advoca",
    "court",
)


@pytest.mark.parametrize("kind", email.Kind)
def test_no_message_tells_what_it_is_about(kind: email.Kind) -> None:
    message = email.compose(to="sam@example.org", kind=kind, link="https://service.example/a")

    told = f"{message.subject} {message.body} {message.from_email}".lower()
    assert not any(word in told for word in TELLING)
    assert message.to == ["sam@example.org"]
    assert message.cc == message.bcc == message.attachments == []


@pytest.mark.parametrize(
    "to", ["", "a@example.org,b@example.org", "a@example.org; b@c.d", "Sam <a@example.org>", "a b@c"]
)
def test_a_message_goes_to_exactly_one_address(to: str) -> None:
    with pytest.raises(email.NotOneRecipient):
        email.compose(to=to, kind=email.Kind.WAITING, link="https://service.example/")


@pytest.mark.parametrize("link", ["", "javascript:alert(1)", "https://x.example/ your referral", "see below"])
def test_a_link_is_an_address_and_nothing_else(link: str) -> None:
    with pytest.raises(email.NotAnAddress):
        email.compose(to="sam@example.org", kind=email.Kind.WAITING, link=link)


def test_a_message_is_sent() -> None:
    email.send(to="sam@example.org", kind=email.Kind.WAITING, link="https://service.example/")

    assert [message.subject for message in mail.outbox] == ["Something is waiting for you"]


def test_no_header_names_the_machine_or_the_product() -> None:
    message = email.compose(to="sam@example.org", kind=email.Kind.IN_TOUCH)
    with override_settings(DEFAULT_FROM_EMAIL="Northmere <post@northmere.example>"):
        named = email.compose(to="sam@example.org", kind=email.Kind.IN_TOUCH)

    headers = "\n".join(f"{name}: {value}" for name, value in message.message().items()).lower()
    assert not any(
        word in headers for word in (*TELLING, str(DNS_NAME).lower(), socket.gethostname().lower())
    )
    assert re.fullmatch(r"<[0-9a-f]{32}@northmere\.example>", named.message()["Message-ID"])
