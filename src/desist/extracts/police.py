"""What the police tell of people of an extract: files, columns, codes, and the check of rows on both sides. Pure.

What others could know of a person is added to what the programme's extract holds: whether the police referred them, had
an order of theirs in force, or charged them. Each of these has five people or more, or is not told at all. All that is
recorded follows a breach, and a breach is of an order: a line of RECORDED tells that there is one.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from desist.extracts import words
from desist.extracts.dictionary import DAY, EPISODES, KNOWN, PERSON, SMALLEST_GROUP, Column, File
from desist.extracts.rows import Unreadable, cells_of, in_order, wrong

#: a change of columns or of what they mean is a new edition
EDITION = "police-2026-12"
STALKING, BREACH, CHARGED, CONVICTED = "stalking", "breach", "charged", "convicted"
ACTED, INQUIRY, NO_ACTION = "acted on", "under inquiry", "no further action"
FULL, INTERIM = "full", "interim"

PEOPLE = File(
    "PEOPLE",
    "People whose records the police looked up and found. Of a person who is not here nothing is known, which is not the same as nothing recorded",
    (PERSON,),
)
RECORDED = File(
    "RECORDED",
    "What the police recorded after the referral, and what a court decided of it. EVENTS holds what the service was told",
    (
        PERSON,
        Column(
            "date", "Of stalking and a breach: the day of the act. Else the day of that decision", needed=True
        ),
        Column(
            "kind",
            "breach: of an order; stalking: a breach that was recorded as a stalking offence too; charged: after a breach; "
            "convicted: of a breach, proven by a court",
            (STALKING, BREACH, CHARGED, CONVICTED),
            needed=True,
        ),
        Column(
            "decision",
            "Of a breach alone: what the police decided. One without a decision, or where there was none, is not here",
            (ACTED, INQUIRY, NO_ACTION),
        ),
    ),
)
ORDERS = File(
    "ORDERS",
    "Days on which a Stalking Protection Order was in force after the referral",
    (
        PERSON,
        Column("start", f"Day of service, or of the referral where that is later: {DAY}", needed=True),
        Column("end", "Last day; empty: still"),
        Column("kind", "Full or interim order", (FULL, INTERIM), needed=True),
    ),
)
FILES = (PEOPLE, RECORDED, ORDERS)
#: code -> why something is not in it, in words
LEFT_OUT = {
    "not_found": "People whom the police did not find, or may not tell of, with those who are alike",
    "no_convicted": "Convictions are left out: too few people have one, or have none",
    "no_charged": "Charges are left out: too few people have one, or have none",
    "no_orders": "Orders are left out, and with them all that was recorded, which is of an order: too few people have one, or have none",
}


@dataclass(frozen=True)
class Recorded:
    """The lines of each file, without their headers."""

    people: tuple[str, ...]
    recorded: tuple[str, ...]
    orders: tuple[str, ...]

    @property
    def of(self) -> Mapping[str, tuple[str, ...]]:
        """Name of the file -> its lines."""
        lines = (self.people, self.recorded, self.orders)
        return dict(zip((one.name for one in FILES), lines, strict=True))

    @property
    def files(self) -> Mapping[str, str]:
        """Name of the file -> its text with its header."""
        return {one.name: "\n".join([",".join(one.header), *self.of[one.name]]) + "\n" for one in FILES}


def check(told: Recorded) -> None:
    """Raise Unreadable unless every cell is one of the dictionary, each person stands once, and nobody stands out."""
    people = set[str]()
    for file in FILES:
        for number, line in enumerate(told.of[file.name], start=2):
            cells = cells_of(file, number, line)
            if (file is PEOPLE) == (cells["person"] in people):
                raise wrong(file, number)
            people |= {cells["person"]} if file is PEOPLE else set()
            if file is RECORDED and (cells["kind"] == BREACH) != bool(cells["decision"]):
                raise wrong(file, number)
            if file is ORDERS:
                in_order(file, number, [cells["start"], cells["end"]])
    if smallest(told) < SMALLEST_GROUP:
        raise Unreadable(
            f"Fewer than {SMALLEST_GROUP} people are alike in what others could know: ask the sender."
        )


def check_beside(told: Recorded, episodes: Sequence[str]) -> None:
    """Raise Unreadable unless all are people of an extract, told of from their referral on, and nobody stands out there."""
    groups = {line.split(",")[0]: group(line) for line in episodes}
    if not set(told.people) <= set(groups):
        raise Unreadable("The police tell of people who are not in the extract: ask the sender.")
    place = EPISODES.header.index("referral")
    check_first(told, {line.split(",")[0]: date.fromisoformat(line.split(",")[place]) for line in episodes})
    if not_alike(groups, told.people):
        raise Unreadable(f"Fewer than {SMALLEST_GROUP} people of a group were looked up: ask the sender.")


def joined(told: Iterable[Recorded]) -> Recorded:
    """Return what several forces told as one: each person once."""
    them = tuple(told)
    return Recorded(
        tuple(dict.fromkeys(person for one in them for person in one.people)),
        tuple(line for one in them for line in one.recorded),
        tuple(line for one in them for line in one.orders),
    )


def check_joined(told: Recorded, others: Sequence[Recorded], episodes: Sequence[str]) -> None:
    """Raise Unreadable where a person stands out in rows beside those of other forces, or of any of them: each can recall its own."""
    groups = {line.split(",")[0]: group(line) for line in episodes}
    for number in range(1, len(others) + 1):
        for some in combinations(others, number):
            whole = joined((*some, told))
            if smallest(whole) < SMALLEST_GROUP or not_alike(groups, whole.people):
                raise Unreadable(
                    f"Beside what another force told, fewer than {SMALLEST_GROUP} people are alike in what others could know. "
                    "Ask one of the two to recall what it told, then try again."
                )


def check_first(told: Recorded, first: Mapping[str, date]) -> None:
    """Raise Unreadable where a line lies before the first day of its person, of those who have one."""
    for line in (*told.recorded, *told.orders):
        person, day, *_ = line.split(",")
        if date.fromisoformat(day) < first.get(person, date.min):
            raise Unreadable("A line tells of a day before the referral: ask the sender.")


def group(episode: str) -> tuple[str, ...]:
    """Return what others could know of the person of a line of EPISODES."""
    cells = episode.split(",")
    return tuple(cells[EPISODES.header.index(name)] for name in KNOWN)


def not_alike(groups: Mapping[str, object], looked_up: Collection[str]) -> set[object]:
    """Return the groups (person -> group) in which fewer than five people are looked up, or are not, and not none."""
    inside = Counter(groups[one] for one in looked_up)
    outside = Counter(groups.values())
    outside.subtract(inside)
    return {one for one in outside for found in (inside, outside) if 0 < found[one] < SMALLEST_GROUP}


def smallest(told: Recorded) -> int:
    """Return how many people the smallest group has that others could not tell apart by orders and courts; 0 without people."""
    ordered = {line.split(",")[0] for line in (*told.orders, *told.recorded)}
    court: dict[str, str] = {}
    for line in told.recorded:
        person, _, kind, _ = line.split(",")
        if kind in {CHARGED, CONVICTED}:
            court[person] = CONVICTED if CONVICTED in {kind, court.get(person)} else CHARGED
    return min(Counter((one in ordered, court.get(one, "")) for one in told.people).values(), default=0)


def coarse(told: Recorded) -> tuple[Recorded, tuple[str, ...]]:
    """Return rows in which nobody stands out, and the codes of what had to be left out for it."""
    ways = ((), ("no_convicted",), ("no_convicted", "no_charged"), ("no_orders",))
    tried = ((_without(told, codes), codes) for codes in ways)
    return next((one for one in tried if smallest(one[0]) >= SMALLEST_GROUP), (Recorded((), (), ()), ()))


def _without(told: Recorded, codes: Collection[str]) -> Recorded:
    if "no_orders" in codes:
        return Recorded(told.people, (), ())
    gone = {CHARGED: "no_charged", CONVICTED: "no_convicted"}
    kept = tuple(line for line in told.recorded if gone.get(line.split(",")[2]) not in codes)
    return Recorded(told.people, kept, told.orders)


def read_left_out(texts: Sequence[str]) -> dict[str, int]:
    """Return code -> number of texts such as "not_found 3", 0 for a kind that is left out. Raises Unreadable."""
    return words.read(texts, LEFT_OUT)


def left_out(found: Mapping[str, int]) -> tuple[tuple[str, str], ...]:
    """Return the words of each code with how many, in the order of the list; “all” where a kind is left out."""
    how_many = {code: str(number) if number else "all" for code, number in found.items()}
    return tuple((said, how_many[code]) for code, said in LEFT_OUT.items() if code in found)
