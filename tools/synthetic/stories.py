"""The stage that each invented person has reached: a table for the demo, drawn by lot for thousands."""

from dataclasses import dataclass
from random import Random

from tools.synthetic.numbering import Numbering

MANAGER = {"North": "staffp01", "South": "staffp10"}
OFFICERS = {
    "staffq01": ("Rowan Thistlewood", "North"),
    "staffq02": ("Darcy Brackenridge", "North"),
    "staffq09": ("Gray Ellerscombe", "South"),
}
#: the people with whom one practitioner works at a time
CAPACITY = 8


@dataclass(frozen=True)
class Story:
    """`state` as the police see it, `stage` of the episode; `weeks` since the first session, `days` since sending."""

    officer: str
    state: str
    stage: str = ""
    practitioner: str = ""
    days: int = 0
    weeks: int = 0
    offset: int = 0  # days from today's weekday to the session's
    hour: int = 10
    room: str = ""  # the first word of its name; "": remote
    concern: str = ""  # "", "open" or "acknowledged"
    chains: bool = True
    earlier: str = ""  # the decision before it was withdrawn
    written: str = ""  # the file of `people` that tells the story; "": its words are drawn by lot

    @property
    def area(self) -> str:
        """Return the area of the officer."""
        return OFFICERS[self.officer][1]


@dataclass(frozen=True)
class Desk:
    """An invented practitioner beyond the staff of the demo, without an account to sign in with."""

    ref: str
    name: str
    area: str


ROWAN, DARCY, GRAY = OFFICERS
ASHBY, TAMSIN, JUNO = "staffp02", "staffp03", "staffp11"

DEMO: tuple[Story, ...] = (
    Story(ROWAN, "draft", days=2),
    Story(GRAY, "draft", days=1),
    Story(ROWAN, "sent", days=1, written="wilkin-jesperdale"),
    Story(DARCY, "sent", days=6),
    Story(DARCY, "sent", days=13),
    Story(GRAY, "sent", days=3),
    Story(DARCY, "consultation", days=20),
    Story(GRAY, "consultation", days=33),
    Story(ROWAN, "declined", days=25),
    Story(DARCY, "declined", days=41),
    Story(GRAY, "declined", days=29),
    Story(ROWAN, "withdrawn", days=18),
    Story(GRAY, "withdrawn", days=22, earlier="consultation"),
    Story(ROWAN, "accepted", "waiting", days=5),
    Story(DARCY, "accepted", "waiting", days=16, written="torvald-hawkswither"),
    Story(GRAY, "accepted", "waiting", days=12),
    Story(ROWAN, "accepted", "allocated", ASHBY, days=12, written="xander-mossingham"),
    Story(DARCY, "accepted", "allocated", TAMSIN, days=14),
    Story(GRAY, "accepted", "allocated", JUNO, days=13),
    Story(
        ROWAN, "accepted", "in_sessions", ASHBY, weeks=3, hour=10, room="Alder", written="quill-cinderhollow"
    ),
    Story(
        ROWAN,
        "accepted",
        "in_sessions",
        ASHBY,
        weeks=6,
        hour=14,
        room="Birch",
        concern="open",
        written="ulric-nettlefrith",
    ),
    Story(
        DARCY,
        "accepted",
        "in_sessions",
        ASHBY,
        weeks=9,
        offset=1,
        hour=11,
        concern="acknowledged",
        written="garrick-wispington",
    ),
    Story(
        DARCY,
        "accepted",
        "in_sessions",
        ASHBY,
        weeks=0,
        offset=2,
        hour=13,
        room="Alder",
        written="iolo-velmorrith",
    ),
    Story(
        ROWAN, "accepted", "in_sessions", TAMSIN, weeks=11, hour=10, room="Birch", written="dorrit-foxenholme"
    ),
    Story(
        DARCY,
        "accepted",
        "in_sessions",
        TAMSIN,
        weeks=5,
        offset=1,
        hour=15,
        room="Birch",
        written="jorah-saltergarth",
    ),
    Story(GRAY, "accepted", "in_sessions", JUNO, weeks=4, hour=10, room="Alder"),
    Story(GRAY, "accepted", "in_sessions", JUNO, weeks=7, offset=1, hour=14),
    Story(ROWAN, "accepted", "completed", TAMSIN, weeks=38, hour=9, room="Alder", written="rafe-ravensloe"),
    Story(GRAY, "accepted", "completed", JUNO, weeks=15, hour=16, room="Birch"),
    Story(DARCY, "accepted", "left", ASHBY, weeks=8, hour=16, room="Alder", written="fenwick-dapplemere"),
    Story(GRAY, "accepted", "left", JUNO, weeks=9, hour=13, room="Alder", written="zephyr-gorsebank"),
    Story(ROWAN, "accepted", "completed", TAMSIN, weeks=16, hour=12, room="Alder"),
)

#: (state, stage, share in a hundred) when thousands are made
SHARES = (
    ("draft", "", 1),
    ("sent", "", 2),
    ("consultation", "", 2),
    ("declined", "", 3),
    ("withdrawn", "", 1),
    ("accepted", "waiting", 3),
    ("accepted", "allocated", 5),
    ("accepted", "in_sessions", 38),
    ("accepted", "completed", 35),
    ("accepted", "left", 10),
)
SEATED = {"allocated", "in_sessions", "completed", "left"}
HOURS = (9, 11, 14, 16)


def drawn(*, rng: Random, numbering: Numbering, people: int) -> tuple[tuple[Story, ...], tuple[Desk, ...]]:
    """Return a number of stories by lot, and their practitioners: each works with at most CAPACITY people."""
    stories: list[Story] = []
    desks: list[Desk] = []
    seats: dict[str, tuple[Desk, int]] = {}
    for state, stage, _ in rng.choices(SHARES, weights=[share for *_, share in SHARES], k=people):
        officer = rng.choice((DARCY, GRAY))
        area = OFFICERS[officer][1]
        desk, seat = seats.get(area, (None, CAPACITY))
        if stage in SEATED and seat == CAPACITY:
            desk, seat = Desk(numbering.ref(), f"Practitioner {len(desks) + 1} of {area}", area), 0
            desks.append(desk)
        if stage in SEATED and desk:
            seats[area] = (desk, seat + 1)
        stories.append(_lot(rng, (officer, state, stage), desk.ref if desk and stage in SEATED else "", seat))
    return tuple(stories), tuple(desks)


def _lot(rng: Random, told: tuple[str, str, str], practitioner: str, seat: int) -> Story:
    officer, state, stage = told
    weeks = {"in_sessions": rng.randint(0, 11), "left": rng.randint(6, 90)}.get(stage, rng.randint(14, 100))
    return Story(
        officer=officer,
        state=state,
        stage=stage,
        practitioner=practitioner,
        days=rng.randint(10, 60),
        weeks=weeks,
        offset=seat % 5,
        hour=HOURS[seat % len(HOURS)],
        chains=rng.random() < 0.1,
    )
