"""A saved e-mail is kept as text: its words, who wrote to whom and when, and the names of its files."""

from email.message import EmailMessage

import pytest

from desist.referral import files, mail
from desist.referral.files import Media
from desist.refusals import Refused


def written(words: str = "I saw him at the gate.", page: str = "", *, named: str = "") -> bytes:
    """Return an e-mail as a mailbox saves it."""
    message = EmailMessage()
    message["Received"] = "from phone.home.example by mx.example"
    message["From"] = "Wren Calderbeck <wren@service.example>"
    message["To"] = "kit@police.example"
    message["Date"] = "Tue, 06 Jan 2026 10:00:00 +0000"
    message["Subject"] = "What was =?utf-8?q?seen?="
    message["X-Originating-IP"] = "192.0.2.7"
    message.set_content(words)
    if page:
        message.add_alternative(page, subtype="html")
    if named:
        message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename=named)
    return message.as_bytes()


def test_an_e_mail_is_kept_as_text_without_its_way() -> None:
    file = files.inspect(name="seen at the gate.eml", content=written())

    assert (file.name, file.media) == ("seen at the gate.txt", Media.TEXT)
    assert file.text.splitlines() == [
        "An e-mail, kept as text",
        "From: Wren Calderbeck <wren@service.example>",
        "To: kit@police.example",
        "Date: Tue, 06 Jan 2026 10:00:00 +0000",
        "Subject: What was seen",
        "",
        "I saw him at the gate.",
    ]
    assert b"192.0.2.7" not in file.content
    assert b"phone.home" not in file.content


def test_the_text_is_taken_as_it_is_where_it_arrives() -> None:
    file = files.inspect(name="seen.eml", content=written())

    again = files.inspect(name=file.name, content=file.content)

    assert (again.content, again.hides) == (file.content, "")


def test_addresses_in_it_are_found_as_in_any_file() -> None:
    file = files.inspect(name="seen.eml", content=written("She lives at 12 Quarry Lane."))

    assert {"e-mail address", "address"} <= {one.kind for one in files.leads(file)}


def test_an_e_mail_under_the_name_of_a_text_is_one_too() -> None:
    assert files.inspect(name="sent.txt", content=written()).text.startswith(mail.FIRST)


def test_its_files_are_named_and_attached_by_themselves() -> None:
    text = files.inspect(name="seen.eml", content=written(named="order of the court.pdf")).text

    assert text.endswith("With it came: order of the court.pdf. Attach it by itself.")


def test_everything_that_a_page_hides_is_written_out() -> None:
    page = (
        "<html><head><title>t</title><style>p {}</style></head><body><p>Seen <b>twice</b></p>"
        '<p style="display:none">at 12 Quarry Lane</p><a href="https://example.org/x">here</a>'
        '<script>run()</script><img src="cid:1" alt="her door"></body></html>'
    )
    text = files.inspect(name="page.eml", content=written("", page)).text

    assert "Seen twice" in text
    assert "at 12 Quarry Lane" in text
    assert "(https://example.org/x)" in text
    assert "(her door)" in text
    assert "run()" not in text


@pytest.mark.parametrize(
    "content",
    [
        b"No headers, only words.",
        b"From: kit@example\r\nMIME-Version: 1.0\r\n\r\n",
        b'MIME-Version: 1.0\r\nFrom: a@b.example\r\nContent-Type: text/plain; charset="nope"\r\n\r\nx',
        b"From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/encrypted; boundary=x\r\n\r\n--x\r\n\r\n--x--",
    ],
)
def test_what_cannot_be_opened_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(Refused, match="This e-mail cannot be opened"):
        files.inspect(name="sent.eml", content=content)


def test_one_that_is_too_large_is_refused_by_its_size() -> None:
    with pytest.raises(Refused, match="larger than 4 MB"):
        files.inspect(name="long.eml", content=written() + b"x" * files.MOST_BYTES)
