"""Made-up reports of Cellebrite's, as its two kinds of file lay them out."""

import io

import openpyxl
from packages.chronicle.tests.made_up.phone_samples import BOB


def _field(name: str, value: str) -> str:
    return f'<field name="{name}" type="String"><value type="String"><![CDATA[{value}]]></value></field>'


def _party(identifier: str, name: str, *, role: str = "", owner: bool = False) -> str:
    fields = _field("Identifier", identifier) + _field("Name", name) + _field("IsPhoneOwner", str(owner))
    return f'<model type="Party" id="p">{fields}{_field("Role", role) if role else ""}</model>'


def _model(kind: str, inside: str, more: str = "") -> str:
    return f'<model type="{kind}" id="x" deleted_state="{more or "Intact"}">{inside}</model>'


def _people(name: str, *who: str) -> str:
    form = "modelField" if name == "From" else "multiModelField"
    return f'<{form} name="{name}" type="Party">{"".join(who)}</{form}>'


def _at(second: int) -> str:
    return _field("TimeStamp", f"2024-07-31T22:05:{second:02}.000+01:00")


def _chat(bob: str, ann: str) -> str:
    return _model(
        "Chat",
        _people("Participants", bob, ann)
        + '<multiModelField name="Messages" type="InstantMessage">'
        + _model("InstantMessage", _people("From", bob) + _at(1) + _field("Body", "I see you ]&gt;\nagain \u00e9"))
        + _model(
            "InstantMessage",
            _people("From", ann) + _people("To", bob) + _at(2) + _field("Body", "Stop")
            + f'<multiModelField name="Attachments">{_model("Attachment", _field("Filename", "door.jpg"))}</multiModelField>',
            "Deleted",
        )
        + "</multiModelField>",
    )  # fmt: skip


def _mail() -> str:
    return _model("Email", _people("From", _party("bob@example.org", "Bob")) + _people("To", _party("ann@example.com", "", owner=True))
                 + _at(8) + _field("Subject", "you") + _field("Body", "hello"))  # fmt: skip


def _place() -> str:
    return _model(
        "Location",
        _field("Name", "A shop") + _at(9) + _field("Precision", "20") + '<modelField name="Position" type="Coordinate">'
        + _model("Coordinate", _field("Latitude", "51.5007") + _field("Longitude", "-0.1246")) + "</modelField>",
    )  # fmt: skip


def cellebrite_report() -> bytes:
    """A report of Cellebrite's: a chat with two messages, a text, calls, a mail, a place, a contact."""
    bob = _party("447700900002@s.whatsapp.net", "Bob Sample")
    ann = _party("447700900001@s.whatsapp.net", "Ann Example", owner=True)
    text = _model(
        "SMS",
        _people("Parties", _party(BOB, "")) + _at(3) + _field("Body", "look") + _field("Folder", "Inbox"),
    )
    sms = text.replace("Inbox", "Sent").replace("look", "Leave me").replace("05:03", "05:04")
    calls = "".join(
        _model("Call", _people("Parties", _party(BOB, "", role=role)) + _at(second) + _field("Type", kind) + _field("Duration", "00:01:03"))
        for second, kind, role in ((5, "Incoming", "From"), (6, "Missed", "From"), (7, "Outgoing", "To"))
    )  # fmt: skip
    contact = _model("Contact", _field("Name", "Bob Sample"))
    types = (
        ("Chat", _chat(bob, ann)),
        ("SMS", text + sms),
        ("Call", calls),
        ("Email", _mail()),
        ("Location", _place()),
        ("Contact", contact),
    )
    told = "".join(f'<modelType type="{kind}">{models}</modelType>' for kind, models in types)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<project xmlns="http://pa.cellebrite.com/report/2.0" id="x" name="made up">'
        f"<decodedData>{told}</decodedData></project>"
    ).encode()


def cellebrite_sheet() -> bytes:
    """A sheet of Cellebrite's: a title above the headings, the day twice, offsets from UTC."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Chats"
    headings = ("#", "Chat #", "Participants", "From", "To", "Body", "Timestamp: Date", "Timestamp: Time",
                "Attachment #1", "Deleted - Instant Message")  # fmt: skip
    for row in (
        ("Chats (2)",),
        headings,
        (
            1,
            1,
            "x",
            "Bob Sample",
            "Ann Example",
            "I see you",
            "31/07/2024",
            "31/07/2024 22:05:01(UTC+1)",
            None,
            None,
        ),
        (
            2,
            None,
            None,
            "Ann Example",
            "Bob Sample",
            None,
            "31/07/2024",
            "21:05:02(UTC+0)",
            "door.jpg",
            "Yes",
        ),
    ):
        sheet.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
