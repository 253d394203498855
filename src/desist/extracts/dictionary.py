"""The data dictionary of an extract: its files, their columns, and the values of each. What is not here cannot cross."""

from dataclasses import dataclass

#: a change of columns or of what they mean is a new edition
EDITION = "2026-12"
#: how many people of an extract must share what others could know of them
SMALLEST_GROUP = 5

COMPLETED, BY_PERSON, BY_SERVICE, OTHER, LEFT = (
    "completed",
    "left by own decision",
    "left by decision of the service",
    "left for another reason",
    "left",
)
PROGRAMME, WAITING, NOT_TAKEN_ON = "programme", "waiting list", "not taken on"
STALKING, DEATH = "stalking", "death"
POLICE, COURT, SELF = "police", "court", "self"
CUSTODY, MOVED, NOT_FOLLOWED = "custody", "moved", "not followed"
#: the first age of each band -> its name, the oldest first
AGES = {55: "55 and over", 45: "45 to 54", 35: "35 to 44", 25: "25 to 34", 0: "under 25"}
DAY = "a day, as 2026-03-31"


@dataclass(frozen=True)
class Column:
    """One column: what it holds, and its values, or () where it holds days or a pseudonym."""

    name: str
    says: str
    values: tuple[str, ...] = ()
    needed: bool = False


@dataclass(frozen=True)
class File:
    """One file of an extract."""

    name: str
    says: str
    columns: tuple[Column, ...]

    @property
    def header(self) -> tuple[str, ...]:
        """The names of its columns in their order."""
        return tuple(one.name for one in self.columns)


PERSON = Column(
    "person", "Pseudonym, made anew for each extract unless the agreement lets them be joined", needed=True
)
EPISODES = File(
    "EPISODES",
    "One person a line, nobody twice: the first referral that was accepted counts",
    (
        PERSON,
        Column("referral", f"Day of the complete referral, moved: {DAY}", needed=True),
        Column("eligible", "Day of acceptance; of those not taken on, the day of that decision"),
        Column("start", "Day of session 1, where it was attended"),
        Column("end", "Day on which the place ended"),
        Column(
            "end_reason",
            "Why it ended, in coarse groups; “left” where a finer group would have been too small",
            (COMPLETED, BY_PERSON, BY_SERVICE, OTHER, LEFT),
        ),
        Column("area", "Police area of the service", needed=True),
        Column(
            "arm",
            "programme: a practitioner was allocated; waiting list: accepted, and nobody was allocated; "
            "not taken on: met the criteria, and there was no capacity",
            (PROGRAMME, WAITING, NOT_TAKEN_ON),
            needed=True,
        ),
        Column(
            "age_band",
            "Age on the day of referral; empty where the group would be too small",
            (*AGES.values(),),
        ),
    ),
)
EVENTS = File(
    "EVENTS",
    "What became known of further stalking, by source. What only a victim reported is not here",
    (
        PERSON,
        Column(
            "date",
            "Of a diary: the day of the act. Of a follow-up: the day on which it became known. Of a death: the day it was recorded",
            needed=True,
        ),
        Column(
            "kind",
            "stalking: further stalking or contact, or a breach of an order; death competes with it",
            (STALKING, DEATH),
            needed=True,
        ),
        Column(
            "source",
            "police, court: told to the service at a follow-up after the end; self: the person’s own diary or follow-up. "
            "Only people with a diary can report in it, so arms do not compare by it. Empty for a death",
            (POLICE, COURT, SELF),
        ),
    ),
)
GAPS = File(
    "GAPS",
    "Days on which nothing could happen, or could not become known",
    (
        PERSON,
        Column("start", f"First day: {DAY}", needed=True),
        Column("end", "Last day; empty: still"),
        Column(
            "why",
            "custody, moved: the place ended for that reason; not followed: from then on, because this person’s days were moved to the beginning of the year",
            (CUSTODY, MOVED, NOT_FOLLOWED),
            needed=True,
        ),
    ),
)
FILES = (EPISODES, EVENTS, GAPS)
#: what of a person others could know, and by which groups are counted
KNOWN = ("referral", "end_reason", "area", "arm", "age_band")


def age_band(years: int) -> str:
    """Return the band of an age."""
    return next(words for first, words in AGES.items() if years >= first)
