"""Made-up people and their messages, for every test of what is made of records."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from desist_chronicle.corpus import Corpus
from desist_chronicle.course import Course, chart
from desist_chronicle.outputs.cover import Case, Exhibit
from desist_chronicle.people import People
from desist_chronicle.records import Direction, Flag, Kind, Precision, Record
from desist_chronicle.scope import Scope


def record(
    text: str = "Where are you",
    *,
    at: str | None = "2024-03-01 08:00",
    sender: str = "Sam Sample",
    source: str = "a.txt",
    kind: Kind = Kind.MESSAGE,
    recipients: tuple[str, ...] = (),
    direction: Direction = Direction.UNKNOWN,
    precision: Precision = Precision.MINUTE,
    flags: tuple[Flag, ...] = (),
    seq: int = 0,
    line: int = 1,
    ahead: int = 0,
) -> Record:
    """A record with meaningful defaults; `ahead` is how many minutes its wall clock is ahead of UTC."""
    local = datetime.fromisoformat(at) if at else None
    return Record(
        source=source,
        seq=seq,
        byte_start=seq * 10,
        byte_end=seq * 10 + 10,
        line=line,
        kind=kind,
        sent_local=local,
        sent_utc=(local - timedelta(minutes=ahead)).replace(tzinfo=UTC) if local else None,
        precision=precision,
        sender=sender,
        recipients=recipients,
        direction=direction,
        text=text,
        flags=flags,
        sent_found=at or "",
    )


def corpus(records: Sequence[Record]) -> Corpus:
    """A corpus of these records, numbered within their sources."""
    held = Corpus()
    seen: dict[str, int] = {}
    for one in records:
        seq = seen.get(one.source, 0)
        held.add(one._replace(seq=seq, line=seq + 1, byte_start=seq * 10, byte_end=seq * 10 + 10))
        seen[one.source] = seq + 1
    return held


PEOPLE = People(subject=("Sam Sample",), owner=("Robin Example",))


def charted(records: Sequence[Record], *, scope: Scope | None = None, people: People = PEOPLE) -> Course:
    """A course of conduct of these records."""
    return chart(corpus=corpus(records), people=people, scope=scope or Scope())


EXHIBITS = tuple(
    Exhibit(f"EX/{number}", name, "ab" * 32, 1234, 2, "cd" * 32, ("Nothing was left unread.",))
    for number, name in enumerate(("a.txt", "b.txt"), start=1)
)
#: what a person says about a report on a.txt and b.txt
CASE = Case(
    prepared_by="Dana Advocate",
    prepared_at=datetime(2024, 9, 1, 12, tzinfo=UTC),
    zone="Europe/London",
    exhibits=EXHIBITS,
    program="Desist 0.1",
    options={"zone": "Europe/London"},
)


def noon() -> datetime:
    """A clock that stands still."""
    return datetime(2024, 9, 1, 12, tzinfo=UTC)
