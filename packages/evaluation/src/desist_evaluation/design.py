"""The way in which people came to be compared, and so how much a figure about them can say of cause."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from desist_evaluation.checks import InvalidInputError, count
from desist_evaluation.wording import refuse_overclaim


class Grade(StrEnum):
    """How much a design can say about cause: A most, E nothing."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"


class Design(StrEnum):
    """The way in which the people in a figure came to be compared."""

    RANDOMISED = "randomised"
    ADJUSTED = "adjusted comparison"
    INTERRUPTED = "interrupted time series"
    UNADJUSTED = "unadjusted comparison"
    NONE = "no comparison"


GRADES = {
    Design.RANDOMISED: Grade.A,
    Design.ADJUSTED: Grade.B,
    Design.INTERRUPTED: Grade.C,
    Design.UNADJUSTED: Grade.D,
    Design.NONE: Grade.E,
}

CLAIMS = {
    Grade.A: "People were allocated at random, so a difference may be put down to the allocation, within the interval.",
    Grade.B: "The groups were made alike on what was recorded; what nobody recorded may still explain a difference.",
    Grade.C: "A series was compared with its own course; anything else that changed at the same time may explain a difference.",
    Grade.D: "The groups were not made alike: this cannot show that the programme caused a difference.",
    Grade.E: "There is no comparison group: this describes, and cannot show that the programme caused anything.",
}


class Analysis(StrEnum):
    """The people whose outcomes were counted."""

    ITT = "intention to treat"
    PER_PROTOCOL = "per protocol"


@dataclass(frozen=True, kw_only=True, slots=True)
class Estimand:
    """What a figure measures; the defaults say plainly that the caller did not state it."""

    population: str = "not stated"
    time_zero: str = "not stated"
    outcome: str = "not stated"
    censoring: str = "not stated"
    analysis: Analysis = Analysis.ITT

    def __post_init__(self) -> None:
        """Refuse overclaiming words."""
        for name in ("population", "time_zero", "outcome", "censoring"):
            refuse_overclaim(field=f"estimand.{name}", text=getattr(self, name))


@dataclass(frozen=True, kw_only=True, slots=True)
class About:
    """The caller's knowledge of the data: estimand, design, data cut, and how many are missing.

    `as_of` is the day the figure is made: a data cut after it is refused (the library has no clock).
    """

    estimand: Estimand = field(default_factory=Estimand)
    design: Design | None = None
    data_cut: date | None = None
    missing: int = 0
    as_of: date | None = None

    def __post_init__(self) -> None:
        """Refuse a negative number of missing people and a data cut in the future."""
        count(field="missing", value=self.missing)
        if self.data_cut and self.as_of and self.data_cut > self.as_of:
            raise InvalidInputError("data_cut", f"must not be after {self.as_of}, the day of the analysis")


#: The defaults where the caller says nothing.
NOTHING_SAID = About()


def grade_for(
    *, design: Design | None, usual: Design, fixed: bool, analysis: Analysis
) -> tuple[Design, Grade]:
    """Return the design and its grade. A function that compares nothing stays at E whatever the caller says.

    So does one whose method is its design (`fixed`): a series stays a series, a landmark is not a lottery.

    Leaving people out after the start undoes what randomising or adjusting gave: per protocol is D at best.
    """
    kind = usual if fixed or usual is Design.NONE or design is None else design
    best = GRADES[kind]
    return kind, max(best, Grade.D) if analysis is Analysis.PER_PROTOCOL else best
