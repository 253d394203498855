"""Small made-up exports of the platforms that give a whole account away: Telegram's pages, Snapchat, Google, Discord, X, TikTok."""

import json


def _telegram_entry(
    number: int, moment: str, inner: str, name: str = "", kind: str = "default clearfix"
) -> str:
    named = f'<div class="from_name">\n{name} \n       </div>' if name else ""
    return (
        f'     <div class="message {kind}{"" if name else " joined"}" id="message{number}">\n\n'
        f'      <div class="pull_left userpic_wrap">\n{name[:1]}\n      </div>\n      <div class="body">\n\n'
        f'       <div class="pull_right date details" title="{moment}">\n{moment[11:16]}\n       </div>\n\n'
        f"       {named}\n\n{inner}\n      </div>\n\n     </div>\n\n"
    )


def _telegram_service(number: int, words: str) -> str:
    return (
        f'     <div class="message service" id="message{number}">\n\n'
        f'      <div class="body details">\n{words}\n      </div>\n\n     </div>\n\n'
    )


def _telegram_text(words: str) -> str:
    return f'       <div class="text">\n{words}\n       </div>'


_ANSWER = '<div class="reply_to details">\nIn reply to <a href="{}#go_to_message{}" onclick="x">this message</a>\n</div>'
_FORWARDED = (
    '<div class="forwarded body">\n<div class="from_name">\nCat Example <span class="date details" '
    f'title="11.03.2024 10:00:00"> 11.03.2024 10:00:00</span>\n</div>\n{_telegram_text("old words")}\n</div>'
)
_CALL = (
    '<div class="media_wrap clearfix"><div class="media clearfix pull_left media_call"><div class="body">'
    '<div class="title bold">\nBob Sample\n</div><div class="status details">\n{}\n</div></div></div></div>'
)
_PICTURE = '<div class="media_wrap clearfix"><a class="{}" href="{}"><img class="x" src="y.jpg"></a>{}</div>'
_REACTIONS = (
    '<span class="reactions"><span class="reaction"><span class="emoji">\n\u2764\n</span><span class="userpics">'
    '<div class="userpic"><div class="initials" title="Ann Example">\nA\n</div></div></span></span></span>'
)


def telegram_page() -> bytes:
    """A page of Telegram's: joined and forwarded messages, an answer, a call, a picture, service lines."""
    ann, bob, summer = "Ann Example", "Bob Sample", "31.07.2024 21:{}:00 UTC+01:00"
    entries = (
        _telegram_service(-1, "12 March 2024"),
        _telegram_service(1, "Bob Sample joined &amp; waits"),
        _telegram_entry(
            2,
            "12.03.2024 21:05:00 UTC+00:00",
            _telegram_text("I see  you &lt;there&gt;<br>again &apos;Zo\u00eb&apos;"),
            bob,
        ),
        _telegram_entry(3, "12.03.2024 21:05:09 UTC+00:00", _telegram_text("<strong>Answer</strong> me<br>")),
        _telegram_service(-2, "31 July 2024"),
        _telegram_entry(
            4, summer.format("01"), _ANSWER.format("", 2) + _telegram_text("Stop") + _REACTIONS, ann
        ),
        _telegram_entry(
            5, summer.format("02"), _ANSWER.format("messages2.html", 99) + _telegram_text("Stop it")
        ),
        _telegram_entry(6, summer.format("03"), _FORWARDED, f"{bob} via @gif"),
        _telegram_entry(7, summer.format("04"), _CALL.format("Missed"), bob),
        _telegram_entry(8, summer.format("05"), _CALL.format("Incoming (63 seconds)")),
        _telegram_entry(
            9,
            "31.07.2024 21:06:00",
            _PICTURE.format("photo_wrap", "photos/1.jpg", "") + _telegram_text("look"),
            bob,
        ),
        _telegram_entry(
            10, "31.07.2024 21:07:00", _PICTURE.format("sticker_wrap", "s.webp", "Not included, x"), bob
        ),
        _telegram_entry(
            11, "soon", '<div class="empty"></div><div class="signature details">\nThe desk\n</div>', bob
        ),
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
    """The older package: the messages of `discord_package` as a table."""
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


_ME, _BOB, _CAT = ({"gaia_id": number, "chat_id": number} for number in ("111", "222", "333"))


def _hangouts_event(sender: dict[str, str], second: int, **more: object) -> dict[str, object]:
    return {
        "conversation_id": {"id": "Ug1"},
        "sender_id": sender,
        "timestamp": str(1_722_456_300_123_456 + second * 1_000_000),
        "self_event_state": {"user_id": _ME},
    } | more


def _hangouts_said(*pieces: str, **more: object) -> dict[str, object]:
    segments = [
        {"type": "LINE_BREAK"} if piece == "\n" else {"type": "TEXT", "text": piece} for piece in pieces
    ]
    return {"message_content": {"segment": segments} | more}


_NAMES = {"111": "Ann Example", "222": "Bob Sample"}


def _hangouts_people(*who: dict[str, str]) -> list[dict[str, object]]:
    return [
        {"id": one} | ({"fallback_name": _NAMES[one["gaia_id"]]} if one["gaia_id"] in _NAMES else {})
        for one in who
    ]


def hangouts(*, older: bool = False) -> bytes:
    """Hangouts of an account: a conversation of two with a picture and a call, and a group."""
    photo = {"embed_item": {"type": ["PLUS_PHOTO"], "plus_photo": {"url": "https://photos.example/door.jpg"}}}
    two = [
        _hangouts_event(_BOB, 1, chat_message=_hangouts_said('I see you "events": [', "\n", "again \u00e9")),
        _hangouts_event(_ME, 2, chat_message=_hangouts_said("Stop")),
        _hangouts_event(
            _BOB, 3, chat_message=_hangouts_said(attachment=[photo]), event_type="REGULAR_CHAT_MESSAGE"
        ),
        _hangouts_event(_BOB, 4, hangout_event={"event_type": "START_HANGOUT"}, event_type="HANGOUT_EVENT"),
        _hangouts_event(_BOB, 5, hangout_event={"event_type": "END_HANGOUT"}, event_type="HANGOUT_EVENT"),
    ]
    group = [
        _hangouts_event(_CAT, 6, chat_message=_hangouts_said("all")),
        _hangouts_event(_CAT, 7, event_type="ADD_USER"),
    ]
    told = [(_hangouts_people(_ME, _BOB), two), (_hangouts_people(_ME, _BOB, _CAT), group)]
    if older:
        whole: object = {
            "conversation_state": [
                {
                    "conversation_id": {"id": "Ug1"},
                    "conversation_state": {"conversation": {"participant_data": who}, "event": events},
                }
                for who, events in told
            ]
        }
    else:
        whole = {
            "conversations": [
                {
                    "conversation": {
                        "conversation_id": {"id": "Ug1"},
                        "conversation": {"participant_data": who},
                    },
                    "events": events,
                }
                for who, events in told
            ]
        }
    return json.dumps(whole, indent=1, ensure_ascii=False).encode()


def imessage_text() -> bytes:
    """A conversation as imessage-exporter writes it: an answer twice, reactions, a picture, news of the group."""
    return (
        "Mar 12, 2024  9:05:07 PM (Read by you after 3 seconds)\n+447700900001\nI see you\nagain \u00e9\n"
        "Tapbacks:\nLiked by Me\n\n"
        "    Mar 12, 2024  9:06:00 PM\n    Me\n    Stop\n\n\n"
        "Mar 12, 2024  9:06:00 PM\nMe\nStop\nThis message responded to an earlier message.\n\n"
        "Jul 31, 2024 12:05:00 AM\n+447700900001\nattachments/door.heic\n\n"
        "Jul 31, 2024 12:06:00 AM +447700900001 named the conversation Us\n\n"
        "Jul 31, 2024 12:07:00 PM\n+447700900001\nEdited 10 seconds later: two paragraphs\n\nand Mar 12, 2024  9:05:07 PM\n\n"
    ).encode()
