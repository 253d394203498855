"""A planted secret is found in every spelling that a leak could have, and nothing else is."""

import base64
import gzip
import hashlib
import html
import io
import zipfile
from collections.abc import Callable
from urllib.parse import quote

import pytest
from reportlab.pdfgen.canvas import Canvas

from tools.leaks.planted import Secret
from tools.leaks.search import Search
from tools.leaks.spelling import spellings, squeezed

NAME = Secret("Aurelie Ambercroft k7f4m9pxqc", "victim_name")
HOME = Secret("Flat t3gh6wq9ek, Mothgate", "victim_address")
PHONE = Secret("01632 960205", "victim_phone")
POSTCODE = Secret("NM14 3AE", "victim_postcode")
EMAIL = Secret("qmgnkvcw7w@harbour.example", "victim_email")
EVERYTHING = Search([NAME, HOME, PHONE, POSTCODE, EMAIL])


def pdf(text: str) -> bytes:
    made = io.BytesIO()
    canvas = Canvas(made)
    canvas.drawString(50, 500, text)
    canvas.save()
    return made.getvalue()


def zipped(text: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", text)
    return made.getvalue()


WRAPPINGS: dict[str, Callable[[str], bytes]] = {
    "as it is": str.encode,
    "in capitals": lambda text: text.upper().encode(),
    "with other spaces": lambda text: text.replace(" ", "\u00a0 ").encode(),
    "without spaces": lambda text: text.replace(" ", "").encode(),
    "with dashes": lambda text: text.replace(" ", "-").encode(),
    "letter by letter": lambda text: "\u200b".join(text).encode(),
    "split over tags": lambda text: f"<b>{text[:5]}</b><span class='x'>{text[5:]}</span>".encode(),
    "in entities": lambda text: "".join(f"&#{ord(letter)};" for letter in text).encode(),
    "in entities twice": lambda text: html.escape("".join(f"&#x{ord(one):x};" for one in text)).encode(),
    "in an address": lambda text: f"/search/?q={quote(text, safe='')}".encode(),
    "in JSON": lambda text: "".join(f"\\u{ord(letter):04x}" for letter in text).encode(),
    "in base64": lambda text: base64.b64encode(text.encode()),
    "in the middle of base64": lambda text: b"x=" + base64.urlsafe_b64encode(b"ab" + text.encode() + b"c"),
    "in base64 over lines": lambda text: base64.encodebytes(b"x" * 50 + text.encode()),
    "in base64 twice": lambda text: base64.b64encode(base64.b64encode(text.encode())),
    "in hex": lambda text: b"\\x" + text.encode().hex().encode(),
    "in UTF-16": lambda text: text.encode("utf-16"),
    "in UTF-16, the other way": lambda text: text.encode("utf-16-be"),
    "quoted-printable": lambda text: (
        b"Content-Transfer-Encoding: quoted-printable\n\n"
        + "".join(f"={ord(letter):02X}" for letter in text).encode()
    ),
    "backwards": lambda text: text[::-1].encode(),
    "in a PDF": pdf,
    "in a ZIP": zipped,
    "compressed": lambda text: gzip.compress(text.encode()),
    "as its sha256": lambda text: hashlib.sha256(text.encode()).hexdigest().encode(),
    "as the md5 of its small letters": lambda text: (
        hashlib.md5(text.lower().encode(), usedforsecurity=False).hexdigest().encode()
    ),
}


@pytest.mark.parametrize("wrapping", WRAPPINGS)
@pytest.mark.parametrize("secret", [NAME, HOME, PHONE, POSTCODE, EMAIL], ids=lambda secret: secret.kind)
def test_a_secret_is_found_however_it_is_written(secret: Secret, wrapping: str) -> None:
    said = WRAPPINGS[wrapping](secret.text)

    found = {hit.secret for hit in EVERYTHING.hits(said)}

    assert found == {secret}


@pytest.mark.parametrize(
    "written",
    [
        "Ambercroft k7f4m9pxqc, Aurelie",
        "AMBERCROFT, Aurelie",
        "Aurélie Ambercroft",
        "K7F4-M9PX-QC",
    ],
)
def test_a_name_is_found_in_another_order_and_in_part(written: str) -> None:
    assert {hit.secret for hit in EVERYTHING.hits(written.encode())} == {NAME}


@pytest.mark.parametrize(
    "written",
    ["+44 1632 960205", "0044 1632 960 205", "+44 (0)1632 960205", "01632-960-205", "(01632) 960.205"],
)
def test_a_telephone_number_is_found_in_every_form(written: str) -> None:
    assert {hit.secret for hit in EVERYTHING.hits(f"Ring {written} today".encode())} == {PHONE}


def test_the_hash_of_a_number_as_machines_write_it_is_found() -> None:
    digest = hashlib.sha1(b"+441632960205", usedforsecurity=False).hexdigest()

    assert {hit.spelling for hit in EVERYTHING.hits(digest.encode())} == {"its sha1"}


def test_what_is_not_planted_is_not_found() -> None:
    said = "Aurelie Bramblewick, Mothgate, 01632 960206, NM14 3AF, k7f4m9pxqd, harbour.example " * 200

    assert EVERYTHING.hits(said.encode()) == set()
    assert Search([]).hits(b"Aurelie Ambercroft") == set()


def test_in_bytes_that_are_no_text_a_short_spelling_counts_for_nothing() -> None:
    assert EVERYTHING.hits(b"\x8enm143ae\x9f") != set()
    assert EVERYTHING.hits(b"\x8enm143ae\x9f", text=False) == set()
    assert EVERYTHING.raw(b"\x8enm143ae\x9f") == set()
    assert {hit.secret for hit in EVERYTHING.raw(b"\x00\x01Flat t3gh6wq9ek, Mothgate\x00")} == {HOME}


def test_a_damaged_file_is_read_as_far_as_it_goes() -> None:
    for broken in (b"%PDF-1.7 no more", b"PK\x03\x04 no more", b"\x1f\x8b no more"):
        assert EVERYTHING.hits(broken) == set()
        assert EVERYTHING.hits(broken + b" Flat t3gh6wq9ek, Mothgate") != set()


def test_no_spelling_is_short_enough_to_be_anywhere() -> None:
    assert all(len(one) >= 6 for secret in (NAME, HOME, PHONE, POSTCODE, EMAIL) for one in spellings(secret))
    assert squeezed("Zoë-Anne 1") == b"zoeanne1"
