"""Word and Excel files that hold nothing that runs, and lead nowhere but by a link one can see. Pure."""

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from desist.referral.refusals import Refused

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_PARTS = 2000
MOST_UNPACKED = 60 * 1024 * 1024  # bytes
#: parts of such a file that run, or hold another file
ACTIVE = re.compile(
    r"vbaproject|vbadata|activex|/embeddings/|oleobject|customui|/externallinks/|macrosheets|/ctrlprops/|webextensions",
    re.IGNORECASE,
)
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: fields of Word that fetch or start something
FIELDS = re.compile(rb"instrText[^>]*>[^<]*\b(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK)\b")


def kind(content: bytes) -> str:
    """The folder of its main part, "word" or "xl"; raises Refused for any other archive."""
    names = set(_opened(content).namelist())
    if "[Content_Types].xml" in names:
        for folder, part in (("word", "word/document.xml"), ("xl", "xl/workbook.xml")):
            if part in names:
                return folder
    raise Refused("This is an archive, not a document. Attach what is in it, one file at a time.")


def examined(content: bytes) -> str:
    """The words of a Word file, "" of another; raises Refused where it holds something that runs or leads out."""
    archive = _opened(content)
    try:
        return _examined(archive)
    except (zipfile.BadZipFile, EOFError, KeyError, NotImplementedError, RuntimeError, ValueError) as fault:
        raise _broken() from fault
    except (ParseError, DefusedXmlException):
        raise _broken() from None


def _examined(archive: zipfile.ZipFile) -> str:
    for name in archive.namelist():
        if ACTIVE.search(f"/{name}"):
            raise Refused("This file holds macros or another file. Save it without them, or as PDF.")
    if b"macroEnabled" in archive.read("[Content_Types].xml"):
        raise Refused("This file may run macros. Save it as .docx, .xlsx or PDF.")
    for name in archive.namelist():
        if name.endswith(".rels") and any(_leads_out(one) for one in fromstring(archive.read(name))):
            raise Refused("This file fetches something from elsewhere when it opens. Save it as PDF.")
    if "word/document.xml" not in archive.namelist():
        return ""
    body = archive.read("word/document.xml")
    if FIELDS.search(body):
        raise Refused("This file has a field that fetches or starts something. Save it as PDF.")
    return "\n".join(_paragraphs(fromstring(body)))


def _opened(content: bytes) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise _broken() from None
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Refused("This file unpacks to far more than it shows, so it is not opened. Save it as PDF.")
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("This file is locked with a password, so it cannot be looked through. Save it without.")
    return archive


def _leads_out(relationship: Element) -> bool:
    outside = relationship.get("TargetMode") == "External"
    return outside and not relationship.get("Type", "").endswith("/hyperlink")


def _paragraphs(body: Element) -> Iterator[str]:
    for paragraph in body.iter(f"{WORD}p"):
        words = "".join(run.text or "" for run in paragraph.iter(f"{WORD}t"))
        if words:
            yield words


def _broken() -> Refused:
    return Refused("This file is broken or was cut off on the way. Choose it again.")
