"""A small made-up export of every format that can be read, as bytes; for tests, fuzzing and measurements."""

import io
import json
import sqlite3
import tempfile
import zipfile
from pathlib import Path

import openpyxl
from packages.chronicle.tests.made_up.chat_exports import STYLES, chat

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


def telegram_page() -> bytes:
    """A page of Telegram's: joined and forwarded messages, an answer, a call, a picture, service lines."""

    def entry(number: int, moment: str, inner: str, name: str = "", kind: str = "default clearfix") -> str:
        named = f'<div class="from_name">\n{name} \n       </div>' if name else ""
        return (
            f'     <div class="message {kind}{"" if name else " joined"}" id="message{number}">\n\n'
            f'      <div class="pull_left userpic_wrap">\n{name[:1]}\n      </div>\n      <div class="body">\n\n'
            f'       <div class="pull_right date details" title="{moment}">\n{moment[11:16]}\n       </div>\n\n'
            f"       {named}\n\n{inner}\n      </div>\n\n     </div>\n\n"
        )

    def service(number: int, words: str) -> str:
        return (
            f'     <div class="message service" id="message{number}">\n\n'
            f'      <div class="body details">\n{words}\n      </div>\n\n     </div>\n\n'
        )

    def text(words: str) -> str:
        return f'       <div class="text">\n{words}\n       </div>'

    answer = '<div class="reply_to details">\nIn reply to <a href="{}#go_to_message{}" onclick="x">this message</a>\n</div>'
    forwarded = (
        '<div class="forwarded body">\n<div class="from_name">\nCat Example <span class="date details" '
        f'title="11.03.2024 10:00:00"> 11.03.2024 10:00:00</span>\n</div>\n{text("old words")}\n</div>'
    )
    call = (
        '<div class="media_wrap clearfix"><div class="media clearfix pull_left media_call"><div class="body">'
        '<div class="title bold">\nBob Sample\n</div><div class="status details">\n{}\n</div></div></div></div>'
    )
    picture = (
        '<div class="media_wrap clearfix"><a class="{}" href="{}"><img class="x" src="y.jpg"></a>{}</div>'
    )
    reactions = (
        '<span class="reactions"><span class="reaction"><span class="emoji">\n\u2764\n</span><span class="userpics">'
        '<div class="userpic"><div class="initials" title="Ann Example">\nA\n</div></div></span></span></span>'
    )
    ann, bob, summer = "Ann Example", "Bob Sample", "31.07.2024 21:{}:00 UTC+01:00"
    entries = (
        service(-1, "12 March 2024"),
        service(1, "Bob Sample joined &amp; waits"),
        entry(
            2,
            "12.03.2024 21:05:00 UTC+00:00",
            text("I see  you &lt;there&gt;<br>again &apos;Zo\u00eb&apos;"),
            bob,
        ),
        entry(3, "12.03.2024 21:05:09 UTC+00:00", text("<strong>Answer</strong> me<br>")),
        service(-2, "31 July 2024"),
        entry(4, summer.format("01"), answer.format("", 2) + text("Stop") + reactions, ann),
        entry(5, summer.format("02"), answer.format("messages2.html", 99) + text("Stop it")),
        entry(6, summer.format("03"), forwarded, f"{bob} via @gif"),
        entry(7, summer.format("04"), call.format("Missed"), bob),
        entry(8, summer.format("05"), call.format("Incoming (63 seconds)")),
        entry(9, "31.07.2024 21:06:00", picture.format("photo_wrap", "photos/1.jpg", "") + text("look"), bob),
        entry(10, "31.07.2024 21:07:00", picture.format("sticker_wrap", "s.webp", "Not included, x"), bob),
        entry(11, "soon", '<div class="empty"></div><div class="signature details">\nThe desk\n</div>', bob),
    )
    return (
        '<!DOCTYPE html>\n<html>\n\n <head>\n\n  <meta charset="utf-8"/>\n<title>Exported Data</title>\n </head>\n\n <body>\n'
        '  <div class="page_wrap">\n   <div class="page_header">\n    <div class="text bold">\nBob Sample\n    </div>\n   </div>\n'
        f'   <div class="page_body chat_page">\n    <div class="history">\n{"".join(entries)}    </div>\n   </div>\n  </div>\n'
        " </body>\n\n</html>\n"
    ).encode()


def snapchat_by_direction() -> bytes:
    """Snapchat's older layout: one list for each direction."""
    received = [
        {
            "From": "bob.sample",
            "Media Type": "TEXT",
            "Created": "2024-03-12 21:05:00 UTC",
            "Text": "I see you \u00e9",
        },
        {"From": "bob.sample", "Media Type": "MEDIA", "Created": "2024-03-12 21:06:00 UTC", "Text": ""},
    ]
    sent = [{"To": "bob.sample", "Media Type": "TEXT", "Created": "2024-03-12 21:07:00 UTC", "Text": "Stop"}]
    whole = {"Received Saved Chat History": received, "Sent Saved Chat History": sent}
    return json.dumps(whole, indent=1).encode()


def snapchat() -> bytes:
    """Snapchat's newer layout: a conversation with one person, and one of a group with a title."""

    def entry(sender: str, kind: str, second: int, **more: object) -> dict[str, object]:
        return {
            "From": sender, "Media Type": kind, "Created": f"2024-07-31 21:05:{second:02} UTC", "Content": None,
            "Conversation Title": None, "IsSender": sender == "ann.example", "IsSaved": True, "Media IDs": "",
        } | more  # fmt: skip

    whole = {
        "bob.sample": [
            entry("bob.sample", "TEXT", 9, Content='He said "Media Type": [x]\nagain'),
            entry("ann.example", "TEXT", 8, Content="Stop"),
            entry("bob.sample", "STATUSCALLMISSEDVIDEO", 7),
            entry("bob.sample", "STATUSERASEDMESSAGE", 6),
            entry("bob.sample", "STICKER", 5),
            entry("bob.sample", "NOTE", 4, **{"Media IDs": "b~1"}),
        ],
        "0f \u00e9": [
            entry("cat.example", "TEXT", 3, Content="all", **{"Conversation Title": "A group"}),
            entry("ann.example", "TEXT", 2, Content="hello"),
        ],
    }
    return json.dumps(whole).encode()


def google_chat() -> bytes:
    """A conversation of Google Chat: both forms of the time, a file, reactions, an edit, a deletion."""
    bob = {"name": "Bob Sample", "email": "bob@example.org", "user_type": "Human"}
    ann = {"name": "Ann Example", "email": "ann@example.com", "user_type": "Human"}
    messages = [
        {"creator": bob, "created_date": "Tuesday, March 3, 2026 at 2:15:07 PM UTC", "text": "I see you \u00e9\nagain",
         "topic_id": "t", "message_id": "m/1"},
        {"creator": ann, "created_date": "Tuesday, March 3, 2026 at 12:15:08\u202fAM UTC", "text": "Stop",
         "reactions": [{"emoji": {"unicode": "\u2764"}, "reactor_emails": ["bob@example.org"]}]},
        {"creator": bob, "created_date": "Friday, 31 July 2026 at 21:15:09 UTC", "updated_date": "x",
         "attached_files": [{"original_name": "door.jpg", "export_name": "File-door.jpg"}]},
        {"creator": {"email": "bob@example.org"}, "created_date": "Friday, 31 July 2026 at 21:15:10 UTC",
         "message_state": "DELETED"},
    ]  # fmt: skip
    return json.dumps({"messages": messages}, indent=2, ensure_ascii=False).encode()


def discord_number(milliseconds: int) -> int:
    """A message's number as Discord makes it, from its time."""
    return (milliseconds - 1_420_070_400_000) << 22


def discord_package() -> bytes:
    """A channel of Discord's own package, which holds only the account's own messages."""
    messages = [
        {"ID": discord_number(1710277507123), "Timestamp": "2024-03-12 21:05:07", "Contents": "Stop \u00e9\nnow",
         "Attachments": ""},
        {"ID": discord_number(1722459908000), "Timestamp": "2024-07-31 21:05:08", "Contents": "",
         "Attachments": "https://cdn.example/door.jpg"},
    ]  # fmt: skip
    return json.dumps(messages, ensure_ascii=False).encode()


def discord_table() -> bytes:
    """The same as the older package has it."""
    return (
        "ID,Timestamp,Contents,Attachments\r\n"
        f'{discord_number(1710277507123)},2024-03-12 21:05:07.123000+00:00,"Stop \u00e9\nnow",\r\n'
        f"{discord_number(1722459908000)},2024-07-31 21:05:08.000000+00:00,,https://cdn.example/door.jpg\r\n"
    ).encode()


def discord_exporter() -> bytes:
    """A direct conversation as DiscordChatExporter writes it."""

    def entry(
        number: int, name: str, second: int, kind: str = "Default", **more: object
    ) -> dict[str, object]:
        author = {
            "id": f"9{len(name)}",
            "name": name,
            "nickname": name.partition(".")[0].title(),
            "isBot": False,
        }
        return {
            "id": str(number), "type": kind, "timestamp": f"2024-07-31T22:05:{second:02}.5+01:00",
            "timestampEdited": None, "callEndedTimestamp": None, "isPinned": False, "content": "", "author": author,
            "attachments": [], "embeds": [], "stickers": [], "reactions": [], "mentions": [],
        } | more  # fmt: skip

    reaction = {"emoji": {"name": "\u2764"}, "count": 2, "users": [{"name": "ann.example"}, 1]}
    messages = [
        entry(1, "bob.sample", 1, content='I see you "messages": [\nagain', timestampEdited="x"),
        entry(
            2, "ann.example", 2, "Reply", content="Stop", reference={"messageId": "1"}, reactions=[reaction]
        ),
        entry(3, "bob.sample", 3, attachments=[{"fileName": "door.jpg"}], embeds=[{"title": "A page"}]),
        entry(4, "bob.sample", 4, stickers=[{"name": "Wave"}]),
        entry(5, "bob.sample", 5, "Call", content="Started a call that lasted 1 minutes."),
        entry(6, "bob.sample", 6, "ChannelPinnedMessage", content="Pinned a message."),
        entry(7, "bob.sample", 7, forwardedMessage={"content": "old words"}),
    ]
    whole = {
        "guild": {"id": "0", "name": "Direct Messages"},
        "channel": {"id": "5", "type": "DirectTextChat", "category": None, "name": "Bob", "topic": None},
        "dateRange": {"after": None, "before": None}, "exportedAt": "2024-08-01T00:00:00+01:00",
        "messages": messages, "messageCount": len(messages),
    }  # fmt: skip
    return json.dumps(whole, indent=2, ensure_ascii=False).encode()


def x_archive() -> bytes:
    """Direct messages of X: a conversation of two, and one of a group with an event."""

    def message(sender: str, second: int, text: str, **more: object) -> dict[str, object]:
        return {"messageCreate": {
            "recipientId": "222" if sender == "111" else "111", "reactions": [], "urls": [], "text": text, "mediaUrls": [],
            "senderId": sender, "id": str(second), "createdAt": f"2024-07-31T21:05:{second:02}.123Z", "editHistory": [],
        } | more}  # fmt: skip

    reaction = {
        "senderId": "111",
        "reactionKey": "like",
        "eventId": "1",
        "createdAt": "2024-07-31T21:06:00.000Z",
    }
    link = {
        "url": "https://t.example/x",
        "expanded": "https://example.org/door",
        "display": "example.org/door",
    }
    two = [
        message("222", 9, 'I see you "messages": [\nagain \u00e9', reactions=[reaction], urls=[link]),
        message("111", 8, "Stop"),
        message("222", 7, "", mediaUrls=["https://media.example/door.jpg"], editHistory=[{}]),
    ]
    joined = {
        "initiatingUserId": "222",
        "participantsSnapshot": ["111", "222"],
        "createdAt": "2024-07-31T20:00:00.000Z",
    }
    group = [message("222", 6, "all", recipientId=""), {"joinConversation": joined}]
    whole = [
        {"dmConversation": {"conversationId": "111-222", "messages": two}},
        {"dmConversation": {"conversationId": "900", "messages": group}},
    ]
    return b"window.YTD.direct_messages.part0 = " + json.dumps(whole, indent=2, ensure_ascii=False).encode()


def tiktok() -> bytes:
    """TikTok's data: other lists first, then two conversations."""

    def entry(sender: str, second: int, text: object, **more: object) -> dict[str, object]:
        return {"Date": f"2024-07-31 21:05:{second:02}", "From": sender, "Content": text} | more

    bob = [
        entry("bob.sample", 1, 'I see you "Chat History with x:": [{"From": "y"}]\nagain \u00e9'),
        entry("ann.example", 2, "Stop"),
        entry("bob.sample", 3, None, Link="https://example.org/door"),
    ]
    videos = [
        {"Date": "2024-07-31 20:00:00", "Link": f"https://example.org/{number}"} for number in range(20)
    ]
    chats = {"Chat History with bob.sample:": bob, "A group \u00e9": [entry("cat.example", 4, "all")]}
    whole = {
        "Activity": {
            "Favorite Videos": {"FavoriteVideoList": videos},
            "Favorite Effects": {"FavoriteEffectsList": []},
        },
        "Direct Messages": {"Chat History": {"ChatHistory": chats}},
    }
    return json.dumps(whole).encode()


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
    made["wide"] = chat_text(style=14).decode().encode("utf-16")
    made["western"] = chat_text(style=0).decode().encode("cp1252", "replace").replace(b"?", b"\xe9")
    made["archive"] = archive(
        {"_chat.txt": chat_text(style=14), "photo.jpg": b"\xff\xd8\xff", "a/1.json": meta_json()}
    )
    return made
