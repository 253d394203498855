"""A mail says what was written, by whom and when, also where its headers or parts are wrong."""

import base64
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desist_chronicle.options import Options
from desist_chronicle.reading import Outcome, Reading
from desist_chronicle.records import Flag, Record

Read = Callable[[bytes], tuple[Record, Outcome]]
HEAD = b"From: sam@example.org\nTo: robin@example.com\nDate: Fri, 12 Jul 2024 21:05:00 +0100\n"


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def reading(data: bytes) -> tuple[Record, Outcome]:
        path = tmp_path / "export.bin"
        path.write_bytes(data)
        made = Reading(paths=[path], options=Options())
        (found,) = [one for block in made.blocks() for one in block]
        return found, made.outcomes[-1]

    return reading


@pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1252", "us-ascii", "nonsense"])
def test_utf_8_under_a_wrong_name_is_utf_8(charset: str, read: Read) -> None:
    mail = HEAD + f"Content-Type: text/plain; charset={charset}\n\nGrüße, €5 – “now”\n".encode()

    found, _ = read(mail)

    assert found.text == "Grüße, €5 – “now”\n"
    assert Flag.MALFORMED in found.flags


@pytest.mark.parametrize("charset", ["iso-8859-1", "utf-8", "nonsense"])
def test_western_bytes_are_read_as_such(charset: str, read: Read) -> None:
    found, _ = read(HEAD + f"Content-Type: text/plain; charset={charset}\n\n".encode() + b"Gr\xfc\xdfe")

    assert found.text == "Grüße"


def test_an_instant_without_a_place_is_utc(read: Read) -> None:
    found, _ = read(HEAD.replace(b"+0100", b"-0000") + b"\nx")

    assert found.sent_utc == datetime(2024, 7, 12, 21, 5, tzinfo=UTC)
    assert str(found.sent_local) == "2024-07-12 22:05:00"


def test_a_blank_plain_part_does_not_hide_the_page(read: Read) -> None:
    parts = (
        b'Content-Type: multipart/alternative; boundary="B"\n\n--B\nContent-Type: text/plain\n\n \n\n'
        b"--B\nContent-Type: text/html\n\n<p>I am outside</p>\n--B--\n"
    )

    assert read(HEAD + parts)[0].text == "I am outside"


def test_a_mail_of_blank_parts_only_has_no_text(read: Read) -> None:
    parts = (
        b'Content-Type: multipart/alternative; boundary="B"\n\n--B\nContent-Type: text/plain\n\n \n'
        b"--B\nContent-Type: text/html\n\n \n--B--\n"
    )

    assert read(HEAD + parts)[0].text.strip() == ""


def test_subjects_and_addresses_in_raw_bytes_are_read(read: Read) -> None:
    raw = "From: Zoë <zoë@exämple.org>\nTo: robin@example.com\nSubject: Grüße\nDate: x\n\nx".encode()

    found, _ = read(raw)
    western, _ = read("From: a@b.c\nTo: d@e.f\nSubject: Grüße\n\nx".encode("cp1252"))

    assert (found.sender, found.text) == ("zoë@exämple.org", "Grüße\n\nx")
    assert western.text == "Grüße\n\nx"


def test_an_attached_mail_is_told_with_its_words(read: Read) -> None:
    parts = (
        b'Content-Type: multipart/mixed; boundary="B"\n\n--B\nContent-Type: text/plain\n\nsee this\n'
        b"--B\nContent-Type: message/rfc822\n\nFrom: Sam <sam@example.org>\nTo: ann@example.com\n"
        b"Date: Fri, 12 Jul 2024 09:00:00 +0100\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\n\nI know where you live\n--B--\n"
    )

    assert read(HEAD + parts)[0].text == (
        "see this\n\n[attached mail]\nFrom: Sam <sam@example.org>\nTo: ann@example.com\n"
        "Date: Fri, 12 Jul 2024 09:00:00 +0100\nSubject: Grüße\n\nI know where you live\n[end of attached mail]"
        "\n\n[message/rfc822]"
    )


def test_an_attached_mail_that_is_none_is_named_only(read: Read) -> None:
    parts = (
        b'Content-Type: multipart/mixed; boundary="B"\n\n--B\nContent-Type: text/plain\n\nsee\n'
        b"--B\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n--B--\n"
    )

    assert "see" in read(HEAD + parts)[0].text


def test_without_a_date_the_last_server_tells_the_time(read: Read) -> None:
    mail = (
        b"Received: from a by b;\n Fri, 12 Jul 2024 21:06:00 +0100\nReceived: from c by a; Fri, 12 Jul 2024 21:05:00 +0100\n"
        b"From: sam@example.org\nTo: robin@example.com\n\nx"
    )

    found, outcome = read(mail)

    assert found.sent_utc == datetime(2024, 7, 12, 20, 6, tzinfo=UTC)
    assert found.sent_found == "Fri, 12 Jul 2024 21:06:00 +0100"
    assert "have the time at which the last server received them" in " ".join(outcome.warnings)


@pytest.mark.parametrize(
    ("written", "sender"),
    [
        (b"sam@example.org bob@example.net", "sam@example.org"),
        (b'"Sam, Sample" <sam@example.org>', "sam@example.org"),
        (b"sam@example.org, bob@example.net", "sam@example.org"),
        (b"Sam Sample sam@example.org", "sam@example.org"),
        (b"Undisclosed", "Undisclosed"),
    ],
)
def test_no_address_is_made_up(written: bytes, sender: str, read: Read) -> None:
    found, _ = read(b"From: " + written + b"\nTo: x@y.z\nSubject: s\n\nx")

    assert found.sender == sender


@pytest.mark.parametrize("stated", [b"multipart/alternative", b'multipart/mixed; boundary="other"'])
def test_parts_whose_boundary_is_not_stated_are_shown(stated: bytes, read: Read) -> None:
    page = base64.b64encode(b"<p>I am outside</p>")
    parts = (
        b"Content-Type: " + stated + b"\n\n--B\nContent-Type: text/html; charset=utf-8\n"
        b"Content-Transfer-Encoding: base64\n\n" + page + b"\n--B--\n"
    )

    found, _ = read(HEAD + parts)

    assert found.text == "I am outside"
    assert Flag.MALFORMED in found.flags


@pytest.mark.parametrize("body", [b"no parts at all", b"--B"])
def test_a_mail_in_parts_that_has_none_is_kept(body: bytes, read: Read) -> None:
    found, _ = read(HEAD + b"Content-Type: multipart/mixed\n\n" + body)

    assert found.kind == "email"


def test_the_names_beside_addresses_are_told(read: Read) -> None:
    head = (
        b"From: =?utf-8?q?Sam_S=C3=A4mple?= <sam@example.org>\n"
        b'To: "Example, Robin" <robin@example.com>, cat@example.com\nCc: Sam\n\t Other <sam@example.org>\n'
        b"Bcc: a@example.org b@example.org\n"
    )

    found, outcome = read(head + b"\nx")

    assert outcome.facts["names"] == (
        "sam@example.org is Sam S\u00e4mple; robin@example.com is Example, Robin; sam@example.org is Sam Other"
    )
    assert (found.sender, found.recipients[:2]) == (
        "sam@example.org",
        ("robin@example.com", "cat@example.com"),
    )
    assert "names" not in read(HEAD + b"\nx")[1].facts
