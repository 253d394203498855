"""Bodies and attachments are those that the standard library's newer, slower policy finds."""

import email
import email.policy
from email.message import Message

import pytest
from packages.chronicle.tests.made_up.export_samples import mailbox
from packages.chronicle.tests.made_up.mails import mails

from desist_chronicle.readers.mail_text import contents_of

PARTS = {
    "plain": "Content-Type: text/plain; charset=utf-8\n\nGrüße\n",
    "html": "Content-Type: text/html\n\n<p>x</p>\n",
    "file": "Content-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\nin a file\n",
    "picture": "Content-Type: image/png\nContent-Disposition: inline; filename=b.png\n\nx\n",
}


def nested(kind: str, *parts: str, boundary: str = "B") -> str:
    inside = "".join(f"--{boundary}\n{part}" for part in parts)
    return f'Content-Type: multipart/{kind}; boundary="{boundary}"\n\n{inside}--{boundary}--\n'


MADE = [
    *PARTS.values(),
    nested("mixed", PARTS["plain"], PARTS["file"], PARTS["picture"]),
    nested("mixed", PARTS["file"], PARTS["plain"]),
    nested("alternative", PARTS["plain"], PARTS["html"]),
    nested("mixed", nested("alternative", PARTS["html"], PARTS["plain"], boundary="C"), PARTS["file"]),
    nested("related", PARTS["plain"], PARTS["picture"]),
]
MAILS = [
    *(f"From: a@b.c\nTo: d@e.f\nMIME-Version: 1.0\n{made}" for made in MADE),
    *(one.partition("\n")[2] for one in mails(30)),
    mailbox().decode().partition("\n")[2].partition("\n\nFrom ")[0],
]


@pytest.mark.parametrize("text", MAILS)
def test_the_body_and_the_attachments_are_the_newer_policys(text: str) -> None:
    raw = text.encode()
    slow = email.message_from_bytes(raw, policy=email.policy.default)
    quick: Message = email.message_from_bytes(raw)

    body = slow.get_body(preferencelist=("plain", "html"))

    found = contents_of(quick)
    if body is None:
        assert found.text == ""
    elif body.get_content_subtype() == "plain":
        assert found.text == body.get_content()
    # A mail that is one file and nothing else has no attachments by that policy; here it is listed.
    named = [part.get_filename() or part.get_content_type() for part in slow.iter_attachments()]
    assert named == list(found.attachments) or not slow.is_multipart()


def test_a_second_text_that_is_no_other_form_of_the_body_is_listed() -> None:
    mail = email.message_from_string(nested("mixed", PARTS["plain"], "Content-Type: text/plain\n\nmore\n"))

    assert contents_of(mail).attachments == ("text/plain",)
