"""The words of an e-mail and the names of what is attached, chosen as the standard library's newer policy does."""

import re
from collections.abc import Iterator
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from email.utils import collapse_rfc2231_value
from typing import NamedTuple, cast

import lxml.html

from desist_chronicle.readers.encodings import windows_1252

PREFERRED = ("text/plain", "text/html")
#: encodings in which every letter is one byte
ONE_BYTE = re.compile(r"(?:us-)?ascii|iso-?8859|latin|l[1-9]\Z|windows-|cp12|cp8|ansi|koi8|mac")
#: the first line of a part where nothing states what it is
BOUNDARY = re.compile(r"^--([^\s-][^\s\"]*)\s*\r?$", re.M)


class Contents(NamedTuple):
    """The contents of a mail: its text, whether that was damaged, and the names of the attachments."""

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
    """Return the text that a reader of the mail sees, plain before HTML, and the names of every other part.

    A plain part that is blank says nothing, so the HTML beside it is shown. A part that says the same in another
    form is not listed; one without a name is listed by its type. An attached mail is told with its words.
    """
    whole = _part(_with_its_parts(mail))
    shown, text, damaged = _said(whole)
    letters = [_letter(part.message) for part in _leaves(whole) if part.kind == "message/rfc822"]
    return Contents("\n\n".join(filter(None, (text, *letters))), damaged, _attachments(whole, shown))


def _said(whole: _Part) -> tuple[_Part | None, str, bool]:
    """Return the part that is shown, its text, and whether that is damaged."""
    first: tuple[_Part | None, str, bool] = (None, "", False)
    for part in _in_order(whole):
        text, damaged = text_of(part.message)
        text = without_markup(text) if part.kind == "text/html" else text
        if text.strip():
            return part, text, damaged
        first = first if first[0] else (part, text, damaged)
    return first


def _letter(attached: Message) -> str:
    """An attached mail: its headers as they stand there, and its words."""
    mail = cast("list[Message]", attached.get_payload())[0]
    headers = [
        f"{name}: {' '.join(decoded(str(mail[name])).split())}"
        for name in ("From", "To", "Date", "Subject")
        if mail[name]
    ]
    return "\n".join(["[attached mail]", *headers, "", contents_of(mail).text, "[end of attached mail]"])


def _with_its_parts(mail: Message) -> Message:
    """A mail in parts whose boundary is not stated or stated wrongly, with the boundary that its parts have."""
    body = mail.get_payload()
    if mail.get_content_maintype() != "multipart" or not isinstance(body, str):
        return mail
    found = BOUNDARY.search(body)
    if found is None:
        return mail
    head = f'MIME-Version: 1.0\nContent-Type: {mail.get_content_type()}; boundary="{found[1]}"\n\n'
    parted = BytesParser(policy=compat32).parsebytes((head + body).encode("ascii", "surrogateescape"))
    return parted if parted.is_multipart() else mail


def _part(message: Message) -> _Part:
    inside = message.get_payload() if message.is_multipart() else []
    return _Part(
        message,
        message.get_content_type(),
        message.get_content_disposition() == "attachment",
        [_part(cast("Message", one)) for one in inside],
    )


def _in_order(whole: _Part) -> list[_Part]:
    """The parts that may be shown, plain ones before HTML."""
    candidates = list(_bodies(whole))
    return [part for kind in PREFERRED for part in candidates if part.kind == kind]


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
    """Return the texts beside the body in an alternative, which have the body's meaning."""
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
    """A part's text in the encoding that it states, and whether that was wrong.

    Bytes beyond ASCII that are UTF-8 are UTF-8, whatever encoding of one byte a letter is stated: text in such an
    encoding is hardly ever valid UTF-8. Else Windows-1252 stands in for an encoding that is wrong or unknown.
    """
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    stated = str(part.get_content_charset("utf-8"))
    if not data.isascii() and ONE_BYTE.match(stated) and (text := _utf8(data)) is not None:
        return text, True
    try:
        return data.decode(stated), False
    except (UnicodeError, LookupError):
        text = _utf8(data)
        return (windows_1252(data) if text is None else text), True


def _utf8(data: bytes) -> str | None:
    try:
        return data.decode()
    except UnicodeError:
        return None


def without_markup(text: str) -> str:
    """The words that a reader of a page sees, a line of the page on each line."""
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
