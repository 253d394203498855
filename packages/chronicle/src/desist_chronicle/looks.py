"""The looks of files that no reader knows, so that the summary names each file that may hold messages."""

import re
from dataclasses import dataclass

SQLITE = b"SQLite format 3\x00"
#: the advice on a file whose messages no reader knows
MAKE_A_TABLE = "Open it and look. Make a table (CSV) of what it holds, with a time, a sender and a text in each row, and read that."


@dataclass(frozen=True, slots=True)
class Look:
    """The look of a file, whether it may hold messages, and the advice where it does."""

    words: str
    may_hold: bool = True
    advice: str = MAKE_A_TABLE


#: no known kind of JSON; where it is damaged, that is said instead
JSON = Look("JSON")
_UNPACK = "Unpack it and read what comes out by itself."
_MEDIA = tuple(
    (re.compile(pattern, re.DOTALL), Look(words, may_hold=False))
    for pattern, words in (
        (rb"\xff\xd8", "a photograph (JPEG)"),
        (rb"\x89PNG", "a picture (PNG)"),
        (rb"GIF8", "a picture (GIF)"),
        (rb"RIFF.{4}WEBP", "a picture or sticker (WebP)"),
        (rb".{4}ftyp(?:heic|heix|mif1|avif)", "a photograph (HEIC)"),
        (rb".{4}ftyp", "a video or sound (MP4)"),
        (rb"RIFF.{4}(?:WAVE|AVI )", "sound or video (RIFF)"),
        (rb"\x1aE\xdf\xa3", "a video (Matroska)"),
        (rb"OggS", "sound (Ogg, Opus)"),
        (rb"ID3|\xff[\xe2\xe3\xf2\xf3\xfa\xfb]", "sound (MP3)"),
        (rb"#!AMR|caff|fLaC|\xff[\xf1\xf9]", "sound"),
        (rb"BM.{4}\x00{4}|II\*\x00|MM\x00\*|\x00\x00\x01\x00", "a picture"),
        (rb"\s*(?:<\?xml[^>]*>\s*)?<svg", "a drawing (SVG)"),
        (rb"BEGIN:VCARD", "a contact card"),
        (rb"wOF[F2]|\x00\x01\x00\x00\x00|OTTO", "a typeface"),
        (rb"\x00\x05\x16\x07|\x00\x00\x00\x01Bud1", "a note of the Mac's about files"),
        (rb"\x18\xe2\x2d\x00", "the index of a database's write-ahead log"),
        (rb"\Z", "empty (0 bytes)"),
    )
)
#: a zip archive whose first file is one that office programs write first
_OFFICE = rb"PK\x03\x04.{26}(?:\[Content_Types\]\.xml|_rels/|docProps/|word/|xl/|ppt/)"
_OPEN_DOCUMENT = rb"PK\x03\x04.{26}mimetypeapplication/(?:vnd\.oasis|epub)"
_JSON, _MARKUP = rb"\s*[\[{]", rb"\s*<"
#: what lies beside messages and holds none: the beginning, and words in small letters of which the file must hold one
_BESIDE = tuple(
    (re.compile(begins, re.DOTALL | re.IGNORECASE), holds, Look(words, may_hold=False))
    for begins, holds, words in (
        (
            *(rb"\s*\{(?!.*\"created_date\")", (b'"user_type"', b'"membership_info"')),
            "the people of Google Chat conversations (JSON)",
        ),
    )
)
#: the beginning, and words in small letters of which the file must hold one (if any are listed)
_TELL_TALES = tuple(
    (re.compile(begins, re.DOTALL | re.IGNORECASE), holds, Look(words, advice=advice))
    for begins, holds, words, advice in (
        (
            *(_OFFICE, (b"word/",), "a Word document (DOCX)"),
            "Save it as plain text (.txt), or its table as CSV, and read that.",
        ),
        (_OFFICE, (b"ppt/",), "a presentation (PPTX)", MAKE_A_TABLE),
        (
            *(_OPEN_DOCUMENT, (), "an OpenDocument text or table"),
            "Save it as plain text (.txt), or its table as CSV, and read that.",
        ),
        (rb"PK\x03\x04|PK\x05\x06", (), "an archive inside an archive", _UNPACK),
        (rb"\x1f\x8b|7z\xbc\xaf|Rar!|\xfd7zXZ|BZh|.{257}ustar", (), "a packed archive", _UNPACK),
        (
            *(rb"\xd0\xcf\x11\xe0", (), "an older office document (DOC, XLS or PPT)"),
            "Save a document as plain text (.txt), a table as CSV, and read that.",
        ),
        (
            *(rb"!BDN", (), "an Outlook mail store (.pst or .ost)"),
            "Ask who has the mailbox to save its mails one by one as .msg or .eml, or as a mailbox (mbox), and read those.",
        ),
        (rb"%PDF", (), "a PDF document", MAKE_A_TABLE),
        (
            *(rb"\x37\x7f\x06[\x82\x83]", (), "a database's write-ahead log"),
            "Give it together with the database that it belongs to, both under their own names in one folder.",
        ),
        (
            *(rb"\xd9\xd5\x05\xf9", (), "a database's rollback journal"),
            "Ask for the database once more, from a phone or program that is not running.",
        ),
        (rb"bplist", (), "a property list of an Apple device", MAKE_A_TABLE),
        (
            *(SQLITE, (b"\njid\n", b"\nchat_list\n"), "WhatsApp's database of an Android phone"),
            "Use “Export chat” in WhatsApp for each conversation, and read those.",
        ),
        (
            *(SQLITE, (b"\nmessages_v2\n", b"\ndialogs\n"), "Telegram's database of a phone"),
            "Export the chats from Telegram Desktop as JSON, and read that.",
        ),
        (
            *(SQLITE, (b"\nmessagestable\n", b"\nkikcontactstable\n"), "Kik's database of a phone"),
            "Kik gives no export to its users. Ask for what it gives to police, as a table (CSV), and read that.",
        ),
        (SQLITE, (), "a database", MAKE_A_TABLE),
        (rb"window\.YTD\.", (b"direct_message",), "direct messages of X (Twitter)", MAKE_A_TABLE),
        (rb"window\.YTD\.tweets?\.", (), "posts of X (Twitter)", MAKE_A_TABLE),
        (
            *(_JSON, (b'"media type"',), "Snapchat messages (JSON)"),
            "Ask Snapchat's “My Data” for the chat history as JSON once more, or make a table (CSV) of it.",
        ),
        (
            *(_JSON, (b'"chat history', b'"chathistory'), "TikTok messages (JSON)"),
            "Ask TikTok to “Download your data” as JSON once more, or make a table (CSV) of it.",
        ),
        (
            *(_JSON, (b'"created_date"',), "Google Chat messages (JSON)"),
            "Ask Google's Takeout for “Google Chat” once more, or make a table (CSV) of it.",
        ),
        (
            *(_JSON, (b'"conversation_state"', b'"conversation_id"'), "Hangouts messages (JSON)"),
            "Ask Google's Takeout for “Hangouts” once more, or make a table (CSV) of it.",
        ),
        (
            *(_JSON, (b'"contents"',), "Discord messages (JSON)"),
            "Ask Discord for “all of my data” once more, or make a table (CSV) of it.",
        ),
        (
            *(
                _JSON,
                (b'"semanticsegments"', b'"timelineobjects"', b'"latitudee7"'),
                "places from Google (JSON)",
            ),
            "Export Timeline on the phone once more (Settings, Location, Timeline), or make a table (CSV) of it.",
        ),
        (
            *(_JSON, (b"uco-core", b"uco-observable"), "a CASE file (JSON-LD)"),
            "Ask who wrote it for the messages as a table (CSV), and read that.",
        ),
        (
            *(_MARKUP, (b"<model type",), "a Cellebrite report (XML)"),
            "Ask the police for the report once more, or for its messages as a spreadsheet (XLSX), and read that.",
        ),
        (
            *(_MARKUP, (b"hchatlog", b"haudio"), "a conversation of Google Voice (HTML)"),
            "Ask Google's Takeout for “Voice” once more, or make a table (CSV) of it.",
        ),
        (
            *(_MARKUP, (b"class='msg", b'class="msg'), "Signal messages as a page (sigexport)"),
            "Give data.json that lies beside it: it has the words as they were sent.",
        ),
        (
            *(rb"Conversation: ", (b"\nsent: ",), "Signal messages as text (sigtop)"),
            "Export them once more with “-f json”, and read that.",
        ),
        (
            *(_MARKUP, (b'class="message default',), "a Telegram export (HTML)"),
            "Export the chat again as “Machine-readable JSON”, and read that.",
        ),
        (
            *(rb"[A-Z][a-z]{2} [0-9]{2}, [0-9]{4} +[0-9]{1,2}:[0-9]{2}:[0-9]{2} [AP]M", ()),
            "messages of an iPhone as imessage-exporter writes them",
            "Give the database that they were made from (chat.db or sms.db) itself: it has directions and instants.",
        ),
        (rb"\{\\rtf", (), "a document (RTF)", "Save it as plain text, and read that."),
        (_MARKUP, (b"<!doctype plist",), "a property list of an Apple device", MAKE_A_TABLE),
        (_MARKUP, (b"<!doctype html", b"<html"), "a web page (HTML)", MAKE_A_TABLE),
        (_MARKUP, (), "XML", MAKE_A_TABLE),
        (rb"\s*[\[{]\s*[\"\[{\]}]", (), JSON.words, MAKE_A_TABLE),
    )
)
#: what only a file's name tells, because its bytes are encrypted
_NAMED = tuple(
    (re.compile(pattern, re.IGNORECASE), Look(words, advice=advice))
    for pattern, words, advice in (
        (
            *(r"\.crypt\d{1,2}\Z", "WhatsApp's encrypted backup of an Android phone"),
            "Use “Export chat” in WhatsApp for each conversation, and read those.",
        ),
        (
            *(r"signal-[\d-]+\.backup\Z", "Signal's encrypted backup"),
            "It opens with its 30 digits in Signal alone. Link Signal Desktop to the phone and export the conversations there.",
        ),
    )
)
_DOCUMENT = re.compile(b"(?:%s)|(?:%s)" % (_OFFICE, _OPEN_DOCUMENT), re.DOTALL)
_LAYOUT = re.compile(r"\.(?:css|js|mjs)\Z", re.IGNORECASE)
_TABLE = Look(
    "a table",
    advice="Say which column is which with --column, as in --column “time=Started at” --column “text=What was said”.",
)


#: what a person keeps as evidence although it holds no messages that can be read: it is an exhibit as it is
_THINGS = ("a photograph", "a picture", "a video", "sound", "a PDF")


def is_thing(words: str) -> bool:
    """Whether a look is that of a photograph, a recording or a document, which is an exhibit by itself."""
    return words.startswith(_THINGS)


def is_office(head: bytes) -> bool:
    """Whether it is a zip archive that begins as a document of Microsoft's office programs does."""
    return re.match(_OFFICE, head, re.DOTALL) is not None


def is_document(head: bytes) -> bool:
    """Whether it is a document that is kept as a zip archive, and no archive of files."""
    return _DOCUMENT.match(head) is not None


def look_of(*, head: bytes, name: str) -> Look:
    """Return the look of a file by its first bytes; of a database, by its header and the names of its tables."""
    plain = head.removeprefix(b"\xef\xbb\xbf")
    known = _by_its_beginning(plain)
    if known:
        return known
    for pattern, look in _NAMED:
        if pattern.search(name):
            return look
    if b"\x00" in plain:
        return Look("bytes of no kind that is known")
    if _LAYOUT.search(name) and b"{" in plain:
        return Look("the layout or program of a web page", may_hold=False)
    first = plain.lstrip().split(b"\n", 1)[0]
    return _TABLE if any(first.count(sign) >= 2 for sign in (b",", b";", b"\t", b"|")) else Look("text")


def _by_its_beginning(head: bytes) -> Look | None:
    for pattern, look in _MEDIA:
        if pattern.match(head):
            return look
    small = head.lower()
    for pattern, holds, look in (*_BESIDE, *_TELL_TALES):
        if pattern.match(head) and (not holds or any(word in small for word in holds)):
            return look
    return None
