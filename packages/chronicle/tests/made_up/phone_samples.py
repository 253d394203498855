"""Small made-up exports of telephones and Google: pages, databases, a mail of Outlook's, places."""

import json

from packages.chronicle.tests.made_up.compound_files import CompoundFile, Tree

BOB = "+447700900002"


def imessage_page() -> bytes:
    """A page of imessage-exporter: an answer twice, a photograph, reactions, an edit, a notice."""

    def message(kind: str, when: str, who: str, inside: str) -> str:
        return (
            f'<div class="message">\n<div class="{kind}">\n<p><span class="timestamp">{when}</span>\n'
            f'<span class="sender">{who}</span></p>\n{inside}\n</div>\n</div>\n'
        )

    def said(words: str) -> str:
        return f'<hr>\n<div class="message_part"><span class="bubble">{words}</span></div>'

    answer = message("sent iMessage", "Mar 12, 2024  9:06:00 PM", "Me", said("Stop"))
    aside = '<span class="reply_context">This message responded to an earlier message.</span>\n</div>\n</div>'
    tapbacks = '<div class="tapbacks"><hr><p>Tapbacks:</p><div class="tapback"><span><b>Loved</b> by Me</span></div></div>'
    entries = (
        message(
            "received",
            "Mar 12, 2024  9:05:07 PM (Read by you after 5 seconds)",
            BOB,
            said("I see you &lt;there&gt;<br>again \u00e9")
            + tapbacks
            + f'<div class="replies"><div class="reply">{answer}</div></div>',
        ),
        answer.removesuffix("\n</div>\n</div>\n") + aside,
        message(
            "received",
            "Jul 31, 2024 12:05:00 AM",
            BOB,
            f'{said("look")}<hr><div class="message_part"><img src="attachments/door.heic" loading="lazy"></div>',
        ),
        '<div class="announcement"><p><span class="timestamp">Jul 31, 2024 12:06:00 AM</span> You named it <b>Us</b></p></div>',
        message(
            "received",
            "soon",
            BOB,
            f'<div class="message_part"><div class="edited">{said("first")}</div></div>',
        ),
    )
    return f'<html>\n<meta charset="UTF-8">\n{"".join(entries)}</html>\n'.encode()


def _voice(body: str, title: str) -> bytes:
    return (
        '<?xml version="1.0" ?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x">\n<html xmlns="x"><head>\n'
        f"<title>{title}</title></head><body>{body}</body></html>\n"
    ).encode()


def voice_conversation() -> bytes:
    """A conversation of Google Voice: both sides, a photograph, a line break."""

    def message(second: int, who: str, number: str, words: str, more: str = "") -> str:
        tag = "abbr" if who == "Me" else "span"
        return (
            f'<div class="message"><abbr class="dt" title="2024-07-31T22:05:{second:02}.123+01:00">Jul 31</abbr>:\n'
            f'<cite class="sender vcard"><a class="tel" href="tel:{number}"><{tag} class="fn">{who}</{tag}></a></cite>:\n'
            f"<q>{words}</q>{more}\n</div>"
        )

    photo = '<div><img src="Bob Sample - Text - 1" alt="Image MMS Attachment" /></div>'
    return _voice(
        '<div class="hChatLog hfeed">'
        + message(1, "Bob Sample", BOB, "I see you &#39;there&#39;<br>again \u00e9")
        + message(2, "Me", "+447700900001", "Stop")
        + message(3, "Bob Sample", BOB, "", photo)
        + "</div>",
        "Bob Sample",
    )


def voice_group() -> bytes:
    """A group's conversation of Google Voice, whose people are listed above it."""
    people = "".join(
        f'<cite class="sender vcard"><a class="tel" href="tel:{number}"><span class="fn">{name}</span></a></cite>, '
        for number, name in ((BOB, "Bob Sample"), ("+447700900003", ""))
    )
    return _voice(
        f'<div class="participants">Group conversation with:\n{people}</div><div class="hChatLog hfeed">'
        '<div class="message"><abbr class="dt" title="2024-07-31T22:05:01.000+01:00">x</abbr>: <cite class="sender vcard">'
        f'<a class="tel" href="tel:{BOB}"><span class="fn">Bob Sample</span></a></cite>: <q>all</q></div></div>',
        "Group Conversation",
    )


def voice_call(label: str = "voicemail") -> bytes:
    """A call or voicemail of Google Voice."""
    return _voice(
        '<div class="haudio"><span class="fn">Voicemail from\n</span><div class="contributor vcard">Voicemail from\n'
        f'<a class="tel" href="tel:{BOB}"><span class="fn">Bob Sample</span></a></div>\n'
        '<abbr class="published" title="2024-07-31T22:05:07.000+01:00">Jul 31</abbr>\n'
        '<span class="full-text">Call me back</span><audio controls="controls" src="a.mp3"></audio>\n'
        '<abbr class="duration" title="PT18S">(00:00:18)</abbr><div class="tags">Labels: '
        f'<a rel="tag" href="http://www.google.com/voice#{label}">x</a></div></div>',
        f"{label.title()} from Bob Sample",
    )


def signal_lines() -> bytes:
    """Messages of Signal as sigexport writes them: an answer, a file, a sticker, reactions, a call, no sender."""

    def line(second: int, sender: str, body: str, **more: object) -> str:
        fields = {
            "date": f"2024-07-31T22:05:{second:02}.500000", "sender": sender, "body": f"{body}  ", "quote": "",
            "sticker": "", "reactions": [], "attachments": [],
        } | more  # fmt: skip
        return json.dumps(fields, ensure_ascii=False) + "\n"

    return "".join(
        (
            line(1, "Bob Sample", 'I see you "date": [\nagain \u00e9', reactions=[["Me", "\u2764"]]),
            line(2, "Me", "Stop", quote="\n\n> I see you\n> again\n\n"),
            line(3, "Bob Sample", "", attachments=[{"name": "door.jpg", "path": "media/door.jpg"}]),
            line(4, "Bob Sample", "", sticker="\U0001f440"),
            line(5, "Bob Sample", "Missed voice call", call=True, missed=True, deleted=False),
            line(6, "No-Sender", "", deleted=True),
        )
    ).encode()


def signal_messages() -> bytes:
    """Messages of Signal Desktop as sigtop writes them: both sides, an edit, a call, a notice, a deletion."""

    def message(second: int, kind: str, body: str | None, **more: object) -> dict[str, object]:
        return {
            "id": str(second), "conversationId": "c-1", "type": kind, "body": body,
            "sent_at": 1_722_459_900_500 + second * 1000, "received_at": 1, "attachments": [],
        } | ({"source": BOB} if kind == "incoming" else {}) | more  # fmt: skip

    whole = [
        message(
            1,
            "incoming",
            'I see you "type": [\nagain \u00e9',
            reactions=[{"emoji": "\u2764", "fromId": "c-2"}],
        ),
        message(2, "outgoing", "Stop", quote={"text": "I see you"}),
        message(3, "incoming", None, attachments=[{"fileName": "door.jpg", "contentType": "image/jpeg"}]),
        message(
            4, "incoming", "now", editHistory=[{"body": "now"}, {"body": "then"}], sticker={"packId": "x"}
        ),
        message(5, "call-history", None, callHistory={"direction": "Incoming", "status": "Missed"}),
        message(6, "group-v2-change", None),
        message(7, "incoming", "", deletedForEveryone=True),
    ]
    return ("[\n" + ",\n".join(json.dumps(one, ensure_ascii=False) for one in whole) + "\n]\n").encode()


def google_records() -> bytes:
    """Places of a Takeout's Records.json, newer and older."""
    places = [
        {
            "latitudeE7": 515007000,
            "longitudeE7": -1246000,
            "accuracy": 20,
            "timestamp": "2024-07-31T21:05:07.123Z",
        },
        {"latitudeE7": 515007001, "longitudeE7": -1246001, "timestampMs": "1710277507000"},
    ]
    return json.dumps({"locations": places}, indent=1).encode()


def google_months() -> bytes:
    """Stays and ways of a Takeout's months."""
    span = {"startTimestamp": "2024-07-31T20:00:00Z", "endTimestamp": "2024-07-31T21:00:00Z"}
    start, end = ({"latitudeE7": 515000000 + one, "longitudeE7": -1200000} for one in (1, 2))
    visit = {"location": {**start, "address": "1 Made-up Road", "name": "A shop"}, "duration": span}
    way = {"startLocation": start, "endLocation": end, "duration": span}
    return json.dumps({"timelineObjects": [{"placeVisit": visit}, {"activitySegment": way}]}).encode()


def google_timeline() -> bytes:
    """What an Android phone exports: a stay, a way, a path, and raw signals with and without a place."""
    times = {"startTime": "2024-07-31T22:00:00.000+01:00", "endTime": "2024-07-31T23:00:00.000+01:00"}
    top = {
        "placeId": "x",
        "semanticType": "HOME",
        "placeLocation": {"latLng": "51.5007\u00b0, -0.1246\u00b0"},
    }
    way = {"start": {"latLng": "51.5\u00b0, -0.1\u00b0"}, "end": {"latLng": "51.6\u00b0, -0.2\u00b0"}}
    path = [
        {"point": "51.5\u00b0, -0.1\u00b0", "time": "2024-07-31T22:10:00.000+01:00"},
        {"point": "51.6\u00b0, -0.2\u00b0"},
    ]
    position = {
        "LatLng": "51.5\u00b0, -0.1\u00b0",
        "accuracyMeters": 12,
        "timestamp": "2024-07-31T22:11:00.000+01:00",
    }
    whole = {
        "semanticSegments": [
            {**times, "visit": {"hierarchyLevel": 0, "topCandidate": top}},
            {**times, "activity": way},
            {**times, "timelinePath": path},
        ],
        "rawSignals": [
            {"position": position},
            {"wifiScan": {"deliveryTime": "x"}},
            {"activityRecord": {}, "startTime": times["startTime"]},
        ],
        "userLocationProfile": {"frequentPlaces": []},
    }
    return json.dumps(whole, ensure_ascii=False).encode()


def google_iphone() -> bytes:
    """What an iPhone exports: a bare list."""
    times = {"startTime": "2024-07-31T22:00:00.000+01:00", "endTime": "2024-07-31T23:00:00.000+01:00"}
    visit = {"topCandidate": {"placeLocation": "geo:51.500700,-0.124600"}}
    path = [{"point": "geo:51.5,-0.1", "durationMinutesOffsetFromStartTime": "3"}]
    return json.dumps([{**times, "visit": visit}, {**times, "timelinePath": path}]).encode()


def imazing_table() -> bytes:
    """iMazing's table: a name that is not saved, an answer, a reaction, a file, an edit, a deletion, a notice."""
    headings = (
        "Chat Session,Message Date,Delivered Date,Read Date,Edited Date,Deleted Date,Service,Type,Sender ID,Sender Name,"
        "Status,Replying to,Subject,Text,Reactions,Attachment,Attachment type"
    )
    rows = (
        'Bob,2024-07-31 22:05:01,,,,,iMessage,Incoming,+447700900002,Bob,Read,,,"I see you, ""there""\nagain \u00e9",,,',
        "Bob,2024-07-31 22:05:02,,,,,iMessage,Outgoing,,,Read,I see you,,Stop,Bob: \u2764,,",
        "+447700900002,2024-07-31 22:05:03,,,x,,SMS,Incoming,+447700900002,,Read,,,look,,door.jpg,Image",
        "Bob,2024-07-31 22:05:04,,,,x,iMessage,Incoming,+447700900002,Bob,Read,,,gone,,,",
        "Bob,2024-07-31 22:05:05,,,,,iMessage,Notification,,,,,,Bob left,,,",
    )
    return "\n".join((headings, *rows, "")).encode()


def outlook_mail(changed: Tree | None = None, *without: str) -> bytes:
    """A mail as Outlook saves it, with a photograph; some streams changed, and some left out."""

    def fixed(tag: int, value: int) -> bytes:
        return tag.to_bytes(4, "little") + bytes(4) + value.to_bytes(8, "little")

    def wide(words: str) -> bytes:
        return words.encode("utf-16-le")

    #: 31 July 2024, 21:05:07 UTC, in hundreds of nanoseconds since 1601
    ticks = (1_722_459_907 + 11_644_473_600) * 10_000_000
    recipient: Tree = {"__substg1.0_3001001F": wide("Ann"), "__substg1.0_39FE001F": wide("ann@example.com")}
    mail: Tree = {
        "__properties_version1.0": bytes(32) + fixed(0x00390040, ticks) + fixed(0x0E070003, 1),
        "__nameid_version1.0": {"__substg1.0_00020102": b""},
        "__substg1.0_0037001F": wide("you"),
        "__substg1.0_1000001F": wide("I see you\r\nagain \u00e9\r\n"),
        "__substg1.0_0C1A001F": wide("Bob Sample"),
        "__substg1.0_5D01001F": wide("bob@example.org"),
        "__recip_version1.0_#00000000": recipient,
        "__attach_version1.0_#00000000": {
            "__substg1.0_3707001F": wide("door.jpg"),
            "__substg1.0_37010102": bytes(5000),
        },
    }
    mail = {name: data for name, data in (mail | (changed or {})).items() if name not in without}
    return CompoundFile(mail).written()


def kik_iphone() -> str:
    """The script of an iPhone's database of Kik."""
    return """
        CREATE TABLE ZKIKMESSAGE (Z_PK INTEGER PRIMARY KEY, ZRECEIVEDTIMESTAMP REAL, ZTYPE INTEGER, ZBODY TEXT, ZUSER INTEGER);
        CREATE TABLE ZKIKUSER (Z_PK INTEGER PRIMARY KEY, ZUSERNAME TEXT, ZDISPLAYNAME TEXT, ZEXTRA INTEGER);
        CREATE TABLE ZKIKATTACHMENT (Z_PK INTEGER PRIMARY KEY, ZMESSAGE INTEGER, ZCONTENT TEXT);
        INSERT INTO ZKIKUSER VALUES (1, 'bob.sample', 'Bob Sample', 2), (2, 'cat.example', 'Cat Example', 1);
        INSERT INTO ZKIKATTACHMENT VALUES (1, 3, 'door');
        INSERT INTO ZKIKMESSAGE VALUES (1, 744152701.0, 1, 'I see you \u00e9', 1), (2, 744152702.0, 2, 'Stop', 1),
            (3, 744152703.0, 4, NULL, 2), (4, 744152704.0, 3, 'Cat joined', 2), (5, NULL, 'x', 'odd', NULL);
    """


def kik_android() -> str:
    """The script of an Android phone's database of Kik."""
    return """
        CREATE TABLE messagesTable (body TEXT, partner_jid TEXT, was_me INTEGER, timestamp TEXT, sys_msg TEXT, stat_msg TEXT,
            content_id TEXT, bin_id TEXT);
        CREATE TABLE KIKcontactsTable (jid TEXT, display_name TEXT, user_name TEXT);
        INSERT INTO KIKcontactsTable VALUES ('bob.sample_x1y@talk.kik.com', 'Bob Sample', 'bob.sample');
        INSERT INTO messagesTable VALUES
            ('I see you', 'bob.sample_x1y@talk.kik.com', 0, '1722459901000', NULL, NULL, NULL, 'bob.sample_x1y@talk.kik.com'),
            ('Stop', 'bob.sample_x1y@talk.kik.com', 1, '1722459902000', NULL, NULL, NULL, NULL),
            (NULL, 'cat_ab1@talk.kik.com', 0, '1722459903000', NULL, NULL, 'door', '11_g@groups.kik.com'),
            (NULL, 'bob.sample_x1y@talk.kik.com', 0, '0', 'Bob joined', NULL, NULL, NULL);
    """


def case_file() -> bytes:
    """Messages and a call in CASE/UCO as other programs write them: accounts behind them, and inside one another."""

    def typed(kind: str, value: str) -> dict[str, str]:
        return {"@type": f"xsd:{kind}", "@value": value}

    def facet(kind: str, **fields: object) -> dict[str, object]:
        named = {f"uco-observable:{name.rstrip('_')}": value for name, value in fields.items()}
        return {"@id": "kb:f", "@type": f"uco-observable:{kind}"} | named

    def node(kind: str, name: str, *facets: dict[str, object]) -> dict[str, object]:
        return {"@id": f"kb:{name}", "@type": f"uco-observable:{kind}", "uco-core:hasFacet": list(facets)}

    when = "2024-07-31T21:05:0{}Z".format
    bob, ann = {"@id": "kb:bob"}, {"@id": "kb:ann"}
    graph = [
        {"@id": "kb:tool", "@type": "uco-tool:Tool", "uco-core:name": "Made up 1"},
        node("Message", "m1", facet("MessageFacet", from_=bob, to=[ann], sentTime=typed("dateTime", when(1)),
                                    messageText="I see you \"@graph\": [\nagain \u00e9")),
        node("Message", "m2", facet("MessageFacet", from_=ann, to=bob, sentTime=when(2), messageText="Stop")),
        node("Call", "c1", facet("CallFacet", from_={"@id": "kb:unknown"}, to=[ann], startTime=typed("dateTime", when(3)),
                                 duration=typed("integer", "63"))),
        node("EmailMessage", "e1", facet("EmailMessageFacet", from_=node("EmailAddress", "x", facet(
            "EmailAddressFacet", addressValue="bob@example.org")), subject="you", body="hello", sentTime=typed("dateTime", when(4)))),
        node("PhoneAccount", "bob", facet("PhoneAccountFacet", phoneNumber=BOB)),
        node("Account", "ann", facet("AccountFacet", accountIdentifier="Ann Example")),
    ]  # fmt: skip
    context = {"uco-observable": "https://ontology.unifiedcyberontology.org/uco/observable/"}
    return json.dumps({"@context": context, "@graph": graph}, indent=1, ensure_ascii=False).encode()
