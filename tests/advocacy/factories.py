"""Advocates, clients and their locators, for tests. Everybody here is invented."""

import json
import uuid
from base64 import b64encode
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from tests import returned
from tests.staff import AREA, NOW, account

from desist.accounts.models import Account
from desist.advocacy.candidates.models import Candidate
from desist.advocacy.circumstances.models import Circumstance
from desist.advocacy.circumstances.words import CIRCUMSTANCE
from desist.advocacy.circumstances.words import Words as Noted
from desist.advocacy.contacts.models import Attempt, Message, SafeTime
from desist.advocacy.disclosures.models import Disclosure
from desist.advocacy.disclosures.texts import FIELD as FIELD_OF_DISCLOSURE
from desist.advocacy.disclosures.texts import Words
from desist.advocacy.evidence import blocks, keeping
from desist.advocacy.evidence.models import Original
from desist.advocacy.evidence.states import Custody
from desist.advocacy.evidence.texts import ANSWERS, Answers, Found
from desist.advocacy.evidence.texts import FOUND as FOUND_IN_FILE
from desist.advocacy.exhibits.keeping import CAPTION, STATEMENT
from desist.advocacy.exhibits.keeping import CONTENT as PIECES
from desist.advocacy.exhibits.models import Exhibit
from desist.advocacy.handovers.commands import REASON
from desist.advocacy.handovers.models import ClientHandover
from desist.advocacy.incidents.models import Incident
from desist.advocacy.incidents.texts import FIELD as FIELD_OF_INCIDENT
from desist.advocacy.incidents.texts import Account as Told
from desist.advocacy.letters.models import Letter
from desist.advocacy.measures.models import Measure
from desist.advocacy.measures.texts import FIELD as FIELD_OF_MEASURE
from desist.advocacy.measures.texts import Filled
from desist.advocacy.moving_in.commands import CASELOAD
from desist.advocacy.moving_in.models import MoveIn
from desist.advocacy.moving_on.models import ClientOffer
from desist.advocacy.orders import texts as order_texts
from desist.advocacy.orders.models import ClearanceAsked, ClientOrder
from desist.advocacy.packs.models import BreachPack
from desist.advocacy.papers.models import Paper
from desist.advocacy.quarterly.models import QuarterlyReturn, ReturnQuestion
from desist.advocacy.safety import texts
from desist.advocacy.safety.models import Child, Choice, Need, Support
from desist.advocacy.screenings.models import Screening
from desist.advocacy.screenings.words import SCREENING
from desist.advocacy.screenings.words import Words as Screened
from desist.advocacy.sent_exhibits.commands import WORDS as CHOICE_OF_EXHIBIT
from desist.advocacy.sent_exhibits.models import SentExhibit
from desist.advocacy.submissions import locks
from desist.advocacy.submissions.models import SubmissionLink, Submitted
from desist.advocacy.submissions.sending import commands as sending
from desist.advocacy.submissions.states import CODES
from desist.advocacy.submissions.states import Kind as Sent
from desist.advocacy.support import texts as support_texts
from desist.advocacy.support.models import Agency, SupportLink, SupportReferral
from desist.advocacy.tags.commands import WORDS as TAG
from desist.advocacy.tags.models import Tag
from desist.advocacy.team.models import Advocate
from desist.advocacy.updates.models import Update
from desist.advocacy.vault import boxes
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.models import Locator, Reveal
from desist.advocacy.vault.states import Kind
from desist.advocacy.victims.identity import FIELD, Identity
from desist.advocacy.victims.models import Allocation, Victim
from desist.desk.alerts.models import Alert
from desist.desk.duty.models import DutyNumber
from desist.moving_in import commands as moving
from desist.moving_in.offers import commands as offers
from desist.post import codes, doors, locked, payloads
from desist.post.models import Partner
from desist.post.transports import Transport
from desist.references import reference
from desist.sites import Zone
from desist.wall.actors import Actor, Role

__all__ = ["AREA", "NOW", "account"]

POLICE = "northmere-police"
#: locators that no page may show before they are revealed
PHONE, EMAIL, HOME = "01632 960 077", "robin.hollow@harbour.example", "12 Quayside Steps\nNorthmere\nNM1 2AB"


#: a picture of one point
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c494441"
    "54789c63606060000000040001f61738550000000049454e44ae426082"
)
#: a sound of no length
SOUND = b"RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x40\x1f\x00\x00\x01\x00\x08\x00data\x00\x00\x00\x00"


def advocate(*, account: Account, area: str = AREA, **fields: Any) -> Advocate:
    """A trained advocate."""
    defaults = {"name": account.name, "trained_on": date(2025, 9, 1)}
    return Advocate.objects.get_or_create(ref=account.ref, defaults={"area": area, **defaults | fields})[0]


def victim(
    *,
    advocate: Advocate | None = None,
    area: str = AREA,
    identity: Identity | None = None,
    locators: tuple[tuple[Kind, str], ...] = ((Kind.PHONE, PHONE), (Kind.EMAIL, EMAIL), (Kind.HOME, HOME)),
    **fields: Any,
) -> Victim:
    """Robin Hollow, who waits for a first contact, with their locators in the vault."""
    ref = reference()
    key, box = boxes.fresh(person=ref, at=NOW)
    key.save()
    who = identity or Identity(given_names="Robin", family_name="Hollow", safety="Text first")
    defaults = {
        "way_in": "self",
        "received_at": NOW - timedelta(hours=20),
        "recorded_by": "carol",
        "identity": boxes.lock(box, FIELD, ref, who),
    }
    row = Victim.objects.create(ref=ref, area=area, **defaults | fields)
    for kind, value in locators:
        boxes.locator(box=box, victim=row, kind=kind, value=value, by="carol", at=NOW).save()
    if advocate:
        Allocation.objects.create(victim=row, advocate=advocate, made_by="carol", made_at=NOW)
    return row


def partner(*, name: str = POLICE, **fields: Any) -> Partner:
    """The police as a partner, reached by telephone."""
    defaults = {
        "zone": "partnership",
        "title": "Northmere Police",
        "transport": Transport.BY_HAND,
        "phone": "01632 960 005",
        "added_at": NOW,
    }
    return Partner.objects.get_or_create(name=name, defaults=defaults | fields)[0]


def alert(*, case: str, area: str = AREA) -> Alert:
    """An alert of the police that no advocate has taken up."""
    return Alert.objects.create(
        case=case,
        area=area,
        partner=partner().name,
        thread=reference(),
        reason="concern",
        contact="01632 960 005",
        raised_at=NOW,
        received_at=NOW,
        due_at=NOW + timedelta(minutes=30),
    )


def duty_number(*, area: str = AREA) -> DutyNumber:
    """The duty number of the service, day and night."""
    return DutyNumber.objects.create(
        area=area, title="Duty manager", number=f"01632 {reference()[:3]}", added_by="carol", added_at=NOW
    )


def locator(*, victim: str, kind: Kind = Kind.PHONE) -> Locator:
    """A locator of a client, such as an address."""
    return Locator.objects.get(victim__ref=victim, kind=kind)


def reveal(*, locator: Locator, by: str, at: datetime) -> Reveal:
    """The record that an account revealed one locator."""
    until = at + timedelta(minutes=1)
    return Reveal.objects.create(
        victim=locator.victim, locator=locator, reason="check", by=by, at=at, until=until
    )


def safe_time(*, victim: str) -> SafeTime:
    """A safe time: by text, on weekdays from nine to five."""
    return SafeTime.objects.create(
        victim=Victim.objects.get(ref=victim),
        channel="text",
        days=[0, 1, 2, 3, 4],
        start=time(9),
        end=time(17),
        added_by="carol",
        added_at=NOW,
    )


def attempt(*, victim: str) -> Attempt:
    """A call that is under way."""
    row = Victim.objects.get(ref=victim)
    return Attempt.objects.create(
        victim=row, channel="call", began_at=NOW, by="carol", submission=reference()
    )


def message(*, victim: str) -> Message:
    """An e-mail that waits to be sent."""
    return Message.objects.create(
        victim=Victim.objects.get(ref=victim),
        locator=locator(victim=victim, kind=Kind.EMAIL),
        queued_by="carol",
        queued_at=NOW,
        submission=reference(),
    )


def need(*, victim: str) -> Need:
    """An open need."""
    ref = reference()
    return Need.objects.create(
        ref=ref,
        victim=Victim.objects.get(ref=victim),
        domain="housing",
        words=vault.box(person=victim).lock(field=texts.NEED, row=ref, text="A new lock"),
        raised_by="carol",
        raised_at=NOW,
        submission=ref,
    )


def circumstance(*, victim: str, **fields: Any) -> Circumstance:
    """A risk to staff at the client's home."""
    ref = reference()
    defaults = {
        "kind": "animals",
        "review_on": date(2099, 1, 1),
        "noted_by": "carol",
        "noted_at": NOW,
        "submission": ref,
    }
    box, said = vault.box(person=victim), Noted("A loose dog: ring before you knock", "The client")
    return Circumstance.objects.create(
        ref=ref,
        victim=Victim.objects.get(ref=victim),
        words=boxes.lock(box, CIRCUMSTANCE, ref, said),
        **defaults | fields,
    )


def child(*, victim: str, **fields: Any) -> Child:
    """A child in the client's care."""
    ref = reference()
    defaults = {"born_in": 2019, "contact": False, "added_by": "carol", "added_at": NOW, "submission": ref}
    said = texts.Child("Wren", "Sleeps badly", "Duty team")
    return Child.objects.create(
        ref=ref,
        victim=Victim.objects.get(ref=victim),
        words=boxes.lock(vault.box(person=victim), texts.CHILD, ref, said),
        **defaults | fields,
    )


def support(*, victim: str) -> Support:
    """A support request that an agency was sent."""
    ref = reference()
    words = vault.box(person=victim).lock(field=texts.SUPPORT, row=ref, text="Housing office")
    return Support.objects.create(
        ref=ref, need=need(victim=victim), words=words, asked_by="carol", asked_at=NOW
    )


def agency(*, area: str = AREA, **fields: Any) -> Agency:
    """An agency that the police's directory lists."""
    defaults = {
        "partner": POLICE,
        "listing": reference(),
        "name": "Harbour Housing Desk",
        "needs": ["housing"],
        "phone": "01632 960 500",
        "capacity": "free",
        "checked_on": NOW.date(),
        "listed_at": NOW,
    }
    return Agency.objects.create(area=area, **defaults | fields)


def referred(*, victim: str, said: str = "asked") -> SupportReferral:
    """A client referred to an agency, which said something."""
    own, box, about = reference(), vault.box(person=victim), need(victim=victim)
    row = SupportReferral.objects.create(
        ref=own,
        need=about,
        agency=agency(area=about.victim.area),
        help="housing",
        basis="consent",
        words=boxes.lock(
            box, support_texts.REFERRED, own, support_texts.Referred("Text first", "A new lock")
        ),
        thread=own,
        unread_since=NOW,
        submission=own,
        referred_on=NOW.date(),
        referred_by="carol",
        referred_at=NOW,
    )
    news = reference()
    words = box.lock(field=support_texts.NEWS, row=news, text="Which day suits?")
    row.news.create(ref=news, need=about, said=said, on=NOW.date(), words=words, at=NOW)
    return row


def agency_link(*, victim: str) -> SupportLink:
    """A link by which a client's agency reads a referral; nobody knows its codes."""
    row = referred(victim=victim)
    SupportReferral.objects.filter(pk=row.pk).update(by_post=False)
    Agency.objects.filter(pk=row.agency_id).update(answers="link")
    return row.links.create(
        digest=row.ref, made_by="carol", made_at=NOW, until=NOW + timedelta(days=14), submission=row.ref
    )


def incident(*, victim: str) -> Incident:
    """An incident of loitering."""
    ref = reference()
    return Incident.objects.create(
        ref=ref,
        victim=Victim.objects.get(ref=victim),
        happened_on=NOW.date(),
        place="work",
        behaviours=["loitering"],
        channel="in_person",
        through="themselves",
        words=boxes.lock(vault.box(person=victim), FIELD_OF_INCIDENT, ref, Told(what="Stood there")),
        evidence=["none"],
        told=["nobody"],
        recorded_by="carol",
        recorded_at=NOW,
        submission=ref,
    )


def screening(*, victim: str, **fields: Any) -> Screening:
    """A screening with S-DASH."""
    ref = reference()
    said = Screened("2009", "High concern", "Sgt Lark Penhale")
    defaults = {
        "source": "here",
        "tool": "s_dash",
        "rater_trained": True,
        "rated_on": NOW.date(),
        "review_on": date(2099, 1, 1),
        "recorded_by": "carol",
        "recorded_at": NOW,
        "submission": ref,
    }
    return Screening.objects.create(
        ref=ref,
        victim=Victim.objects.get(ref=victim),
        words=boxes.lock(vault.box(person=victim), SCREENING, ref, said),
        **defaults | fields,
    )


def paper(*, victim: str, **fields: Any) -> Paper:
    """The whole log, to print for a statement."""
    defaults = {
        "kind": "log",
        "purpose": "statement",
        "format": "pdf",
        "large": False,
        "without": ["witnesses"],
        "places": False,
        "words": b"",
        "made_by": "carol",
        "made_at": NOW,
        "submission": reference(),
    }
    return Paper.objects.create(victim=Victim.objects.get(ref=victim), **defaults | fields)


def original(*, victim: str, content: bytes = b"Answer me", **fields: Any) -> Original:
    """A file that came from a client, whole and hashed."""
    ref, box = reference(), vault.box(person=victim)
    defaults = {"state": "kept", "done": 1, "digest": sha256(content).hexdigest()}
    row = Original.objects.create(
        ref=ref,
        victim=Victim.objects.get(ref=victim),
        name=box.lock(field=keeping.NAME, row=ref, text="Chat with Sam.txt"),
        came="sent",
        size=len(content),
        begun_by="carol",
        begun_at=NOW,
        touched_at=NOW,
        submission=ref,
        **defaults | fields,
    )
    sealed = keeping.lock_piece(box, row, 0, content)
    row.pieces.create(number=0, digest=sha256(content).hexdigest(), sealed=sealed)
    keeping.log(row, Custody.BEGUN, by="carol", at=NOW)
    return row


def recording(*, victim: str) -> Original:
    """A recording, with what is said in it."""
    row = original(victim=victim, content=SOUND)
    words = vault.box(person=victim).lock(field=keeping.TRANSCRIPT, row=f"{row.ref} 1", text="0:00 I see you")
    row.transcripts.create(number=1, words=words, written_by="carol", written_at=NOW)
    return row


def export(*, victim: str) -> Original:
    """An export that was looked through, whose questions wait for an answer."""
    row, box = original(victim=victim, content=b"An export", state="asking"), vault.box(person=victim)
    found = Found(
        formats=["WhatsApp"],
        records=3,
        senders=[["Sam Sample", 2], ["Robin Example", 1]],
        conversations=[["Chat with Sam.txt", 3, "2024-03-13", "2024-03-16"]],
        program="desist-chronicle 0.1.0",
    )
    row.found = boxes.lock(box, FOUND_IN_FILE, row.ref, found)
    row.save(update_fields=["found"])
    return row


def kept_export(*, victim: str, texts: tuple[str, str, str] = ("Answer me",) * 3) -> Original:
    """An export of which three records are kept."""
    row, box = original(victim=victim, content=reference().encode()), vault.box(person=victim)
    found = Found(
        records=3,
        senders=[["Sam Sample", 2], ["Robin Example", 1]],
        conversations=[["Chat with Sam.txt", 3, "2024-03-13", "2024-03-16"]],
        program="desist-chronicle 0.1.0",
    )
    row.found = boxes.lock(box, FOUND_IN_FILE, row.ref, found)
    row.answers = boxes.lock(box, ANSWERS, row.ref, Answers(client=[1], person=[0], conversations=[0]))
    row.counts = {"read": 3, "kept": 3, "twice": 0, "other": 0, "dates": 0, "undated": 0, "headings": 0}
    row.save(update_fields=["found", "answers", "counts"])
    words: list[tuple[bytes, int, list[str]]] = [
        (f"{text}12/03/2024, 21:05".encode(), len(text.encode()), []) for text in texts
    ]
    blocks.keep(row, blocks.locked(row, box, 0, words))
    days = ("2024-03-13T21:05:00Z", "2024-03-13T21:06:00Z", "2024-03-16T09:00:00Z")
    moments = [round(datetime.fromisoformat(day).timestamp()) * 1_000_000 for day in days]
    numbers = {
        "at": moments,
        "line": 1,
        "byte_end": 40,
        **dict.fromkeys(("minutes_ahead", "sender", "conversation", "byte_start"), 0),
    }
    blocks.copy(blocks.lines(row, 0, numbers, [("minute", "message", "unknown", True)] * 3))
    blocks.count(
        row, [(0, "message", True, 0, *moments[:2], 2), (0, "message", True, 0, moments[2], moments[2], 1)]
    )
    return row


def exhibit(*, victim: str, **fields: Any) -> Exhibit:
    """An exhibit that is being put together, with a row and a redaction on it."""
    ref, box, original = reference(), vault.box(person=victim), kept_export(victim=victim)
    row = Exhibit.objects.create(
        ref=ref,
        victim=Victim.objects.get(ref=victim),
        **{
            "number": f"FT/{Exhibit.objects.count() + 1}",
            "caption": box.lock(field=CAPTION, row=ref, text="Messages of March 2024"),
            "statement": box.lock(field=STATEMENT, row=ref, text="I am Fable. I produce this."),
            "begun_by": "carol",
            "begun_at": NOW,
            "submission": ref,
        }
        | fields,
    )
    row.rows.create(original=original, number=0)
    row.redactions.create(
        original=original, number=0, words=b"", why="private", made_by="carol", made_at=NOW, submission=ref
    )
    return row


def choice(*, victim: str, what: str = "incidents", whom: str = "programme", **fields: Any) -> Choice:
    """The client's choice about a disclosure to one side: it may be told."""
    ref = reference()
    words = vault.box(person=victim).lock(field=texts.CHOICE, row=ref, text="")
    defaults = {"allowed": True, "recorded_by": "carol", "recorded_at": NOW}
    return Choice.objects.create(
        ref=ref,
        victim=Victim.objects.get(ref=victim),
        what=what,
        whom=whom,
        words=words,
        **defaults | fields,
    )


def disclosure(*, victim: str, **fields: Any) -> Disclosure:
    """A draft for the programme, not approved yet."""
    ref = reference()
    said = Words("The calls became more in spring.", "The risk rose", "Counts alone")
    defaults = {
        "to": POLICE,
        "recipient": "programme",
        "what": "incidents",
        "words": boxes.lock(vault.box(person=victim), FIELD_OF_DISCLOSURE, ref, said),
        "nature": "fact",
        "as_of": NOW.date(),
        "may_be_raised": False,
        "purpose": "sessions",
        "basis": "emergency",
        "submission": ref,
        "started_by": "carol",
        "started_at": NOW,
    }
    return Disclosure.objects.create(ref=ref, victim=Victim.objects.get(ref=victim), **defaults | fields)


def measure(*, victim: str) -> Measure:
    """The client's own rating of their safety: 4 of 10."""
    ref = reference()
    filled = Filled(answers=[4], total=4.0, prorated=False)
    return Measure.objects.create(
        ref=ref,
        victim=Victim.objects.get(ref=victim),
        instrument="own-safety",
        instrument_version=1,
        occasion="start",
        taken_on=NOW.date(),
        source="paper",
        filled=boxes.lock(vault.box(person=victim), FIELD_OF_MEASURE, ref, filled),
        submission=ref,
        recorded_by="carol",
        recorded_at=NOW,
    )


def pack(*, incident: str, rang: str = "") -> BreachPack:
    """An incident that was sent to the police; `rang` names the contact whom the advocate rang about it."""
    row = BreachPack.objects.create(
        incident=Incident.objects.get(ref=incident),
        token=reference(),
        police=partner().name,
        contact="01632 960 020",
        sent_by="carol",
        sent_at=NOW,
        ring_at=NOW + timedelta(hours=4),
    )
    if rang:
        row.calls.create(whom=rang, by="carol", at=NOW, submission=reference())
    return row


def finished_exhibit(
    *, victim: str, pieces: tuple[bytes, ...] = (b"PK one", b"two", b"three"), **fields: Any
) -> Exhibit:
    """An exhibit that is finished: its archive lies in pieces, locked with the client's key."""
    ref, box = reference(), vault.box(person=victim)
    whole = b"".join(pieces)
    defaults = {
        "number": f"FT/{Exhibit.objects.count() + 1}",
        "state": "made",
        "digest": sha256(whole).hexdigest(),
        "size": len(whole),
    }
    row = Exhibit.objects.create(
        ref=ref,
        victim=Victim.objects.get(ref=victim),
        caption=box.lock(field=CAPTION, row=ref, text="Messages of March"),
        statement=box.lock(field=STATEMENT, row=ref, text="Fable Trelissick"),
        begun_by="carol",
        begun_at=NOW,
        closed_by="carol",
        closed_at=NOW,
        submission=ref,
        **defaults | fields,
    )
    for number, content in enumerate(pieces):
        sealed = box.lock_bytes(field=PIECES, row=f"{ref} {number}", content=content)
        row.pieces.create(number=number, sealed=sealed)
    return row


def sent_exhibit(*, exhibit: Exhibit, pack: BreachPack, **fields: Any) -> SentExhibit:
    """An exhibit that was sent with a report; the police have asked for nothing yet."""
    ref, box = reference(), vault.box(person=exhibit.victim.ref)
    defaults = {"agreed_on": NOW.date(), "agreed_how": "phone", "sent_by": "carol", "sent_at": NOW}
    return SentExhibit.objects.create(
        ref=ref,
        exhibit=exhibit,
        pack=pack,
        words=box.lock(field=CHOICE_OF_EXHIBIT, row=ref, text="Send it, she said."),
        parts=exhibit.pieces.count(),
        submission=ref,
        **defaults | fields,
    )


def letter(*, victim: str) -> Letter:
    """A letter to the client's home."""
    return Letter.objects.create(
        victim=Victim.objects.get(ref=victim),
        locator=locator(victim=victim, kind=Kind.HOME),
        template="in_touch",
        written_by="carol",
        written_at=NOW,
        submission=reference(),
    )


def update(*, victim: str, **fields: Any) -> Update:
    """The news that an order was made, which the advocate has yet to tell the client."""
    defaults = {"event": "order_made", "on": NOW.date(), "received_at": NOW}
    return Update.objects.create(victim=Victim.objects.get(ref=victim), **defaults | fields)


def order(*, victim: str) -> ClientOrder:
    """An order in force that protects a client, as the police reported it."""
    ref, row = reference(), Victim.objects.get(ref=victim)
    box = vault.box(person=victim)
    words = order_texts.Words(["Not to contact the protected person, directly or through anyone else"])
    return ClientOrder.objects.create(
        ref=ref,
        victim=row,
        token=f"order-{ref}",
        kind="full",
        standing="served",
        made_on=NOW.date(),
        served_on=NOW.date(),
        words=boxes.lock(box, order_texts.CONDITIONS, ref, words),
        waiting=1,
        told_at=NOW,
    )


def candidate(*, victim: str) -> Candidate:
    """A possible breach of an order that nobody has looked at."""
    happened, protects = incident(victim=victim), order(victim=victim)
    return Candidate.objects.create(order=protects, incident=happened, day=happened.happened_on, found_at=NOW)


def clearance(*, victim: str) -> ClearanceAsked:
    """Words of an order that the police ask the client to clear."""
    ref = reference()
    box = vault.box(person=victim)
    words = order_texts.Words(["1. Not to go to the area on the court’s map A. Why: he waited there"])
    return ClearanceAsked.objects.create(
        ref=ref,
        victim=Victim.objects.get(ref=victim),
        token=f"clearance-{ref}",
        words=boxes.lock(box, order_texts.ASKED, ref, words),
        asked_at=NOW,
        answer_by=NOW + timedelta(days=1),
    )


def handover(*, victim: str, to: Account, **fields: Any) -> ClientHandover:
    """A client who is offered to another advocate, who has not answered."""
    own, box = reference(), vault.box(person=victim)
    defaults: dict[str, Any] = {
        "victim": Victim.objects.get(ref=victim),
        "to": advocate(account=to),
        "reason": box.lock(field=REASON, row=own, text="Leave from Monday"),
        "answer_by": NOW.date() + timedelta(days=3),
        "asked_by": "carol",
        "asked_at": NOW,
        "submission": own,
    }
    return ClientHandover.objects.create(ref=own, **defaults | fields)


def client_offer(*, area: str = AREA, victim: str = "") -> ClientOffer:
    """A client whom another service offers, not answered yet; or one who is offered by this one."""
    row = ClientOffer(area=area, incoming=not victim, partner="other-service", thread=reference())
    row.answer_by, row.offered_by, row.offered_at = NOW.date() + timedelta(days=700), "carol", NOW
    if victim:
        row.victim = Victim.objects.get(ref=victim)
        said = json.dumps(["They moved", "Fable, 01632 960 001"])
        row.sealed = vault.box(person=victim).lock(field=offers.OFFERED, row=row.ref, text=said)
    else:
        text = json.dumps([1, doors.to_json(case_offer())])
        row.sealed = locked.lock(place=offers.OFFERED, row=row.ref, text=text)
    row.save(force_insert=True)
    return row


def case_offer() -> payloads.CaseOffer:
    """The offer of a client by another service, as it crosses."""
    client: dict[str, Any] = {
        "key": "1",
        "given_names": "Robin",
        "family_name": "Hollow",
        "way_in": "service",
    }
    client |= {"received_on": date(2026, 1, 5), "purposes": ["support"], "how": "phone"}
    client |= {"consented_on": date(2026, 1, 5)}
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("clients", CASELOAD.sheets[0].written([client]))
    return payloads.CaseOffer(
        area=AREA,
        given_names="Robin",
        family_name="Hollow",
        contact="Idris Penhallow, 01632 960 001",
        reason="They moved there",
        agreed_on="2026-03-02",
        agreed_how="phone",
        answer_by=NOW.date() + timedelta(days=700),
        tables=(b64encode(out.getvalue()).decode(),),
        offered_at=NOW,
    )


def move_in(*, area: str = AREA, clients: str = "", **fields: Any) -> MoveIn:
    """A caseload of one row that was sent, by default without a client's facts, and checked by the worker."""
    actor = Actor(who="carol", role=Role.ADVOCACY_MANAGER, area=area, correlation=uuid.uuid4())
    table = f"key,given_names\n{clients or '17,Robin'}\n".encode()
    ref = moving.send(CASELOAD, actor=actor, contents={"clients": table}, submission=reference(), at=NOW)
    moving.go_on(CASELOAD, at=NOW)
    MoveIn.objects.filter(ref=ref).update(**fields or {"total": 1})
    return MoveIn.objects.get(ref=ref)


def submission_link(*, victim: str, code: str = "k7f2m9px4c3d", **fields: Any) -> SubmissionLink:
    """A link for one client, who agreed to it."""
    row = Victim.objects.get(ref=victim)
    if not row.submission_agreements.filter(ended_at=None).exists():
        row.submission_agreements.create(
            channel="meeting", agreed_on=NOW.date(), recorded_by="carol", recorded_at=NOW
        )
    ref = reference()
    defaults = {"made_by": "carol", "made_at": NOW, "until": NOW + timedelta(days=3), "submission": ref}
    link = SubmissionLink(
        ref=ref, victim=row, digest=codes.digest(code, purpose=CODES), channel="meeting", **defaults | fields
    )
    locks.make(vault.box(person=victim), link)
    link.save(force_insert=True)
    return link


def submitted(*, victim: str, content: bytes = b"Answer me", name: str = "Photo.txt") -> Submitted:
    """A file that a client sent by a link, not looked at yet."""
    code = codes.fresh()
    link = submission_link(victim=victim, code=code)
    sending.send(code=code, address="192.0.2.1", kind=Sent.FILE, name=name, content=content, at=NOW)
    return link.submitted.get()


def tag(*, victim: str, words: str = "Threat", incident: Incident | None = None) -> Tag:
    """A tag, on an incident."""
    ref, row = reference(), Victim.objects.get(ref=victim)
    locked = vault.box(person=victim).lock(field=TAG, row=ref, text=words)
    made = Tag.objects.create(ref=ref, victim=row, words=locked, made_by="carol", made_at=NOW)
    made.on.create(incident=incident or row.incidents.get(), by="carol", at=NOW)
    return made


def quarterly_return(*, quarter: date = date(2026, 7, 1), **fields: Any) -> QuarterlyReturn:
    """A return of which nothing was counted but noughts, and nothing leaves."""
    made = {"area": AREA, "quarter": quarter, "counted_at": NOW}
    return QuarterlyReturn.objects.create(
        **returned.counted(Zone.ADVOCACY, leaves="quarter plans 24", **made | fields)
    )


def return_question(*, of: QuarterlyReturn, **fields: Any) -> ReturnQuestion:
    """A question of the commissioner."""
    made = {"token": reference(), "question": "Why were fewer plans made?", "asked_at": NOW}
    return ReturnQuestion.objects.create(of=of, **made | fields)
