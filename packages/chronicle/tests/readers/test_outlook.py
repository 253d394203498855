"""A mail of Outlook's: sender, people, time and words, in whatever form it has them."""

import email
from datetime import UTC, datetime
from pathlib import Path

import pytest
from packages.chronicle.tests.made_up.compound_files import CompoundFile
from packages.chronicle.tests.made_up.export_samples import archive
from packages.chronicle.tests.made_up.phone_samples import outlook_mail
from packages.chronicle.tests.readers.conftest import ReadOne

from desist_chronicle.records import Flag, Kind


def test_a_mail_is_read_with_its_people_and_files(read_one: ReadOne) -> None:
    (record,), outcome = read_one(outlook_mail())

    assert (record.kind, record.sender, record.recipients) == (
        Kind.EMAIL,
        "bob@example.org",
        ("ann@example.com",),
    )
    assert record.text == "you\n\nI see you\nagain é\n\n[door.jpg]"
    assert record.sent_utc == datetime(2024, 7, 31, 21, 5, 7, tzinfo=UTC)
    assert record.flags == (Flag.ATTACHMENT,)
    assert outcome.format == "Outlook mail (.msg)"
    assert outcome.facts["names"] == "bob@example.org is Bob Sample; ann@example.com is Ann"


def test_the_same_mail_in_two_forms_is_the_same(read_one: ReadOne, tmp_path: Path) -> None:
    """The independent count: the standard library's reading of the mail as .eml."""
    plain = (
        "From: Bob Sample <bob@example.org>\nTo: Ann <ann@example.com>\nDate: Wed, 31 Jul 2024 21:05:07 +0000\n"
        "Subject: you\nContent-Type: text/plain; charset=utf-8\n\nI see you\nagain é"
    )
    mail = email.message_from_string(plain)

    (outlook,), _ = read_one(outlook_mail(None, "__attach_version1.0_#00000000"))
    (eml,), _ = read_one(plain.encode())

    assert outlook[6:8] == eml[6:8]
    assert (outlook.sender, outlook.recipients, outlook.text) == (eml.sender, eml.recipients, eml.text)
    assert mail["subject"] in outlook.text


@pytest.mark.parametrize(
    ("changed", "without", "text"),
    [
        ({"__substg1.0_1000001E": b"Zo\xeb"}, ("__substg1.0_1000001F",), "you\n\nZoë\n\n[door.jpg]"),
        (
            {"__substg1.0_10130102": "<p>I see <b>you</b> é</p>".encode()},
            ("__substg1.0_1000001F",),
            "you\n\nI see you é\n\n[door.jpg]",
        ),
        ({"__substg1.0_10130102": b"<p>Zo\xeb</p>"}, ("__substg1.0_1000001F",), "you\n\nZoë\n\n[door.jpg]"),
        ({}, ("__substg1.0_1000001F", "__substg1.0_0037001F"), "[door.jpg]"),
    ],
)
def test_words_are_found_in_each_form(
    changed: dict[str, bytes], without: tuple[str, ...], text: str, read_one: ReadOne
) -> None:
    (record,), outcome = read_one(outlook_mail(changed, *without))  # type: ignore[arg-type]

    assert record.text == text
    assert not outcome.partial


def test_a_folder_in_the_place_of_words_is_told(read_one: ReadOne) -> None:
    (record,), outcome = read_one(outlook_mail({"__substg1.0_1000001F": {}}))

    assert record.sender == "bob@example.org"
    assert outcome.partial
    assert "1000001F could not be read: the mail is damaged there" in outcome.warnings[0]


def test_words_only_in_packed_rtf_are_told(read_one: ReadOne) -> None:
    (record,), outcome = read_one(outlook_mail({"__substg1.0_10090102": b"x" * 5000}, "__substg1.0_1000001F"))

    assert record.text == "you\n\n[door.jpg]"
    assert outcome.partial
    assert "Save it as .eml" in outcome.warnings[0]


def test_a_place_in_a_firms_directory_is_no_address(read_one: ReadOne) -> None:
    recipient = {"__substg1.0_3001001F": "Ann".encode("utf-16-le"), "__substg1.0_3003001E": b"/O=FIRM/CN=ANN"}
    changed = {"__substg1.0_0C1F001E": b"/O=FIRM/CN=BOB", "__recip_version1.0_#00000000": recipient}

    (record,), _ = read_one(outlook_mail(changed, "__substg1.0_5D01001F"))  # type: ignore[arg-type]

    assert (record.sender, record.recipients) == ("Bob Sample", ("Ann",))


@pytest.mark.parametrize("ticks", [0, (1 << 64) - 1])
def test_a_mail_without_a_time_and_not_sent_says_so(ticks: int, read_one: ReadOne) -> None:
    entry = (0x00390040).to_bytes(4, "little") + bytes(4) + ticks.to_bytes(8, "little")
    unsent = (0x0E070003).to_bytes(4, "little") + bytes(4) + (8).to_bytes(8, "little")

    (record,), _ = read_one(outlook_mail({"__properties_version1.0": bytes(32) + entry + unsent}))

    assert record.sent_utc is None
    assert record.flags == (Flag.ATTACHMENT, Flag.DRAFT, Flag.TIME_UNREADABLE)


def test_a_mail_in_an_archive_is_read_and_a_damaged_one_is_named(read_one: ReadOne) -> None:
    data = archive(
        {
            "a.msg": outlook_mail(),
            "b.msg": outlook_mail()[:600],
            "c.doc": CompoundFile({"WordDocument": b"x"}).written(),
        }
    )

    records, outcome = read_one(data)

    assert len(records) == 1
    assert [how for *_, how in outcome.members] == ["read", "not read", "not read"]
    assert outcome.not_read == [
        "export/b.msg (damaged)",
        "export/c.doc (an older office document (DOC, XLS or PPT))",
    ]


def test_a_stream_that_is_damaged_is_told_and_the_rest_is_kept(read_one: ReadOne) -> None:
    data = bytearray(outlook_mail({"__substg1.0_1000001F": ("x" * 5000).encode("utf-16-le")}))
    # the table of sectors is the last one; the first chain in it is that of the long words
    place = len(data) - 512
    data[place : place + 4] = (0xFFFFFFF0).to_bytes(4, "little")

    records, outcome = read_one(bytes(data))

    assert outcome.partial or outcome.refused
    assert all(one.sender == "bob@example.org" for one in records)
