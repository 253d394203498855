"""What comes next with a client, the most urgent first. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from desist.advocacy.circumstances.queries import Due
from desist.advocacy.clients.queries import Row as ClientRow
from desist.advocacy.pages.updates.queries import Row as News
from desist.ui import dates

CONTACT, CONTACTING = "contacts:contact", "Contact them safely"
AGREED = "Contact as agreed"


@dataclass(frozen=True)
class Step:
    """One thing to do, and the page that does it: `route` of `ref`. `calls`: it begins with a call, text or e-mail."""

    words: str
    button: str
    route: str
    ref: str
    clock: str = ""
    late: bool = False
    calls: bool = False


@dataclass(frozen=True)
class Waiting:
    """What waits to be done for one client; a reference is "" where nothing of the kind waits."""

    alert: str
    attempt: str  # a contact without its outcome
    packs: tuple[tuple[str, str], ...]  # without a crime reference in time: the reference, and the force
    question: tuple[str, datetime] | None  # of the police: its reference, and when the answer is due
    breaches: int  # possible ones that nobody has looked at
    news: tuple[News, ...]
    review_on: date | None  # of the safety plan; None without a plan
    sent: tuple[int, date] | None  # what they sent and nobody looked at: how much, and the last day for it
    due: tuple[Due, ...]  # reviews of risks to staff, needs, self-harm and the screening


def steps(row: ClientRow, waiting: Waiting, *, may_allocate: bool, at: datetime) -> tuple[Step, ...]:
    """What comes next with a client whose case is open or waits for a first contact."""
    today = dates.day_of(at)
    contact = _held(row, waiting) if row.bar.flagged else _contact(row, waiting, today)
    return (
        *_at_once(row, waiting, at),
        *_allocation(row, may_allocate=may_allocate),
        *contact,
        *_breaches(row, waiting),
        *([] if row.clock else _plan(row, waiting, today)),
        *_reviews(waiting, today),
        *([] if row.bar.flagged else _later(row, today)),
    )


def _at_once(row: ClientRow, waiting: Waiting, at: datetime) -> Iterator[Step]:
    if waiting.alert:
        words = "The police or the programme raised an alert"
        yield Step(words, "Open the alert", "alerts:alert", waiting.alert, late=True)
    if waiting.attempt:
        yield Step("A contact has no outcome yet", "Record how it ended", "contacts:finish", waiting.attempt)
    for ref, force in waiting.packs:
        words = f"Ring {force}: no crime reference yet for what they reported"
        yield Step(words, "See whom to ring", "packs:pack", ref, late=True)
    if waiting.sent:
        count, day = waiting.sent
        words = "They sent something" if count == 1 else f"They sent {count} things"
        late = day < dates.day_of(at)
        yield Step(
            words, "Look at what they sent", "submissions:client", row.ref, f"by {dates.on(day)}", late
        )
    if waiting.question:
        ref, by = waiting.question
        words, clock = "The police ask whether words can be said", f"answer by {dates.near(by)}"
        yield Step(words, "Read the words and answer", "orders:clearance", ref, clock, late=by < at)


def _breaches(row: ClientRow, waiting: Waiting) -> Iterator[Step]:
    if waiting.breaches:
        words = f"May be a breach of the order: {waiting.breaches} to look at"
        yield Step(words, "See what happened", "candidates:candidates", row.ref)


def _allocation(row: ClientRow, *, may_allocate: bool) -> Iterator[Step]:
    if not row.advocate and may_allocate:
        yield Step("No advocate yet", "Allocate an advocate", "victims:allocate", row.ref, *_clock(row))


def _held(row: ClientRow, waiting: Waiting) -> Iterator[Step]:
    """The one step while contact is marked as not safe: no call, and no news."""
    count = len(waiting.news)
    clock = f"{count} {'piece' if count == 1 else 'pieces'} of news to tell later" if count else ""
    yield Step("Contact must wait: it is not safe now", "See safe contact", CONTACT, row.ref, clock)


def _contact(row: ClientRow, waiting: Waiting, today: date) -> Iterator[Step]:
    """Contact that is due: a safe time comes before the first call. A paused clock asks for none."""
    if not row.bar.timed:
        button = "Use these as safe times" if row.bar.heard else "Add a safe time"
        yield Step("No safe time is recorded", button, "contacts:add-time", row.ref)
    if row.clock and not row.paused:
        yield Step("First contact", CONTACTING, CONTACT, row.ref, *_clock(row), calls=True)
    news = [one for one in waiting.news if one.clock and not one.clock.standing]
    if news and news[0].clock:
        words = f"Tell them: {news[0].words}" + (f", and {len(news) - 1} more" if len(news) > 1 else "")
        clock = news[0].clock
        yield Step(words, "Tell them the news", "updates:updates", row.ref, clock.words, late=clock.late)
    if row.next_on and row.next_on <= today and not row.clock:
        day, late = dates.weekday(row.next_on), row.next_on < today
        yield Step(AGREED, CONTACTING, CONTACT, row.ref, day, late=late, calls=True)


def _plan(row: ClientRow, waiting: Waiting, today: date) -> Iterator[Step]:
    if waiting.review_on is None:
        yield Step("No safety plan yet", "Write the safety plan", "safety:plan", row.ref)
    elif waiting.review_on <= today:
        words, due = "The safety plan is to be reviewed", f"by {dates.on(waiting.review_on)}"
        late = waiting.review_on < today
        yield Step(words, "Review the safety plan", "safety:plan", row.ref, due, late=late)


def _reviews(waiting: Waiting, today: date) -> Iterator[Step]:
    for one in waiting.due:
        by, late = f"by {dates.on(one.review_on)}", one.review_on < today
        yield Step(
            f"To be reviewed: {one.words}", "Review it", one.route, one.ref or one.victim, by, late=late
        )


def _later(row: ClientRow, today: date) -> Iterator[Step]:
    if row.next_on and row.next_on > today and not row.clock:
        yield Step(AGREED, CONTACTING, CONTACT, row.ref, dates.weekday(row.next_on))


def _clock(row: ClientRow) -> tuple[str, bool]:
    return (row.clock.words, row.clock.urgency == "late") if row.clock else ("", False)
