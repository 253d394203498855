"""The words of an e-mail and the names of what is attached, chosen as the standard library's newer policy does."""

from collections.abc import Iterator
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import collapse_rfc2231_value
from typing import cast

import lxml.html

from desist.chronicle.readers.encodings import windows_1252

PREFERRED = ("text/plain", "text/html")


def body_of(mail: Message) -> tuple[str, bool]:
    """The text that a reader of the mail sees, plain before HTML, and whether it was damaged."""
    candidates = list(_bodies(mail))
    for kind in PREFERRED:
        for part in candidates:
            if part.get_content_type() == kind:
                text, damaged = text_of(part)
                return (_without_markup(text) if kind == "text/html" else text), damaged
    return "", False


def _bodies(part: Message) -> Iterator[Message]:
    """The parts that may be the body: of a mixture, only the first one; of alternatives and related parts, all."""
    if part.get_content_disposition() == "attachment":
        return
    subparts = part.get_payload() if part.is_multipart() else None
    if not isinstance(subparts, list):
        yield part
        return
    kind = part.get_content_subtype()
    chosen = subparts if kind in {"alternative", "related"} else subparts[:1]
    if part.get_content_maintype() == "multipart":
        for one in chosen:
            yield from _bodies(cast("Message", one))


def attachment_names(mail: Message) -> tuple[str, ...]:
    """The names of every part that is no body; its type where it has no name."""
    bodies = {id(part) for part in _bodies(mail) if part.get_content_type() in PREFERRED}
    leaves = [part for part in _leaves(mail) if id(part) not in bodies]
    return tuple(_name(part) or part.get_content_type() for part in leaves)


def _leaves(part: Message) -> Iterator[Message]:
    if part.get_content_type() == "message/rfc822" or not part.is_multipart():
        yield part
        return
    for one in cast("list[Message]", part.get_payload()):
        yield from _leaves(one)


def _name(part: Message) -> str:
    return decoded(collapse_rfc2231_value(part.get_filename() or ""))


def decoded(raw: str) -> str:
    """A header with its encoded words in characters; as it stands where they are damaged."""
    if "=?" not in raw:
        return raw
    try:
        return str(make_header(decode_header(raw)))
    except (UnicodeError, LookupError, ValueError, MessageError):
        return raw


def text_of(part: Message) -> tuple[str, bool]:
    """A part's text in the encoding that it states; as Windows-1252 where that is wrong or unknown."""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    try:
        return data.decode(part.get_content_charset("utf-8")), False
    except (UnicodeError, LookupError):
        return windows_1252(data), True


def _without_markup(text: str) -> str:
    if not text.strip():
        return ""
    parser = lxml.html.HTMLParser(encoding="utf-8")
    tree = cast(
        "lxml.html.HtmlElement", lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    )
    for hidden in list(tree.iter("script", "style")):
        cast("lxml.html.HtmlElement", hidden).drop_tree()
    lines = (" ".join(line.split()) for line in tree.text_content().splitlines())
    return "\n".join(filter(None, lines))
