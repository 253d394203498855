"""Attachments of a referral: accepted by content, without code, hidden parts, outward links or their place of origin.

`inspect` rewrites a file without traces of its maker and reads every word of it, or refuses it in one sentence; `leads`
names the passages that may lead to the victim. `lock` and `unlock` keep it with the site's own key, bound to its row's
reference, so that no readable copy lies in a table, a backup or a temporary file.
"""

import json
import re
import secrets
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from desist import recordings
from desist.keys.sitekeys import KeySet, SiteKeys, UnknownKey
from desist.locators import Finding
from desist.references import reference
from desist.referral import office, pictures, reading
from desist.referral.passages import Passage, Read, bounded
from desist.referral.reading import Reader
from desist.refusals import Refused
from desist.ui import words
from desist.ui.showable import UNSHOWABLE
from desist.ui.words import NotRead

MOST_BYTES = 4 * 1024 * 1024
MOST_FILES = 5
PURPOSE = "attachments"
NONCE = 12
LONGEST_NAME = 100
PREVIEW = 4000  # characters


class Media(StrEnum):
    """The kinds of file that may be attached, by their media type."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    TEXT = "text/plain"


ENDINGS: dict[Media, tuple[str, ...]] = {
    Media.PDF: (".pdf",),
    Media.PNG: (".png",),
    Media.JPEG: (".jpg", ".jpeg"),
    Media.DOCX: (".docx",),
    Media.XLSX: (".xlsx",),
    Media.TEXT: (".txt",),
}
PICTURES = frozenset({Media.PNG, Media.JPEG})
#: the word that readers of files use for a picture in them
PICTURE = "a picture"
LOCKED = "This file cannot be unlocked here: it was changed, or its key is missing. Tell your administrator."
ASK = "If you do not have the file yourself, ask its sender for a copy that is saved anew."
RECORDING = (
    "This is sound or video, in which nobody can look for names before it is sent. Hand it over as evidence is handed over, "
    "and write down in words what matters."
)
E_MAIL = (
    "This is an e-mail, which holds addresses and perhaps other files. Print it to a PDF and look through it; attach what came "
    "with it by itself."
)
#: the headers with which a saved e-mail begins; one more of the second kind follows
MAIL_BEGINS = re.compile(
    r"(?:From |(?:Return-Path|Received|Delivered-To|MIME-Version|Message-ID|From|Date|Subject|To|X-[\w-]+):)",
    re.I,
)
MAIL_HEADER = re.compile(r"^(?:MIME-Version|Message-ID|Content-Type|Received):", re.I | re.M)
#: so far an e-mail's headers are looked for
HEADERS = 8_000
ALLOWED = "PDF, Word (.docx), Excel (.xlsx), PNG, JPEG, plain text or a saved e-mail (.eml)"
MAIL_ENDING = ".eml"


@dataclass(frozen=True)
class Accepted:
    """A file that may be kept, rewritten without traces of its maker, with its words and its unreadable parts."""

    name: str
    media: Media
    content: bytes
    passages: tuple[Passage, ...] = ()
    unread: tuple[str, ...] = ()
    hides: str = ""  # the reason why a new file like it is refused, for a file that an older Desist kept

    @property
    def digest(self) -> str:
        """SHA-256, in hexadecimal."""
        return sha256(self.content).hexdigest()

    @property
    def text(self) -> str:
        """The first words of the file, to look at."""
        return "\n".join(one.words.strip() for one in self.passages if one.shown)[:PREVIEW]


@dataclass(frozen=True)
class Lead:
    """A passage that may lead to the victim, or that only a person can read; and its place."""

    kind: str
    sentence: str
    hint: str  # the text without the words, for places where they must not be written down

    @property
    def is_picture(self) -> bool:
        """Whether it is a picture, in which only a person can look for people."""
        return self.kind == PICTURE


class Spoilt(Exception):
    """The kept file cannot be opened: it was changed, or belongs to another row or another site."""


def inspect(*, name: str, content: bytes) -> Accepted:
    """Return the checked file, an e-mail as text; raises Refused with one sentence why it may not be attached."""
    if len(content) <= MOST_BYTES and _is_mail(plain_name(name), content):
        content = reading.read(Reader.MAIL, content).content
        name = f"{plain_name(name).rpartition('.')[0] or 'e-mail'}.txt"
    file = _looked_through(name, content)
    if file.hides:
        raise Refused(file.hides)
    return file


def _looked_through(name: str, content: bytes) -> Accepted:
    """Return the checked file, also where it hides parts; raises Refused where it runs code or cannot be checked."""
    if not content:
        raise Refused("The file is empty. If it should not be, it was cut off on the way: choose it again.")
    if len(content) > MOST_BYTES:
        if recordings.kind_of(content[:16]):
            raise Refused(RECORDING)
        raise Refused(
            f"The file is larger than {MOST_BYTES // 1024 // 1024} MB. Send a smaller copy, or send it another way."
        )
    media = _sniffed(content)
    plain = plain_name(name)
    if not plain.lower().endswith(ENDINGS[media]):
        raise Refused(
            f"The name “{plain}” does not fit what is inside, which is {_article(media)}. "
            f"Name it with {' or '.join(ENDINGS[media])} if that is right."
        )
    read = _read(media, content)
    return Accepted(plain, media, read.content, read.passages, read.unread, read.hides)


def leads(file: Accepted) -> tuple[Lead, ...]:
    """Passages of a file and its name that may lead to the victim, each once; findings first, then unreadable parts.

    Where the reader of words breaks, the words count as unreadable: the file is held, and no other data is lost.
    """
    found: dict[tuple[str, str], Lead] = {}
    unread = [("cannot be read", file.hides.rstrip("."))] if file.hides else []
    unread += [
        (
            PICTURE if what == PICTURE else "cannot be read",
            f"It holds {what}: no words in it can be read here",
        )
        for what in file.unread
    ]
    names = (Passage("in the name of the file", name) for name in (_spaced(file.name), file.name))
    for passage in (*file.passages, *names):
        try:
            for one in words_that_lead(passage.words):
                found.setdefault((one.kind, " ".join(one.words.split())), _lead(passage, one))
        except NotRead:
            unread.append(("cannot be read", f"The words {passage.where} could not be looked through"))
    return (*found.values(), *(Lead(kind, one, one) for kind, one in dict.fromkeys(unread)))


def _lead(passage: Passage, one: Finding) -> Lead:
    sentence = f"“{one.words[:60]}” {passage.where} looks like {one.like}"
    return Lead(one.kind, sentence, f"Something {passage.where} looks like {one.like}")


def words_that_lead(text: str) -> tuple[Finding, ...]:
    """Return the passages that lead to a person: the one reader of words for files. Raises NotRead."""
    return words.read(text)


def plain_name(name: str) -> str:
    """A file's name without folders and unshowable characters."""
    last = re.split(r"[/\\]", name)[-1]
    shown = re.sub(r"[\s\"';<>|:*?]+", " ", UNSHOWABLE.sub("", last)).strip(" .")
    stem, dot, ending = shown.rpartition(".")
    return f"{stem[: LONGEST_NAME - 6]}{dot}{ending[:5]}" if dot else shown[:LONGEST_NAME] or "file"


class KeptFile(Protocol):
    """A row that holds a file."""

    ref: str
    name: str
    key: str
    sealed: Any  # bytes, or a view of them


def kept(file: Accepted, *, keys: KeySet) -> dict[str, Any]:
    """The columns of a new row that holds this file, unreadable without this site's key."""
    ref = reference()
    return {
        "ref": ref,
        "name": file.name,
        "media": file.media,
        "size": len(file.content),
        "digest": file.digest,
        "key": keys.id,
        "sealed": lock(keys=keys, ref=ref, content=file.content),
    }


def opened(row: KeptFile, *, keys: SiteKeys) -> Accepted:
    """Open a kept file and check it again: one that runs code is refused although an older Desist kept it.

    A file with hidden parts is opened, and says so in `hides`. Raises Refused, also where the file is spoilt.
    """
    try:
        content = unlock(keys=keys, key=row.key, ref=row.ref, sealed=bytes(row.sealed))
    except (Spoilt, UnknownKey):
        raise Refused(LOCKED) from None
    try:
        return _looked_through(row.name, content)
    except Refused as reason:
        raise Refused(f"{reason} {ASK}") from None


def sealed_leads(found: tuple[Lead, ...], *, keys: KeySet, ref: str) -> bytes:
    """Lock the findings of a row's file with this site's key, as the file itself is locked."""
    written = json.dumps([[one.kind, one.sentence, one.hint] for one in found], ensure_ascii=False)
    return lock(keys=keys, ref=_leads_of(ref), content=written.encode())


def opened_leads(row: KeptFile, *, keys: SiteKeys, sealed: bytes) -> tuple[Lead, ...]:
    """Open the findings that `sealed_leads` kept with a file; raises Refused."""
    try:
        written = unlock(keys=keys, key=row.key, ref=_leads_of(row.ref), sealed=sealed)
    except (Spoilt, UnknownKey):
        raise Refused(LOCKED) from None
    return tuple(Lead(*one) for one in json.loads(written))


def _leads_of(ref: str) -> str:
    return f"{ref} leads"


def lock(*, keys: KeySet, ref: str, content: bytes) -> bytes:
    """The content, readable with this site's key and for this row alone."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(keys.derive(PURPOSE)).encrypt(nonce, content, ref.encode())


def unlock(*, keys: SiteKeys, key: str, ref: str, sealed: bytes) -> bytes:
    """The content again; `key` is the id of the key set that locked it. Raises Spoilt and UnknownKey."""
    cipher = AESGCM(keys.find(key).derive(PURPOSE))
    try:
        return cipher.decrypt(sealed[:NONCE], sealed[NONCE:], ref.encode())
    except (InvalidTag, ValueError):
        raise Spoilt(ref) from None


def _sniffed(content: bytes) -> Media:
    """The kind of the content, whatever the file's name says."""
    starts: tuple[tuple[bytes, Media], ...] = (
        (b"%PDF-", Media.PDF),
        (pictures.PNG, Media.PNG),
        (pictures.JPEG, Media.JPEG),
    )
    for start, media in starts:
        if content.startswith(start):
            return media
    if content.startswith(b"PK"):
        return {"word": Media.DOCX, "xl": Media.XLSX}[office.kind(content)]
    if content.startswith(office.OLE):
        raise Refused(
            "This is an old Office file, which can hold macros, or an Outlook e-mail. Save it as .docx, .xlsx, PDF or .eml."
        )
    text = _decoded(content)
    if (text is None or UNSHOWABLE.search(text)) and recordings.kind_of(content[:16]):
        raise Refused(RECORDING)
    if text is None:
        raise Refused(f"This kind of file cannot be attached. Allowed are {ALLOWED}. Save a text as UTF-8.")
    if UNSHOWABLE.search(text) or re.match(r"\s*(?:<|\{\\rtf|#!|MZ)", text):
        raise Refused(f"This kind of file cannot be attached. Allowed are {ALLOWED}.")
    return Media.TEXT


def _decoded(content: bytes) -> str | None:
    """The text in UTF-8, or in UTF-16 where it says so; no other encoding can be read for certain."""
    wide = content.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    try:
        return content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        return None


def _is_mail(name: str, content: bytes) -> bool:
    """Whether a new file is a saved e-mail, by its name or by its first lines."""
    return name.lower().endswith(MAIL_ENDING) or _begins_as_mail(
        content[:HEADERS].decode("utf-8-sig", "replace")
    )


def _begins_as_mail(text: str) -> bool:
    return bool(MAIL_BEGINS.match(text) and MAIL_HEADER.search(text[:HEADERS]))


def _read(media: Media, content: bytes) -> Read:
    """The content for keeping, and its words; raises Refused."""
    if media in PICTURES:
        return Read(pictures.without_metadata(content), (), (PICTURE,))
    if media is Media.TEXT:
        text = _decoded(content) or ""
        hides = E_MAIL if _begins_as_mail(text) else ""
        return bounded(Read(text.encode(), (Passage("in the text", text),), hides=hides))
    return reading.read(Reader.PDF if media is Media.PDF else Reader.OFFICE, content)


def _spaced(name: str) -> str:
    """The name of a file as words."""
    return re.sub(r"[_+-]+", " ", name.rpartition(".")[0])


def _article(media: Media) -> str:
    words = {
        Media.PDF: "a PDF",
        Media.PNG: "a PNG picture",
        Media.JPEG: "a JPEG picture",
        Media.DOCX: "a Word document",
        Media.XLSX: "an Excel workbook",
        Media.TEXT: "plain text",
    }
    return words[media]
