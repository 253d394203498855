"""What the advocacy service of the synthetic area holds: a client for every person referred, locked as in real use."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from desist.advocacy.circumstances.models import Circumstance, SelfHarm
from desist.advocacy.circumstances.words import CIRCUMSTANCE, SELF_HARM
from desist.advocacy.circumstances.words import Words as Noted
from desist.advocacy.contacts.models import Arrangement, SafeTime
from desist.advocacy.contacts.states import Channel
from desist.advocacy.contacts.words import FIELD as WORDS
from desist.advocacy.contacts.words import Words
from desist.advocacy.incidents.models import Incident
from desist.advocacy.incidents.texts import FIELD as INCIDENT
from desist.advocacy.incidents.texts import Account
from desist.advocacy.packs.models import BreachPack
from desist.advocacy.pairs.models import PairAsked
from desist.advocacy.safety.models import Child, Choice, Note, PlanVersion
from desist.advocacy.safety.states import Layer
from desist.advocacy.safety.texts import CHILD, NOTE, PLAN, Plan
from desist.advocacy.safety.texts import Child as Wishes
from desist.advocacy.screenings.models import Screening
from desist.advocacy.screenings.words import SCREENING
from desist.advocacy.screenings.words import Words as Screened
from desist.advocacy.team.models import Advocate
from desist.advocacy.updates.models import Update
from desist.advocacy.vault import boxes
from desist.advocacy.vault.cipher import Box
from desist.advocacy.vault.models import Locator, PersonKey
from desist.advocacy.vault.states import Kind
from desist.advocacy.victims.identity import FIELD, Identity
from desist.advocacy.victims.models import Allocation, Consent, Victim
from desist.advocacy.victims.states import State
from desist.circumstances.texts import SelfHarm as Known
from desist.references import reference
from desist.wall.actors import Role
from tools.synthetic import advocacy_news as news
from tools.synthetic import writing
from tools.synthetic.advocacy_news import FIRST_CALL, POLICE
from tools.synthetic.cases import Block, Case
from tools.synthetic.shared_facts import WAITING, asking, crime_reference, incident
from tools.synthetic.staff import STAFF

#: one client in this many has news that she waits to hear
FRESH = 5
#: what advocates note of clients in turn: kind, what colleagues must know, who said it, and the days to its review
AROUND = (
    ("animals", "A dog that barks and does not bite: ring before you knock at their home.", "The client", 60),
    ("household", "A cousin who stays at weekends talks to anyone: visit in the week.", "The client", -2),
    ("large_print", "Letters in 16 point; she reads them on the bus.", "The client", 90),
    ("caring", "Collects from nursery at three: nothing between half past two and four.", "The client", 90),
)
#: clients who came within this time wait for a first contact; all earlier ones were reached
LATELY = timedelta(days=4)


@dataclass
class _Rows:
    """Rows that are made and not yet written, in the order in which they refer to each other."""

    victims: list[Victim] = field(default_factory=list)
    keys: list[PersonKey] = field(default_factory=list)
    locators: list[Locator] = field(default_factory=list)
    allocations: list[Allocation] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)
    arrangements: list[Arrangement] = field(default_factory=list)
    times: list[SafeTime] = field(default_factory=list)
    incidents: list[Incident] = field(default_factory=list)
    screenings: list[Screening] = field(default_factory=list)
    plans: list[PlanVersion] = field(default_factory=list)
    around: list[Circumstance] = field(default_factory=list)
    self_harm: list[SelfHarm] = field(default_factory=list)
    children: list[Child] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    updates: list[Update] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    packs: list[BreachPack] = field(default_factory=list)
    asked: list[PairAsked] = field(default_factory=list)


def team() -> None:
    """The advocates of the demo."""
    for person in STAFF:
        if person.role is Role.ADVOCATE:
            Advocate.objects.create(
                ref=person.ref, name=person.name, area=person.area, trained_on=date(2025, 6, 2)
            )


def write(block: Block) -> None:
    """Write a client for every case that the police have sent on."""
    writing.at_once()
    rows, advocates = _Rows(), {row.area: row for row in Advocate.objects.order_by("-ref")}
    cases = [case for case in block.cases if case.story.state != "draft"]
    newest = max((case.sent_at for case in cases), default=None)
    for number, (case, key) in enumerate(zip(cases, writing.keys(Victim, len(cases)), strict=True)):
        lately = newest is not None and newest - case.sent_at < LATELY
        _client(rows, case, (number, key, lately), advocates.get(case.story.area), newest or case.sent_at)
    beside = asking(cases, lambda case: case.story.area) if cases else None
    if beside and (advocate := advocates.get(beside.story.area)):
        _by_herself(rows, beside, next(writing.keys(Victim, 1)), advocate)
    writing.number(rows.incidents)
    for one in rows.packs:
        one.incident_id = one.incident.pk  # now that its key is drawn
    for made in vars(rows).values():
        if made and made[0].pk is None:
            writing.number(made)
        writing.copy(made)


def _client(
    rows: _Rows, case: Case, place: tuple[int, int, bool], advocate: Advocate | None, now: datetime
) -> None:
    """Make one client; `place` is the number of the case, the key of its row, and whether it came only lately."""
    (number, key, lately), ref = place, reference()
    person, box = boxes.fresh(person=ref, at=case.sent_at)
    supported = advocate is not None and not lately
    victim = Victim(
        pk=key,
        ref=ref,
        area=case.story.area,
        state=State.OPEN if supported else State.WAITING,
        identity=boxes.lock(box, FIELD, ref, _identity(case)),
        way_in="police",
        partner=POLICE,
        thread=case.side_thread,
        relationship=case.answers.relationship,
        behaviours=case.answers.behaviours,
        crime_reference=crime_reference(number),
        received_at=case.sent_at,
        recorded_by="post",
        first_contact_at=case.sent_at + FIRST_CALL if supported else None,
    )
    rows.victims.append(victim)
    rows.keys.append(person)
    _locators(rows, victim, box, case)
    _consents(rows, victim)
    if advocate and (supported or number % 2):
        rows.allocations.append(
            Allocation(victim=victim, advocate=advocate, made_by="staffa02", made_at=case.sent_at)
        )
        _contact(rows, victim, box, advocate, (case, number))
    if supported and advocate:
        _work(rows, victim, box, advocate, case)
        if case.told:
            _around(rows, victim, box, advocate, (number, now))
        if case.reports:
            rows.packs.append(news.pack(rows.incidents[-1], case, advocate, now))
    rows.updates.extend(news.updates(case, victim))
    if supported and number % FRESH == 1:
        rows.updates.append(news.update(victim, "order_varied", now))


def _by_herself(rows: _Rows, case: Case, key: int, advocate: Advocate) -> None:
    """Make a client who came by herself, and chose to ask the police for news of orders and the programme."""
    ref, at = reference(), case.sent_at + timedelta(hours=5)
    person, box = boxes.fresh(person=ref, at=at)
    identity = Identity(given_names="Juniper", family_name="Ashgrove", safety="Call in the morning.")
    victim = Victim(
        pk=key,
        ref=ref,
        area=case.story.area,
        identity=boxes.lock(box, FIELD, ref, identity),
        way_in="self",
        partner=POLICE,
        thread=f"{case.side_thread}-asked",
        crime_reference=WAITING,
        received_at=at,
        recorded_by=advocate.ref,
    )
    rows.victims.append(victim)
    rows.keys.append(person)
    _consents(rows, victim)
    rows.allocations.append(Allocation(victim=victim, advocate=advocate, made_by="staffa02", made_at=at))
    _contact(rows, victim, box, advocate, (case, 1))
    rows.choices.append(news.choice(victim, box, advocate))
    rows.asked.append(news.asked(victim, advocate))


def _consents(rows: _Rows, victim: Victim) -> None:
    for purpose in ("support", "contact", "updates"):
        rows.consents.append(
            Consent(
                victim=victim,
                purpose=purpose,
                given_on=victim.received_at.date(),
                how="police",
                recorded_by="post",
                recorded_at=victim.received_at,
            )
        )


def _identity(case: Case) -> Identity:
    given, _, family = case.secret("victim_name").partition(" ")
    return Identity(
        given_names=given,
        family_name=family,
        safety=case.told.victim.safety if case.told else "Text first. Not when the children are home.",
        account=case.told.victim.account
        if case.told
        else "The same car outside, three evenings in one week.",
        sent_by=f"{case.answers.referrer_name}, {case.answers.referrer_phone}",
    )


def _locators(rows: _Rows, victim: Victim, box: Box, case: Case) -> None:
    for kind, value in (
        (Kind.PHONE, case.secret("victim_phone")),
        (Kind.EMAIL, case.secret("victim_email")),
        (Kind.HOME, f"{case.secret('victim_address')}\nNorthmere\n{case.secret('victim_postcode')}"),
        (Kind.WORK, case.secret("victim_workplace")),
    ):
        rows.locators.append(
            boxes.locator(box=box, victim=victim, kind=kind, value=value, by="post", at=victim.received_at)
        )


def _contact(rows: _Rows, victim: Victim, box: Box, advocate: Advocate, of: tuple[Case, int]) -> None:
    case, number = of
    words = Words(
        say="Sam from the library",
        if_other="Sorry, wrong number",
        code_word=case.secret("victim_code_word"),
    )
    rows.arrangements.append(
        Arrangement(
            victim=victim,
            version=1,
            words=boxes.lock(box, WORDS, victim.ref, words),
            next_on=victim.received_at.date() + timedelta(days=7 * (number % 16)) if number % 2 else None,
            changed_by=advocate.ref,
            changed_at=victim.received_at,
        )
    )
    spans = {Channel.TEXT: (time(0), time(23, 59)), Channel.CALL: (time(9, 30), time(15))}
    for channel, (start, end) in list(spans.items())[: 1 + number % 2]:
        rows.times.append(
            SafeTime(
                victim=victim,
                channel=channel,
                days=list(range(7)),
                start=start,
                end=end,
                added_by=advocate.ref,
                added_at=victim.received_at,
            )
        )


def _work(rows: _Rows, victim: Victim, box: Box, advocate: Advocate, case: Case) -> None:
    ref, at, told = reference(), victim.received_at + FIRST_CALL, incident(case)
    account = Account(
        what=f"{told.said} See {case.secret('victim_report')}.",
        effect=told.effect,
        kept="Photographs on their telephone, copied to a stick.",
    )
    rows.incidents.append(
        Incident(
            ref=ref,
            victim=victim,
            happened_on=victim.received_at.date() - timedelta(days=2),
            happened_time=time(18, 20),
            place=told.place,
            behaviours=told.behaviours,
            channel=told.channel,
            through=told.through,
            words=boxes.lock(box, INCIDENT, ref, account),
            evidence=["pictures"],
            told=["police"],
            crime_reference=victim.crime_reference,
            recorded_by=advocate.ref,
            recorded_at=at,
            submission=ref,
        )
    )
    if len(rows.incidents) % news.NOT_COUNTED:
        rows.consents.append(news.counted(victim, advocate))
    if len(rows.incidents) % 4:  # the others wait to be screened
        _screen(rows, victim, box, advocate)
    _plan(rows, victim, box, advocate, case)
    _note(rows, victim, box, advocate, case)


def _screen(rows: _Rows, victim: Victim, box: Box, advocate: Advocate) -> None:
    ref, at = reference(), victim.received_at + FIRST_CALL
    said = Screened("2015", "Moderate concern", advocate.name, "The visits became more.")
    rows.screenings.append(
        Screening(
            ref=ref,
            victim=victim,
            source="here",
            tool="sash",
            words=boxes.lock(box, SCREENING, ref, said),
            rater_trained=True,
            rated_on=at.date(),
            review_on=at.date() + timedelta(days=90),
            submission=ref,
            recorded_by=advocate.ref,
            recorded_at=at,
        )
    )


def _plan(rows: _Rows, victim: Victim, box: Box, advocate: Advocate, case: Case) -> None:
    at = victim.received_at + FIRST_CALL
    plan = Plan(
        now=f"Call 999. Go to {case.secret('victim_plan')}.",
        home="Two locks; the light stays on.",
        work="The gate is shut.",
    )
    rows.plans.append(
        PlanVersion(
            victim=victim,
            number=1,
            words=boxes.lock(box, PLAN, f"{victim.ref}:1", plan),
            review_on=at.date() + timedelta(days=60),
            saved_by=advocate.ref,
            saved_at=at,
        )
    )


def _around(rows: _Rows, victim: Victim, box: Box, advocate: Advocate, of: tuple[int, datetime]) -> None:
    """Make what advocates note around the client of a written person: a risk or a need, then what is known at home."""
    (number, now), at = of, victim.received_at + FIRST_CALL
    kind, words, said_by, days = AROUND[number % len(AROUND)]
    ref = reference()
    rows.around.append(
        Circumstance(
            ref=ref,
            victim=victim,
            kind=kind,
            words=boxes.lock(box, CIRCUMSTANCE, ref, Noted(words, said_by)),
            since=at.date(),
            review_on=now.date() + timedelta(days=days),
            submission=ref,
            noted_by=advocate.ref,
            noted_at=at,
        )
    )
    _at_home(rows, victim, box, advocate, now)


def _at_home(rows: _Rows, victim: Victim, box: Box, advocate: Advocate, now: datetime) -> None:
    """Make what is known of self-harm, and a child."""
    at, child = victim.received_at + FIRST_CALL, reference()
    known = Known(
        history="None that they speak of.",
        thoughts="Some nights.",
        ring="Their sister, then the crisis line.",
    )
    rows.self_harm.append(
        SelfHarm(
            victim=victim,
            number=1,
            words=boxes.lock(box, SELF_HARM, f"{victim.ref}:1", known),
            review_on=now.date() + timedelta(days=30),
            saved_by=advocate.ref,
            saved_at=at,
        )
    )
    rows.children.append(
        Child(
            ref=child,
            victim=victim,
            words=boxes.lock(box, CHILD, child, Wishes("the little one", "Not to be asked about it.")),
            born_in=2019,
            contact=False,
            care="they",
            contact_order="none",
            added_by=advocate.ref,
            added_at=at,
            submission=child,
        )
    )


def _note(rows: _Rows, victim: Victim, box: Box, advocate: Advocate, case: Case) -> None:
    ref, at = reference(), victim.received_at + FIRST_CALL
    rows.notes.append(
        Note(
            ref=ref,
            victim=victim,
            layer=Layer.PRIVATE,
            words=box.lock(field=NOTE, row=ref, text=f"{case.secret('victim_note')}."),
            written_by=advocate.ref,
            written_at=at,
            submission=ref,
        )
    )
