"""What may be attached to a referral: decided by content, and nothing that runs, links out or tells where it was made.

`inspect` says what a file is or refuses it in one sentence; `lock` and `unlock` keep it with the site's own key, bound
to the reference of its row, so that nothing readable lies in a table, a backup or a temporary file.
"""

import re
import secrets
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from desist.keys.sitekeys import KeySet, SiteKeys
from desist.referral import office, pictures
from desist.referral.refusals import Refused
from desist.ui.showable import UNSHOWABLE

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
ALLOWED = "PDF, Word (.docx), Excel (.xlsx), PNG, JPEG or plain text"


@dataclass(frozen=True)
class Accepted:
    """A file that may be kept. Pictures come without what the camera wrote into them."""

    name: str
    media: Media
    content: bytes
    text: str

    @property
    def digest(self) -> str:
        """SHA-256, in hexadecimal."""
        return sha256(self.content).hexdigest()


class Spoilt(Exception):
    """What is kept cannot be opened: it was changed, or belongs to another row or another site."""


def inspect(*, name: str, content: bytes) -> Accepted:
    """What this file is; raises Refused with one sentence that says why it may not be attached."""
    if not content:
        raise Refused("The file is empty. If it should not be, it was cut off on the way: choose it again.")
    if len(content) > MOST_BYTES:
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
    cleaned, text = _examined(media, content)
    return Accepted(plain, media, cleaned, text[:PREVIEW])


def plain_name(name: str) -> str:
    """A file's name without folders or what no screen shows."""
    last = re.split(r"[/\\]", name)[-1]
    shown = re.sub(r"[\s\"';<>|:*?]+", " ", UNSHOWABLE.sub("", last)).strip(" .")
    stem, dot, ending = shown.rpartition(".")
    return f"{stem[: LONGEST_NAME - 6]}{dot}{ending[:5]}" if dot else shown[:LONGEST_NAME] or "file"


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
    """What the content is, whatever it is called."""
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
        raise Refused("This is an old Office file, which can hold macros. Save it as .docx, .xlsx or PDF.")
    if _is_text(content):
        return Media.TEXT
    raise Refused(f"This kind of file cannot be attached. Allowed are {ALLOWED}.")


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    markup = re.match(r"\s*(?:<|\{\\rtf|#!|MZ)", text)
    return not UNSHOWABLE.search(text) and markup is None


def _examined(media: Media, content: bytes) -> tuple[bytes, str]:
    """The content as it is kept, and the words to preview; raises Refused."""
    if media is Media.PDF:
        from desist.referral import pdf  # noqa: PLC0415 -- 15 MB that only a PDF has to load

        return content, pdf.examined(content)
    if media in PICTURES:
        return pictures.without_metadata(content), ""
    if media is Media.TEXT:
        return content, content.decode("utf-8-sig")
    return content, office.examined(content)


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
