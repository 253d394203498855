"""The words of an e-mail and the names of what is attached, chosen as the standard library's newer policy does."""

from collections.abc import Iterator
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import collapse_rfc2231_value
from typing import NamedTuple, cast

import lxml.html

from desist.chronicle.readers.encodings import windows_1252

PREFERRED = ("text/plain", "text/html")


class Contents(NamedTuple):
    """What a mail says: its text, whether that was damaged, and the names of what is attached."""

    text: str
    damaged: bool
    attachments: tuple[str, ...]


class _Part(NamedTuple):
    """A part of a mail, its headers looked up once: the library searches them anew at every question."""

    message: Message
    kind: str
    is_attached: bool
    children: list["_Part"]


def contents_of(mail: Message) -> Contents:
    """The text that a reader of the mail sees, plain before HTML, and the names of every other part.

    A part that says the same in another form is not listed; one without a name is listed by its type.
    """
    whole = _part(mail)
    shown = _body(whole)
    text, damaged = text_of(shown.message) if shown else ("", False)
    if shown and shown.kind == "text/html":
        text = _without_markup(text)
    return Contents(text, damaged, _attachments(whole, shown))


def _part(message: Message) -> _Part:
    inside = message.get_payload() if message.is_multipart() else []
    return _Part(
        message,
        message.get_content_type(),
        message.get_content_disposition() == "attachment",
        [_part(cast("Message", one)) for one in inside],
    )


def _body(whole: _Part) -> _Part | None:
    candidates = list(_bodies(whole))
    return next((part for kind in PREFERRED for part in candidates if part.kind == kind), None)


def _bodies(part: _Part) -> Iterator[_Part]:
    """The parts that may be the body: of related parts, only the first one; of any others, all."""
    if part.is_attached:
        return
    if not part.children or not part.kind.startswith("multipart/"):
        yield part
        return
    for one in part.children[:1] if part.kind == "multipart/related" else part.children:
        yield from _bodies(one)


def _attachments(whole: _Part, shown: _Part | None) -> tuple[str, ...]:
    if whole is shown:
        return ()
    forms = {id(shown), *(id(one) for part in _walk(whole) for one in _forms(part, shown))}
    return tuple(_name(part.message) or part.kind for part in _leaves(whole) if id(part) not in forms)


def _forms(part: _Part, shown: _Part | None) -> list[_Part]:
    """The texts beside the body in an alternative, which say the same."""
    if part.kind != "multipart/alternative":
        return []
    texts = [one for one in _walk(part) if one.kind in PREFERRED]
    same = any(one is shown for one in texts)
    return [one for one in texts if not one.is_attached] if same else []


def _walk(part: _Part) -> Iterator[_Part]:
    yield part
    for one in part.children:
        yield from _walk(one)


def _leaves(part: _Part) -> Iterator[_Part]:
    if part.kind == "message/rfc822" or not part.children:
        yield part
        return
    for one in part.children:
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
