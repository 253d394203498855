"""Files of two clients, brought in with the product's own commands.

The first has a chat that was kept, with tags, an exhibit that is being put together of some of it and one that was made
and goes to the police with their report, a picture, a voicemail with what is said in it, papers, and what she sent by a
link; an order protects her, which some messages may have breached. The other has a chat with questions. The pictures hold
where she lives in what the camera wrote into them: it is in the file as it came, and on no exhibit.
"""

import uuid
import wave
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from io import BytesIO
from math import pi, sin

from django.db.models import Exists, OuterRef
from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

from desist.advocacy.candidates import commands as candidates
from desist.advocacy.candidates.states import CONTACT
from desist.advocacy.contacts.states import Channel
from desist.advocacy.evidence import commands, keeping, reading
from desist.advocacy.evidence.models import Original
from desist.advocacy.evidence.states import Came
from desist.advocacy.evidence.texts import Answers
from desist.advocacy.exhibits import commands as exhibits
from desist.advocacy.exhibits import contents, making
from desist.advocacy.incidents import commands as incidents
from desist.advocacy.orders.models import ClientOrder
from desist.advocacy.orders.texts import CONDITIONS, Words
from desist.advocacy.packs.models import BreachPack
from desist.advocacy.papers import commands as papers
from desist.advocacy.papers.states import Format, Purpose
from desist.advocacy.papers.states import Kind as Paper
from desist.advocacy.safety import commands as safety
from desist.advocacy.safety.states import What, Whom
from desist.advocacy.sent_exhibits import commands as sent_exhibits
from desist.advocacy.submissions import commands as links
from desist.advocacy.submissions.sending import commands as sending
from desist.advocacy.submissions.states import Kind
from desist.advocacy.tags import commands as tags
from desist.advocacy.vault import boxes
from desist.advocacy.vault import commands as vault
from desist.advocacy.victims.models import Allocation, Victim
from desist.advocacy.victims.states import How
from desist.post import partners
from desist.post.transports import Transport
from desist.references import reference
from desist.ui.dates import LONDON
from desist.wall.actors import Actor, Role
from tools.synthetic.cases import Case

#: what a chat says in turn: the day before the moment of loading, the hour, whether the client writes, and the words
SAID = (
    (61, "18:04", True, "Please do not come here again."),
    (61, "18:05", False, "I only want five minutes."),
    (60, "23:51", False, "I know you are awake"),
    (60, "23:58", False, "Answer me"),
    (53, "07:12", False, "I walked past your work this morning. You were not there."),
    (47, "01:30", False, "Who was that in the car?"),
    (47, "01:34", False, "Who was that"),
    (47, "01:41", False, "I will find out"),
    (46, "09:02", True, "I have told the police, and I keep {report}. Stop writing to me."),
    (32, "22:15", False, "You made me look a fool in front of everybody"),
    (24, "22:40", False, "I miss you. I was at your house tonight, the light was on."),
    (15, "02:05", False, "This is a new number. Do not block it."),
    (12, "23:17", False, "You cannot hide from me"),
    (11, "00:03", False, "I am sorry. I did not mean it."),
    (3, "21:55", False, "Happy birthday. I left something at the door."),
)


def write(cases: Sequence[Case], *, at: datetime) -> str:
    """Bring them in for two clients with an advocate who were referred by the police, those with a report first.

    Return the code of the link that the first client has.
    """
    code = ""
    known: dict[str | None, Case] = {case.side_thread: case for case in cases}
    held = Allocation.objects.filter(ended_at=None, victim__thread__in=known, victim__state="open")
    reported = Exists(BreachPack.objects.filter(incident__victim=OuterRef("victim")))
    first = held.select_related("victim", "advocate").order_by(reported.desc(), "victim__pk")
    for number, one in enumerate(first[:2]):
        victim, advocate = one.victim, one.advocate
        actor = Actor(who=advocate.ref, role=Role.ADVOCATE, area=victim.area, correlation=uuid.uuid4())
        case = known[victim.thread]
        chat = _upload(actor, victim, "Chat.txt", _chat(case, at).encode(), at)
        if number == 0:
            screenshot = _upload(actor, victim, "Screenshot.png", _picture(case), at)
            voicemail = _upload(actor, victim, "Voicemail.wav", _sound(), at)
            reading.work(at=at)
            said = "0:00 The person who stalks them: Pick up. I know you can hear this."
            commands.write_down(actor=actor, ref=voicemail, words=said, version=0, at=at)
            row = Original.objects.get(ref=chat)
            names = keeping.found(vault.box(person=victim.ref), row).names
            answers = Answers(
                client=[names.index(_client(case))], person=[names.index(_person(case))], conversations=[0]
            )
            commands.choose(actor=actor, ref=chat, answers=answers, at=at)
            reading.work(at=at)
            _tags(actor, victim, chat, at)
            _exhibit(actor, advocate.name, victim, chat, at, rows=range(3))
            finished = _exhibit(actor, advocate.name, victim, chat, at, rows=range(3, 8))
            _make(actor, finished, screenshot, voicemail, at)
            _send(actor, victim, finished, at)
            _protected(victim, at)
            _papers(actor, victim, at)
            _files_of_an_incident(actor, victim, screenshot, at)
            code = _by_link(actor, victim, case, at)
    reading.work(at=at)
    return code


def _tags(actor: Actor, victim: Victim, chat: str, at: datetime) -> None:
    """Tag some records, and the newest incident."""
    newest = victim.incidents.order_by("-happened_on", "-pk").values_list("ref", flat=True)[:1]
    for words, numbers in (("Knows what only a watcher could know", (2, 4, 10)), ("Threat", (7, 12))):
        places = [(chat, number) for number in numbers]
        tags.put_on(actor=actor, ref=victim.ref, words=words, records=places, incidents=list(newest), at=at)


def _exhibit(actor: Actor, by: str, victim: Victim, chat: str, at: datetime, *, rows: range) -> str:
    return exhibits.begin(
        actor=actor,
        ref=victim.ref,
        initials="".join(word[0] for word in by.split()),
        caption="Messages of the last weeks",
        statement=f"I am {by}. I produce these messages from the file that the client sent.",
        submission=f"exhibit of {victim.ref} from {rows.start}",
        at=at,
        rows=[(chat, number) for number in rows],
    )


def _make(actor: Actor, exhibit: str, picture: str, recording: str, at: datetime) -> None:
    """Put a picture on an exhibit, and a recording with what is said in it, and have the exhibit made."""
    on, sound = [picture, recording], [recording]
    contents.put_files(actor=actor, ref=exhibit, refs=on, whole=sound, said=sound, version=1, at=at)
    exhibits.finish(actor=actor, ref=exhibit, version=2, at=at)
    making.work(at=at)


def _papers(actor: Actor, victim: Victim, at: datetime) -> None:
    """Papers for the client to keep: the log, and one of each other kind."""
    order = papers.Order(Purpose.OWN, Format.PDF, large=False, since=None, until=None, without=(), reason="")
    papers.make_log(actor=actor, ref=victim.ref, order=order, submission=f"log of {victim.ref}", at=at)
    for kind in (Paper.PLAN, Paper.RING, Paper.LEAFLET):
        papers.make_theirs(
            actor=actor, ref=victim.ref, kind=kind, large=False, submission=f"{kind} of {victim.ref}", at=at
        )


def _files_of_an_incident(actor: Actor, victim: Victim, file: str, at: datetime) -> None:
    newest = victim.incidents.order_by("-happened_on", "-pk").values_list("ref", flat=True)[:1]
    for ref in newest:
        incidents.put_files(actor=actor, incident=ref, refs=[file], at=at)


def _send(actor: Actor, victim: Victim, exhibit: str, at: datetime) -> None:
    """Send an exhibit with the report that the police have, as the client chose; not where they are reached by hand."""
    pack = BreachPack.objects.filter(incident__victim=victim).first()
    if pack is None or not _by_post(pack.police):
        return
    today = at.astimezone(LONDON).date()
    safety.choose(
        actor=actor,
        ref=victim.ref,
        what=What.INCIDENTS,
        whom=Whom.POLICE,
        allowed=True,
        until=None,
        words="",
        at=at,
    )
    sent_exhibits.send(
        actor=actor,
        exhibit=exhibit,
        report=pack.ref,
        agreed=sent_exhibits.Agreed(today, How.PHONE, "Send all of it."),
        submission=f"{exhibit} with {pack.ref}",
        at=at,
    )


def _by_post(police: str) -> bool:
    """Whether envelopes go to the police by the courier."""
    try:
        return partners.find(name=police).transport != Transport.BY_HAND
    except partners.NoSuchPartner:
        return False


def _protected(victim: Victim, at: datetime) -> None:
    """An order that the person's messages of the last days may have breached, as the police would have told of it."""
    own, made = reference(), at.astimezone(LONDON).date() - timedelta(days=21)
    told = Words(["Not to contact the protected person, directly or through anyone else"])
    ClientOrder.objects.create(
        ref=own,
        victim=victim,
        token=f"order-{reference()}",
        kind="full",
        standing="served",
        made_on=made,
        served_on=made + timedelta(days=1),
        ends_on=made + timedelta(days=730),
        words=boxes.lock(vault.box(person=victim.ref), CONDITIONS, own, told),
        subjects=[CONTACT],
        waiting=0,
        told_at=at,
    )
    candidates.look(at=at)


def _by_link(actor: Actor, victim: Victim, case: Case, at: datetime) -> str:
    today = at.astimezone(LONDON).date()
    links.agree(actor=actor, ref=victim.ref, channel=Channel.TEXT, agreed_on=today, at=at)
    code = links.make(actor=actor, ref=victim.ref, hours=72, submission=f"link of {victim.ref}", at=at)
    said = "The car stood there again last night. Here is a picture."
    for kind, name, content in (
        (Kind.WORDS, "Words.txt", said.encode()),
        (Kind.FILE, "Car.png", _picture(case)),
    ):
        sending.send(code=code, address="192.0.2.1", kind=kind, name=name, content=content, at=at)
    return code


def _upload(actor: Actor, victim: Victim, name: str, content: bytes, at: datetime) -> str:
    return commands.upload(
        actor=actor,
        ref=victim.ref,
        name=name,
        content=content,
        came=Came.SENT,
        submission=f"{name} of {victim.ref}",
        at=at,
    )


def _chat(case: Case, at: datetime) -> str:
    return "".join(f"{line}\n" for line in _lines(case, at))


def _lines(case: Case, at: datetime) -> Iterator[str]:
    report = case.secret("victim_report")
    for days, hour, hers, words in SAID:
        day = at.astimezone(LONDON).date() - timedelta(days=days)
        yield f"{day:%d/%m/%Y}, {hour} - {_client(case) if hers else _person(case)}: {words.format(report=report)}"


def _client(case: Case) -> str:
    return case.secret("victim_name")


def _person(case: Case) -> str:
    return f"{case.answers.given_names} {case.answers.family_name}"


def _picture(case: Case) -> bytes:
    """Return a picture as a telephone makes one of its screen, with the place where it was made."""
    picture, file, hidden = Image.new("RGB", (540, 960), "white"), BytesIO(), PngInfo()
    hidden.add_text("Location", case.secret("victim_address"))
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((40, 120, 420, 220), radius=20, fill="#d9e8f6")
    draw.text((60, 155), "Happy birthday. I left something at the door.", fill="black")
    picture.save(file, "PNG", pnginfo=hidden)
    return file.getvalue()


def _sound() -> bytes:
    """Return a second of a tone, as a recording."""
    file = BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(8000)
        sound.writeframes(bytes(int(128 + 60 * sin(2 * pi * 440 * step / 8000)) for step in range(8000)))
    return file.getvalue()
