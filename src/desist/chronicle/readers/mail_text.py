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
    part = _body_part(mail)
    if part is None:
        return "", False
    text, damaged = text_of(part)
    return (_without_markup(text) if part.get_content_subtype() == "html" else text), damaged


def _body_part(mail: Message) -> Message | None:
    candidates = list(_bodies(mail))
    ranked = (part for kind in PREFERRED for part in candidates if part.get_content_type() == kind)
    return next(ranked, None)


def _bodies(part: Message) -> Iterator[Message]:
    """The parts that may be the body: of related parts, only the first one; of any others, all."""
    if part.get_content_disposition() == "attachment":
        return
    subparts = part.get_payload() if part.get_content_maintype() == "multipart" else None
    if not isinstance(subparts, list):
        yield part
        return
    for one in subparts[:1] if part.get_content_subtype() == "related" else subparts:
        yield from _bodies(cast("Message", one))


def attachment_names(mail: Message) -> tuple[str, ...]:
    """The names of every part that is neither the body nor the same in another form; its type where it has none."""
    shown = _body_part(mail)
    forms = {id(shown), *(id(one) for part in mail.walk() for one in _forms(part, shown))}
    leaves = [part for part in _leaves(mail) if id(part) not in forms]
    return tuple(_name(part) or part.get_content_type() for part in leaves)


def _forms(part: Message, shown: Message | None) -> list[Message]:
    """The texts beside the body in an alternative, which say the same."""
    texts = [one for one in part.walk() if one.get_content_type() in PREFERRED]
    same = part.get_content_type() == "multipart/alternative" and any(one is shown for one in texts)
    return [one for one in texts if one.get_content_disposition() != "attachment"] if same else []


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
