"""One invented person's case as both sides know it: what crossed, the decision, and the outcome. Pure."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from desist import codes
from desist.programme.intervals import Interval
from desist.programme.referrals.states import DeclineReason
from desist.referral import lists, police_numbers
from desist.ui.dates import LONDON
from tools.synthetic import course, facts, names, stories
from tools.synthetic.course import Course
from tools.synthetic.facts import Fact, Side
from tools.synthetic.numbering import Numbering
from tools.synthetic.stories import Desk, Story
from tools.synthetic.written import Written, read

ADULT_DAYS = (7_000, 22_000)  # aged about 19 to 60
ACCOUNTS = {"draft", "account"}  # the kinds of facts that stand in the account of the behaviour
COUNTED = {"in_sessions", "completed", "left"}


@dataclass(frozen=True)
class Answers:
    """The answers of a referral: the same fields on both sides."""

    given_names: str
    family_name: str
    born: date
    route: str
    legal_basis: str
    proceedings: str
    behaviours: list[str]
    relationship: str
    offence: str
    behaviour_account: str
    risks_to_staff: str
    needs: str
    referrer_name: str
    referrer_phone: str
    aliases: list[str]
    pnc: str
    cro: str
    contact_by: str
    own_phone: str
    own_email: str
    own_address: str
    own_postcode: str
    lives_in: str
    channels: list[str]
    methods: list[str]
    offence_kind: str
    included: list[str]
    orders: list[str]
    need_kinds: list[str]
    language: str
    risk_kinds: list[str]
    referrer_kind: str
    referrer_organisation: str
    referrer_email: str
    risk_tool: str
    risk_tool_version: str
    risk_result: str
    risk_rater: str
    risk_rated_on: date | None
    risk_to: list[str]
    risk_when: str
    risk_increases: str
    risk_reduces: str
    self_harm: str


@dataclass(frozen=True)
class Case:
    """All facts about one person; each side's rows are drawn from them."""

    story: Story
    answers: Answers
    thread: str
    police_ref: str
    programme_ref: str
    episode_ref: str
    started_at: datetime
    sent_at: datetime
    decided_at: datetime
    allocated_at: datetime
    decline_reason: str
    course: Course
    facts: tuple[Fact, ...]
    told: Written | None = None  # the story of a written person

    @property
    def decided(self) -> str:
        """Return the programme's decision, "" where there is none."""
        return self.story.earlier if self.story.state == "withdrawn" else _decision(self.story.state)

    @property
    def reason(self) -> str:
        """Return the reason for declining, in the words that cross."""
        return DeclineReason(self.decline_reason).label if self.decline_reason else ""

    @property
    def side_thread(self) -> str:
        """Return the exchange between the police and the advocacy service about the victim of this person."""
        return self.thread[::-1]

    @property
    def reports(self) -> bool:
        """Return whether the victim chose to report to the police: she did where the person's programme ended early."""
        return self.story.stage == "left"

    @property
    def pack(self) -> str:
        """Return the name of her report between the advocacy service and the police."""
        return f"pack-{self.side_thread}"

    def secret(self, kind: str) -> str:
        """Return the planted secret of a kind; "" where none was planted."""
        return _of_kind(self.facts, kind)


@dataclass(frozen=True)
class Block:
    """Some people and the practitioners that were invented for them."""

    cases: tuple[Case, ...]
    desks: tuple[Desk, ...] = ()


def demo(*, at: datetime, written: bool = True) -> Block:
    """Return the people of the demo, around the moment `at`; as before any was `written`, where old data are read."""
    listed = stories.DEMO if written else tuple(replace(story, written="") for story in stories.DEMO)
    people = list(_cases(Random("demo"), Numbering(seed="demo"), listed, at))  # noqa: S311 -- invented
    if written:
        today = at.astimezone(LONDON).date()
        people = [_plain(case, n) for n, case in enumerate(people)]
        people = [_written(case, today) if case.story.written else case for case in people]
    return Block(tuple(replace(case, facts=case.facts + facts.ways(n)) for n, case in enumerate(people)))


def _plain(case: Case, number: int) -> Case:
    """Return the case with planted facts that read as people speak, as the demo shows them."""
    said = case.answers
    own = f"{said.given_names}.{said.family_name}{21 + number}@post.example".lower()
    secrets = {**facts.plain(number), "own_email": own}
    planted = tuple(replace(fact, secret=secrets[fact.kind]) for fact in case.facts)
    was, now = (next(one.secret for one in held if one.kind in ACCOUNTS) for held in (case.facts, planted))
    account = said.behaviour_account.replace(was, now)
    answers = replace(said, behaviour_account=account, own_email=_of_kind(planted, "own_email"))
    return replace(case, answers=answers, facts=planted)


def _written(case: Case, today: date) -> Case:
    """Return the case in the words of its written story."""
    told = read(case.story.written)
    secrets = told.victim.planted() | {"own_email": told.email}
    planted = [replace(fact, secret=secrets.get(fact.kind, fact.secret)) for fact in case.facts]
    answers = told.answers(today=today, record=case.secret("account"), phone=case.answers.own_phone)
    return replace(
        case,
        told=told,
        answers=replace(case.answers, **answers),
        facts=tuple(fact for fact in planted if fact.secret),
    )


def drawn(*, seed: int, number: int, people: int, at: datetime) -> Block:
    """Return block `number` of a seed: a number of people by lot; seed, block and `at` decide them."""
    rng = Random(f"{seed}, block {number}")  # noqa: S311 -- invented people, nothing is guarded by it
    numbering = Numbering(seed=str(seed), block=number)
    told, desks = stories.drawn(rng=rng, numbering=numbering, people=people)
    return Block(_cases(rng, numbering, told, at), desks)


def _cases(rng: Random, numbering: Numbering, told: tuple[Story, ...], at: datetime) -> tuple[Case, ...]:
    taken: dict[str, list[Interval]] = {}
    return tuple(_case(rng, numbering, story, at, taken) for story in told)


def _case(
    rng: Random, numbering: Numbering, story: Story, at: datetime, taken: dict[str, list[Interval]]
) -> Case:
    today = at.astimezone(LONDON).date()
    days = story.weeks * 7 + 24 if story.stage in COUNTED else story.days
    sent = today - timedelta(days=days)
    planted = _planted(rng, numbering, story)
    allocated_at = _moment(rng, sent + timedelta(days=min(9, days - 1)), 12)
    return Case(
        story=story,
        answers=_answers(rng, story, planted, today, sent),
        thread=numbering.ref() + numbering.ref(),
        police_ref=numbering.ref(),
        programme_ref=numbering.ref(),
        episode_ref=numbering.ref(),
        started_at=_moment(rng, sent - timedelta(days=1), 9),
        sent_at=_moment(rng, sent, 10),
        decided_at=_moment(rng, sent + timedelta(days=min(4, days - 1)), 11),
        allocated_at=allocated_at,
        decline_reason=rng.choice(names.DECLINED) if story.state == "declined" else "",
        course=course.of(rng=rng, numbering=numbering, story=story, at=at, begun=allocated_at, taken=taken),
        facts=planted,
    )


def _planted(rng: Random, numbering: Numbering, story: Story) -> tuple[Fact, ...]:
    """Plant the facts that may never be out of their place."""
    found = list(facts.victim(rng=rng, numbering=numbering))
    if story.state == "draft":
        found.append(Fact(f"log entry {numbering.ref()}", "draft", Side.PARTNERSHIP))
    else:
        found.append(Fact(f"{numbering.ref()}@post.example", "own_email", Side.SHARED))
        found.append(Fact(f"crime record {numbering.ref()}", "account", Side.SHARED))
    if story.stage in COUNTED and story.weeks:
        found.append(Fact(f"worksheet {numbering.ref()}", "session_note", Side.PROGRAMME))
    if story.concern:
        found.append(Fact(f"file note {numbering.ref()}", "concern", Side.PROGRAMME))
    if story.concern == "acknowledged":
        found.append(Fact(f"call log {numbering.ref()}", "alert_note", Side.PARTNERSHIP))
    return tuple(found)


def _answers(rng: Random, story: Story, planted: tuple[Fact, ...], today: date, sent: date) -> Answers:
    record = _of_kind(planted, "draft" if story.state == "draft" else "account")
    return Answers(
        given_names=rng.choice(names.GIVEN),
        family_name=rng.choice(names.FAMILY),
        born=today - timedelta(days=rng.randint(*ADULT_DAYS)),
        route=rng.choice(codes.Route.values),
        legal_basis=rng.choice(codes.LegalBasis.values),
        proceedings=rng.choice(codes.Proceedings.values),
        behaviours=sorted(rng.sample(codes.Behaviour.values, rng.randint(1, 3))),
        relationship=rng.choice(codes.Relationship.values),
        offence=rng.choice(names.OFFENCES),
        behaviour_account=f"{rng.choice(names.ACCOUNTS)} See {record}.",
        risks_to_staff=rng.choice(names.RISKS),
        needs=rng.choice(names.NEEDS),
        referrer_name=stories.OFFICERS[story.officer][0],
        referrer_phone=f"01632 960{rng.randint(100, 199)}",
        **_more(rng, today),
        own_email=_of_kind(planted, "own_email"),
        **_judged(story, sent),
    )


def _more(rng: Random, today: date) -> dict[str, Any]:
    """Return the answers that a code or a number gives."""
    serial, year = rng.randint(1, 99_999), rng.randint(5, 24)
    digits = f"{year:02d}{serial:07d}"
    kind = rng.choice(names.ORDERS)
    ends = today + timedelta(days=rng.randint(30, 700))
    return {
        "aliases": [],
        "pnc": f"20{year:02d}/{serial:07d}{police_numbers.check_letter(digits)}"
        if rng.random() < 0.7
        else "",
        "cro": "",
        "contact_by": rng.choice(lists.ContactBy.values),
        "own_phone": f"07700 900{rng.randint(100, 199)}",
        "own_address": "",
        "own_postcode": "",
        "lives_in": "own",
        "channels": sorted(rng.sample(lists.Channel.values, rng.randint(1, 3))),
        "methods": [rng.choice(lists.Method.values)],
        "offence_kind": rng.choice(lists.Offence.values),
        "included": ["stalking"] if rng.random() < 0.3 else [],
        "orders": [kind if kind == "none" else f"{kind} {ends.isoformat()}"],
        "need_kinds": [rng.choice(names.NEED_KINDS)],
        "language": "",
        "risk_kinds": [rng.choice(names.RISK_KINDS)],
        "referrer_kind": "police",
        "referrer_organisation": "Public protection unit",
        "referrer_email": "",
    }


def _judged(story: Story, sent: date) -> dict[str, Any]:
    """Return the referrer's judgement of risk, without a number drawn: what is drawn after it stays as it was."""
    tool, result = names.POLICE_RISK[(story.days + story.weeks) % len(names.POLICE_RISK)]
    when, increases, reduces = names.RISK_SUMMARY[story.days % len(names.RISK_SUMMARY)]
    return {
        "risk_tool": tool,
        "risk_tool_version": "",
        "risk_result": result,
        "risk_rater": stories.OFFICERS[story.officer][0] if result else "",
        "risk_rated_on": sent - timedelta(days=3) if result else None,
        "risk_to": ["victim"],
        "risk_when": when,
        "risk_increases": increases,
        "risk_reduces": reduces,
        "self_harm": "",
    }


def _of_kind(planted: tuple[Fact, ...], kind: str) -> str:
    return next((fact.secret for fact in planted if fact.kind == kind), "")


def _decision(state: str) -> str:
    return state if state in {"accepted", "consultation", "declined"} else ""


def _moment(rng: Random, day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour, rng.randrange(60)), LONDON)
