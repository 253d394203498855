"""A small made-up export of every format that can be read, as bytes; for tests, fuzzing and measurements."""

import io
import json
import sqlite3
import tempfile
import zipfile
from pathlib import Path

import openpyxl
from packages.chronicle.tests.made_up.cellebrite_samples import cellebrite_report, cellebrite_sheet
from packages.chronicle.tests.made_up.chat_exports import STYLES, chat
from packages.chronicle.tests.made_up.phone_samples import (
    case_file,
    google_iphone,
    google_months,
    google_records,
    google_timeline,
    imazing_table,
    imessage_page,
    kik_android,
    kik_iphone,
    outlook_mail,
    signal_lines,
    signal_messages,
    voice_call,
    voice_conversation,
    voice_group,
)
from packages.chronicle.tests.made_up.platform_samples import (
    discord_exporter,
    discord_package,
    discord_table,
    google_chat,
    hangouts,
    imessage_text,
    snapchat,
    snapchat_by_direction,
    telegram_page,
    tiktok,
    x_archive,
)

ANN, BOB = "+447700900001", "+447700900002"


def chat_text(*, style: int = 0, messages: int = 150) -> bytes:
    """A chat exported as text."""
    return "".join(line for line, _ in chat(style=STYLES[style], seed=style, messages=messages)).encode()


def sms_backup() -> bytes:
    """Messages with an emoji in two halves, a picture message and a draft."""
    return f"""<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
<smses count="5" backup_set="made-up">
  <sms protocol="0" address="{BOB}" date="1710277500000" type="1" body="I see you &#55357;&#56846; &amp; wait" />
  <sms protocol="0" address="{BOB}" date="1710277560000" type="2" body="Stop." />
  <sms protocol="0" address="{BOB}" date="1710277570000" type="3" body="never sent" />
  <sms protocol="0" address="{BOB}" date="1710277580000" type="5" body="half &#55357; left" />
  <mms date="1710277600000" msg_box="1" address="{BOB}">
    <parts><part ct="application/smil" text="x"/><part ct="text/plain" text="look"/>
    <part ct="image/jpeg" data="aGVsbG8="/></parts>
    <addrs><addr address="{BOB}" type="137"/><addr address="{ANN}" type="151"/></addrs>
  </mms>
</smses>
""".encode()


def call_log() -> bytes:
    """Calls made, taken, missed, rejected and answered by a machine."""
    calls = "".join(
        f'<call number="{BOB}" duration="{63 * (kind < 3)}" date="17102775{kind}0000" type="{kind}"/>\n'
        for kind in range(1, 7)
    )
    return f"<?xml version='1.0'?>\n<calls count=\"6\">\n{calls}</calls>\n".encode()


def meta_json() -> bytes:
    """Texts written as bytes, a sticker, photographs, a missed call, and a message taken back."""
    mangled = "Zoë 😀".encode().decode("latin-1")
    messages = [
        {
            "sender_name": mangled,
            "timestamp_ms": 1710277500000,
            "content": "schön".encode().decode("latin-1"),
        },
        {"sender_name": "Ann Example", "timestamp_ms": 1710277400000, "sticker": {"uri": "stickers/1.png"}},
        {"sender_name": mangled, "timestamp_ms": 1710277300000, "photos": [{"uri": "photos/1.jpg"}]},
        {"sender_name": mangled, "timestamp_ms": 1710277200000, "call_duration": 0, "missed": True},
        {"sender_name": mangled, "timestamp_ms": 1710277100000, "call_duration": 63, "content": "called"},
        {
            "sender_name": "Ann Example",
            "timestamp_ms": 1710277000000,
            "is_unsent": True,
            "share": {"link": "x"},
        },
        {
            "sender_name": "Ann Example",
            "timestamp_ms": 1710276900000,
            "type": "Unsubscribe",
            "content": "left",
        },
    ]
    people = [{"name": mangled}, {"name": "Ann Example"}]
    return json.dumps({"participants": people, "messages": messages, "title": "x"}, indent=1).encode()


def meta_encrypted() -> bytes:
    """The layout of end-to-end encrypted conversations."""
    messages = [
        {"isUnsent": False, "media": [{"uri": "a.jpg"}], "reactions": [{"reaction": "x"}], "senderName": "Zoë",
         "text": "grüße €", "timestamp": 1710277500000, "type": "text"},
    ]  # fmt: skip
    whole = {"participants": ["Zoë", "Ann Example"], "threadName": "Zoë_1", "messages": messages}
    return json.dumps(whole, ensure_ascii=False).encode()


def telegram() -> bytes:
    """An account with a chat and a group: formatted texts, calls, old dates, a deleted sender."""
    chat_one = [
        {"id": 1, "type": "message", "date": "2024-03-12T21:05:00", "date_unixtime": "1710277500", "from": "Bob",
         "from_id": "user1", "text": ["see ", {"type": "bold", "text": "you"}, " soon"], "edited": "2024-03-12T21:06:00"},
        {"id": 2, "type": "service", "date": "2024-03-12T21:07:00", "actor": "Bob", "action": "phone_call",
         "discard_reason": "missed", "text": ""},
        {"id": 3, "type": "service", "date": "2024-03-12T21:08:00", "actor": "Bob", "action": "phone_call",
         "discard_reason": "hangup", "duration_seconds": 63, "text": ""},
    ]  # fmt: skip
    chat_two = [
        {"id": 4, "type": "message", "date": "2024-03-12T21:09:00", "from": None, "from_id": "user2", "text": "",
         "photo": "photos/1.jpg", "edited": "1970-01-01T00:00:00"},
        {"id": 5, "type": "service", "date": "yesterday", "actor": "Ann", "action": "pin_message", "text": ""},
        {"id": 6, "type": "message", "date": "2024-03-12T21:10:00", "from": "Bob", "text": "", "sticker_emoji": "x",
         "media_type": "sticker", "reactions": [{}]},
    ]  # fmt: skip
    chats = [{"name": "Bob", "messages": chat_one}, {"name": "A group", "messages": chat_two}]
    return json.dumps({"about": "made up", "chats": {"list": chats}}, ensure_ascii=False).encode()


def mailbox() -> bytes:
    """A mailbox with plain, HTML, encoded and attached parts."""
    return b"""From bob@example.org Tue Mar 12 21:05:00 2024
From: Bob Sample <bob@example.org>
To: Ann Example <ann@example.com>
Subject: =?utf-8?q?I_see_you_=C3=A9?=
Date: Tue, 12 Mar 2024 21:05:00 +0100
Message-ID: <1@example.org>
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

Gr=FC=DFe
>From the street

From bob@example.org Tue Mar 12 22:05:00 2024
From: bob@example.org
To: ann@example.com
Subject: two parts
Date: Tue, 12 Mar 2024 22:05:00
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="B"

--B
Content-Type: multipart/alternative; boundary="C"

--C
Content-Type: text/html; charset=utf-8

<style>p {}</style><p>Hello <b>Ann</b></p>
--C--
--B
Content-Type: image/jpeg; name="door.jpg"
Content-Disposition: attachment; filename="door.jpg"
Content-Transfer-Encoding: base64

aGVsbG8=
--B--
"""


def mail() -> bytes:
    """One message, as saved by a mail program."""
    return mailbox().split(b"\n\nFrom bob", 1)[0].split(b"\n", 1)[1] + b"\n"


def table() -> bytes:
    """An iMazing export with a line break in a cell."""
    return (
        "Chat Session,Message Date,Service,Type,Sender ID,Sender Name,Text,Attachment\r\n"
        f'Bob,2024-03-12 21:05:07,iMessage,Incoming,{BOB},Bob Sample,"I see you\r\nagain",\r\n'
        "Bob,2024-03-12 21:06:07,iMessage,Outgoing,,,Stop,door.jpg\r\n"
        "Bob,soon,iMessage,Notification,,,Bob left,\r\n"
    ).encode("utf-8-sig")


def phone_bill() -> bytes:
    """A telephone bill whose dates show by the 25th that the day comes first."""
    rows = (
        "Date;Time;Call type;Number called;Duration",
        f"12.03.2024;21:05:00;Voice call;{BOB};00:01:03",
        f"25.03.2024;01:30;SMS;{BOB};",
        f"31.03.2024;01:30;Missed call;{BOB};0",
        "",
    )
    return "\n".join(rows).encode("cp1252")


def workbook() -> bytes:
    """Return the export as a workbook, with a second sheet of another subject."""
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Messages", 0)
    for line in table().decode("utf-8-sig").replace("\r\nagain", " again").replace('"', "").splitlines():
        sheet.append(line.split(","))
    book.create_sheet("Notes").append(["nothing", "to read"])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def meta_page() -> bytes:
    """Messages as a page."""
    entry = (
        '<div class="pam _a6-g"><div class="_2ph_ _a6-h _a6-i">{}</div><div class="_2ph_ _a6-p">{}</div>'
        '<div class="_3-94 _a6-o">{}</div></div>'
    )
    entries = (
        entry.format("Bob", "I see you", "Mar 12, 2024, 9:05 PM"),
        entry.format("Ann", 'Stop <img src="x.jpg">', "Sept 12, 2024 9:05:07 am"),
        entry.format("Bob", "später", "12. März 2024"),
    )
    return f"<!DOCTYPE html><html><body>{''.join(entries)}</body></html>".encode()


def database(script: str) -> bytes:
    """An SQLite database made by a script."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.db"
        connection = sqlite3.connect(path)
        connection.executescript(script)
        connection.close()
        return path.read_bytes()


def attributed(text: str) -> bytes:
    """Words as newer iPhones store them."""
    data = text.encode()
    length = bytes([len(data)]) if len(data) < 0x81 else b"\x81" + len(data).to_bytes(2, "little")
    return b"\x04\x0bstreamtyped\x81\xe8\x03\x84\x01@NSString\x01\x94\x84\x01+" + length + data + b"\x86\x84"


def imessage_database() -> bytes:
    """Messages of an iPhone in nanoseconds and in seconds, a reaction, and words in an attributed string."""
    script = """
        CREATE TABLE message (ROWID INTEGER PRIMARY KEY, text TEXT, attributedBody BLOB, handle_id INTEGER, date INTEGER,
            is_from_me INTEGER, cache_has_attachments INTEGER, error INTEGER, associated_message_type INTEGER,
            item_type INTEGER, date_edited INTEGER, date_retracted INTEGER);
        CREATE TABLE handle (ROWID INTEGER PRIMARY KEY, id TEXT);
        CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER);
        CREATE TABLE chat_handle_join (chat_id INTEGER, handle_id INTEGER);
        INSERT INTO handle VALUES (1, 'BOB');
        INSERT INTO chat_message_join VALUES (1, 1), (1, 2), (1, 3);
        INSERT INTO chat_handle_join VALUES (1, 1);
        INSERT INTO message VALUES (1, 'I see you', NULL, 1, 731970300000000000, 0, 0, 0, 0, 0, 0, 0);
        INSERT INTO message VALUES (2, NULL, X'WORDS', 1, 731970360, 1, 1, 4, 0, 0, 5, 0);
        INSERT INTO message VALUES (3, 'Loved', NULL, 1, 731970420000000000, 0, 0, 0, 2000, 0, 0, 9);
        INSERT INTO message VALUES (4, '', X'00', NULL, 0, 0, 0, 0, 0, 1, 0, 0);
    """
    return database(script.replace("BOB", BOB).replace("WORDS", attributed("Stop" * 40).hex()))


def whatsapp_database() -> bytes:
    """Messages of an iPhone's WhatsApp: a text, a photograph, a group's event, a deleted one, a call."""
    return database("""
        CREATE TABLE ZWAMESSAGE (Z_PK INTEGER PRIMARY KEY, ZTEXT TEXT, ZMESSAGEDATE REAL, ZISFROMME INTEGER,
            ZFROMJID TEXT, ZTOJID TEXT, ZMESSAGETYPE INTEGER, ZCHATSESSION INTEGER, ZGROUPMEMBER INTEGER);
        CREATE TABLE ZWACHATSESSION (Z_PK INTEGER PRIMARY KEY, ZPARTNERNAME TEXT, ZCONTACTJID TEXT);
        CREATE TABLE ZWAGROUPMEMBER (Z_PK INTEGER PRIMARY KEY, ZMEMBERJID TEXT);
        INSERT INTO ZWACHATSESSION VALUES (1, 'Bob', '447700900002@s.whatsapp.net'), (2, 'Us', '1-2@g.us');
        INSERT INTO ZWAGROUPMEMBER VALUES (1, '447700900003@s.whatsapp.net');
        INSERT INTO ZWAMESSAGE VALUES
            (1, 'I see you', 731970300.5, 0, '447700900002@s.whatsapp.net', NULL, 0, 1, NULL),
            (2, NULL, 731970360, 1, NULL, '447700900002@s.whatsapp.net', 1, 1, NULL),
            (3, 'joined', 731970420, 0, '1-2@g.us', NULL, 6, 2, 1),
            (4, NULL, 731970480, 0, '1-2@g.us', NULL, 14, 2, 1),
            (5, NULL, 731970540, 0, '447700900002@s.whatsapp.net', NULL, 59, 1, NULL),
            (6, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL);
    """)


def archive(members: dict[str, bytes]) -> bytes:
    """A zip archive of these files."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as container:
        for name, data in members.items():
            container.writestr(name, data)
    return written.getvalue()


def samples() -> dict[str, bytes]:
    """One of each, by a name that says nothing about the format."""
    made = {f"chat_{style.name}": chat_text(style=number) for number, style in enumerate(STYLES)}
    makers = (
        *(
            sms_backup,
            call_log,
            meta_json,
            meta_encrypted,
            telegram,
            telegram_page,
            snapchat,
            google_chat,
            hangouts,
            imessage_text,
            tiktok,
            x_archive,
            discord_package,
            discord_table,
            discord_exporter,
            snapchat_by_direction,
            mailbox,
            mail,
            table,
            phone_bill,
            workbook,
        ),
        *(meta_page, imessage_database, whatsapp_database),
    )
    made |= {maker.__name__: maker() for maker in makers}
    made |= {
        maker.__name__: maker()
        for maker in (
            *(imessage_page, voice_conversation, voice_group, voice_call, signal_lines, signal_messages),
            *(
                google_records,
                google_months,
                google_timeline,
                google_iphone,
                cellebrite_report,
                cellebrite_sheet,
            ),
            *(imazing_table, outlook_mail, case_file),
        )
    }
    made |= {maker.__name__: database(maker()) for maker in (kik_iphone, kik_android)}
    made["wide"] = chat_text(style=14).decode().encode("utf-16")
    made["western"] = chat_text(style=0).decode().encode("cp1252", "replace").replace(b"?", b"\xe9")
    made["archive"] = archive(
        {"_chat.txt": chat_text(style=14), "photo.jpg": b"\xff\xd8\xff", "a/1.json": meta_json()}
    )
    return made
