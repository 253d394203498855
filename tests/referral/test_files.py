"""Files: known by their content, looked through, and kept with the site's key."""

import io
import zipfile
from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject
from tests.referral.filled import JPEG, PNG

from desist.keys import sitekeys
from desist.referral import files, pictures
from desist.referral.files import Media
from desist.refusals import Refused

KEYS = sitekeys.generate(site="northmere-police", on=date(2026, 1, 1))
WORDS = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{}</w:document>'
PARAGRAPH = "<w:p><w:r><w:t>Order of the court</w:t></w:r></w:p>"


def pdf(**root: object) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    for key, value in root.items():
        writer.root_object[NameObject(f"/{key}")] = value
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def office(main: str = "word/document.xml", **parts: str) -> bytes:
    stream = io.BytesIO()
    body = WORDS.format(PARAGRAPH)
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {"[Content_Types].xml": "<Types/>", main: body, **parts}.items():
            archive.writestr(name, text)
    return stream.getvalue()


def encrypted() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="AES-256")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def action(kind: str) -> DictionaryObject:
    return DictionaryObject(
        {NameObject("/S"): NameObject(kind), NameObject("/JS"): TextStringObject("app.alert(1)")}
    )


MAIL = b"Received: by mx.example\r\nFrom: kit@example\r\nMessage-ID: <1@example>\r\n\r\nSeen on Tuesday."
RELATION = '<Relationships><Relationship Type="http://x/{}" Target="http://x.example" TargetMode="External"/></Relationships>'


@pytest.mark.parametrize(
    ("name", "content", "media"),
    [
        ("order.pdf", pdf(), Media.PDF),
        ("note.txt", "Reports on Mondays. שלום".encode(), Media.TEXT),
        ("photo.PNG", PNG, Media.PNG),
        ("photo.jpeg", JPEG, Media.JPEG),
        ("letter.docx", office(), Media.DOCX),
        ("dates.xlsx", office("xl/workbook.xml"), Media.XLSX),
        ("seen.docx", office(**{"word/_rels/document.xml.rels": RELATION.format("hyperlink")}), Media.DOCX),
    ],
)
def test_what_is_allowed_is_known_by_its_content(name: str, content: bytes, media: Media) -> None:
    assert files.inspect(name=name, content=content).media is media


def test_a_letter_that_speaks_of_a_subject_is_a_text() -> None:
    letter = b"From: the manager\nTo: the officer\nSubject: an invitation\n\nCome on Tuesday."

    assert files.inspect(name="letter.txt", content=letter).media is Media.TEXT


def test_an_e_mail_that_an_older_desist_kept_as_a_text_is_still_opened() -> None:
    keys = KEYS.current
    sealed = files.lock(keys=keys, ref="abcdefgh", content=MAIL)
    row = SimpleNamespace(ref="abcdefgh", name="sent.txt", key=keys.id, sealed=sealed)

    file = files.opened(row, keys=KEYS)

    assert (file.content, file.hides) == (MAIL, files.E_MAIL)


def test_the_words_of_a_document_are_there_to_preview() -> None:
    assert files.inspect(name="letter.docx", content=office()).text == "Order of the court"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("empty.pdf", b"", "empty"),
        ("big.pdf", b"%PDF-" + b"x" * files.MOST_BYTES, "larger than 4 MB"),
        ("order.pdf", PNG, "does not fit what is inside, which is a PNG picture"),
        ("macro.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "old Office file"),
        ("call.mp3", b"ID3\x04\x00" + b"x" * 600, "This is sound or video"),
        ("call.txt", b"OggS\x00" + b"x" * 600, "This is sound or video"),
        ("door.mp4", b"\x00\x00\x00\x20ftypisom" + b"x" * 600, "Hand it over as evidence is handed over"),
        ("long.mp4", b"\x00\x00\x00\x20ftypisom" + b"x" * files.MOST_BYTES, "This is sound or video"),
        ("sent.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "or an Outlook e-mail"),
        ("run.txt", b"MZ\x90\x00", "kind of file cannot be attached"),
        ("page.txt", b"<html><script>alert(1)</script>", "kind of file cannot be attached"),
        ("script.txt", b"#!/bin/sh\nrm", "kind of file cannot be attached"),
        ("letter.txt", b"{\\rtf1\\object", "kind of file cannot be attached"),
        ("half.pdf", pdf()[:200], "broken or was cut"),
        ("half.docx", office()[:150], "broken or was cut"),
        ("half.png", PNG[:-20], "broken or was cut"),
        ("half.jpg", JPEG[:-3], "broken or was cut"),
        ("files.zip", office("other.xml"), "archive"),
        ("script.pdf", pdf(OpenAction=action("/JavaScript")), "holds a script"),
        ("launch.pdf", pdf(OpenAction=action("/Launch")), "holds a"),
        (
            "nested.pdf",
            pdf(Names=ArrayObject([DictionaryObject({NameObject("/EmbeddedFiles"): ArrayObject()})])),
            "another file",
        ),
        ("locked.pdf", encrypted(), "password"),
        ("macro.docx", office(**{"word/vbaProject.bin": "x"}), "macros"),
        (
            "macro2.docx",
            office(
                **{"[Content_Types].xml": '<Types><Override ContentType="x.macroEnabled.main+xml"/></Types>'}
            ),
            "may run macros",
        ),
        ("ole.docx", office(**{"word/embeddings/oleObject1.bin": "x"}), "macros or another file"),
        (
            "remote.docx",
            office(**{"word/_rels/settings.xml.rels": RELATION.format("attachedTemplate")}),
            "fetches something",
        ),
        (
            "dde.docx",
            office(
                **{
                    "word/document.xml": WORDS.format(
                        "<w:p><w:instrText>DDEA</w:instrText><w:instrText>UTO c:</w:instrText></w:p>"
                    )
                }
            ),
            "field that fetches",
        ),
        ("bomb.docx", office(**{"word/x.xml": "0" * 70_000_000}), "unpacks to far more"),
        (
            "entity.docx",
            office(**{"word/document.xml": '<!DOCTYPE x [<!ENTITY a "a">]><x>&a;</x>'}),
            "broken",
        ),
    ],
)
def test_what_runs_leads_out_or_is_broken_is_refused_in_words(
    name: str, content: bytes, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        files.inspect(name=name, content=content)


@pytest.mark.parametrize(
    ("name", "content"), [("a.png", PNG + b"PLANTED-TAIL"), ("a.jpg", JPEG + b"PLANTED-TAIL")]
)
def test_a_picture_loses_where_it_was_taken_and_what_hides_behind_it(name: str, content: bytes) -> None:
    kept = files.inspect(name=name, content=content).content

    assert b"PLANTED" in content
    assert b"PLANTED" not in kept
    assert files.inspect(name=name, content=kept).content == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\x\\order.pdf", "order.pdf"),
        ('a"b;c\r\nd.txt', "a b c d.txt"),
        ("\u202egpj.exe.txt", "gpj.exe.txt"),
        ("x" * 300 + ".pdf", "x" * 94 + ".pdf"),
        ("...", "file"),
    ],
)
def test_a_name_is_only_a_name(typed: str, kept: str) -> None:
    assert files.plain_name(typed) == kept


def test_what_is_kept_opens_with_its_key_for_its_row_alone() -> None:
    sealed = files.lock(keys=KEYS.current, ref="row1", content=b"PLANTED-CONTENT")

    assert b"PLANTED" not in sealed
    assert files.unlock(keys=KEYS, key=KEYS.current.id, ref="row1", sealed=sealed) == b"PLANTED-CONTENT"
    with pytest.raises(files.Spoilt):
        files.unlock(keys=KEYS, key=KEYS.current.id, ref="row2", sealed=sealed)
    with pytest.raises(files.Spoilt):
        files.unlock(keys=KEYS, key=KEYS.current.id, ref="row1", sealed=sealed[:-1])


def test_it_still_opens_after_the_keys_were_changed() -> None:
    sealed = files.lock(keys=KEYS.current, ref="row1", content=b"x")
    newer = sitekeys.rotate(keys=KEYS, on=date(2026, 2, 1))

    assert files.unlock(keys=newer, key=KEYS.current.id, ref="row1", sealed=sealed) == b"x"


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", pictures.PNG, b"\xff\xd8\xff"]),
)
def test_any_bytes_are_taken_or_refused(content: bytes, start: bytes) -> None:
    try:
        found = files.inspect(name="file.txt", content=start + content)
    except Refused:
        return

    assert found.media is Media.TEXT
