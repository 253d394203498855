"""A saved e-mail as plain text: from whom, to whom, when, about what, its words, and the names of its files. Pure.

Its files are not kept with it: each is attached by itself and looked through like any other. What a page in it hides from
its reader is written out as well, and so are the addresses behind its links.
"""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser

from desist.referral.passages import Passage, Read
from desist.refusals import Refused
from desist.ui.showable import UNSHOWABLE

#: the headers that are kept; all others tell by which machines it went
HEADERS = ("From", "To", "Cc", "Date", "Subject")
#: the first line, by which the text is no e-mail any more
FIRST = "An e-mail, kept as text"
NO_MAIL = (
    "This e-mail cannot be opened: it is locked, or saved only in part. Print it to a PDF and attach that."
)
#: parts of a page that are no words
NO_WORDS = frozenset({"style", "script", "title", "head"})
BLOCKS = frozenset(
    {"p", "div", "br", "tr", "li", "table", "ul", "ol", "h1", "h2", "h3", "h4", "blockquote", "hr"}
)


def read(content: bytes) -> Read:
    """The e-mail as it is kept. Raises Refused."""
    try:
        message = message_from_bytes(content, policy=policy.default)
        text = _written(message)
    except (LookupError, ValueError, TypeError, AttributeError, RecursionError):
        raise Refused(NO_MAIL) from None
    return Read(text.encode(), (Passage("in the e-mail", text),))


def _written(message: EmailMessage) -> str:
    told = [f"{name}: {' '.join(str(message[name]).split())}" for name in HEADERS if message[name]]
    words = _words(message)
    if not told or not words:
        raise Refused(NO_MAIL)
    files = [f"With it came: {_named(one)}. Attach it by itself." for one in message.iter_attachments()]
    lines = "\n".join([FIRST, *told, "", words, *([""] if files else []), *files])
    return UNSHOWABLE.sub("", lines.replace("\r", "")) + "\n"


def _words(message: EmailMessage) -> str:
    """The words of an e-mail: as its sender wrote them plainly, or those of its page."""
    for kind in ("plain", "html"):
        body = message.get_body(preferencelist=(kind,))
        said = body.get_content() if body else ""
        if words := (_Page.words_of(said) if kind == "html" else said).strip():
            return words
    return ""


def _named(part: EmailMessage) -> str:
    name = part.get_filename() or ("an e-mail" if part.get_content_maintype() == "message" else "")
    return " ".join(name.split())[:100] or "a file without a name"


class _Page(HTMLParser):
    """Collects every word of a page, whether or not it would be seen."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.skipped = 0

    @classmethod
    def words_of(cls, page: str) -> str:
        """The words, a line for each block."""
        one = cls()
        one.feed(page)
        one.close()
        return re.sub(r"\s*\n\s*", "\n", "".join(one.found))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line, and write the address of a link or the words of a picture out."""
        self.skipped += tag in NO_WORDS
        self.found += "\n" if tag in BLOCKS else ""
        said = dict(attrs)
        for name in ("href", "alt"):
            if said.get(name) and not self.skipped:
                self.found.append(f" ({said[name]}) ")

    def handle_endtag(self, tag: str) -> None:
        """End what is left out."""
        self.skipped -= tag in NO_WORDS and self.skipped > 0
        self.found += "\n" if tag in BLOCKS else ""

    def handle_data(self, data: str) -> None:
        """Keep words."""
        if not self.skipped:
            self.found.append(" ".join(data.split()) + " " if data.strip() else "")
