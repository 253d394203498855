"""The questions of a study, settled before its data are looked at."""

from dataclasses import dataclass
from datetime import date, timedelta

from desist_evaluation import checks
from desist_evaluation.checks import InvalidInputError
from desist_evaluation.design import About, Analysis, Design, Estimand
from desist_evaluation.following import ZEROS

#: outcome definition -> the kinds of event that count; the first is the main one. The answer depends on the choice.
DEFINITIONS = {
    "New stalking": ("stalking",),
    "Breach of an order": ("breach",),
    "Stalking, harassment or domestic abuse": ("stalking", "harassment", "domestic_abuse"),
    "Any offence or breach": ("stalking", "breach", "harassment", "domestic_abuse", "offence"),
}
MAIN = next(iter(DEFINITIONS))
#: After these a person cannot offend outside; they compete with the outcome and are not censoring.
COMPETING = ("custody", "death")
KINDS = frozenset(kind for kinds in DEFINITIONS.values() for kind in kinds) | set(COMPETING)

#: The largest published share that offended again (Rosenfeld 2003: 49% of 148 within 2.5 to 13 years).
EXPECTED = 0.49


@dataclass(frozen=True, kw_only=True, slots=True)
class StudyPlan:
    """Time zero, horizon and landmark (days), the share expected to offend again, the data cut and the day of analysis.

    Without a `landmark` the annex proposes one (`study.proposal`). `adjust` names the columns for which the comparison
    of two arms is adjusted; None: every one that can be. `leave_out_later` says that days after the data cut are there
    on purpose and are not counted. `reference` names the arm that the others are compared with; `design` says how people came into their arms.
    """

    data_cut: date
    as_of: date
    time_zero: str = "start"
    horizon: int = 365
    landmark: int | None = None
    lag_days: int = 0
    expected: float = EXPECTED
    level: float = 0.95
    reference: str | None = None
    design: Design | None = None
    adjust: tuple[str, ...] | None = None
    victim_reports: bool = False
    leave_out_later: bool = False

    def __post_init__(self) -> None:
        """Refuse an impossible plan."""
        checks.choice(field="time_zero", value=self.time_zero, options=ZEROS)
        checks.count(field="horizon", value=self.horizon, least=2)
        checks.count(field="lag_days", value=self.lag_days)
        checks.inside(field="expected", value=self.expected, low=0, high=1)
        checks.level(self.level)
        if (
            self.landmark is not None
            and checks.count(field="landmark", value=self.landmark, least=1) >= self.horizon
        ):
            raise InvalidInputError("landmark", f"must be before the horizon, day {self.horizon}")
        if self.lag_days > 3660:
            raise InvalidInputError("lag_days", "must be at most 3,660")
        if self.data_cut > self.as_of:
            raise InvalidInputError("data_cut", f"must not be after {self.as_of}, the day of the analysis")

    @property
    def last_day(self) -> date:
        """The last day of follow-up: events of later days may not be recorded yet."""
        return self.data_cut - timedelta(days=self.lag_days)

    def about(self, *, outcome: str = MAIN, analysis: Analysis = Analysis.ITT) -> About:
        """What every figure of the study measures."""
        everyone = analysis is Analysis.ITT
        return About(
            estimand=Estimand(
                population="everyone with a day of " + self.time_zero if everyone else "people who completed",
                time_zero=self.time_zero,
                outcome=outcome,
                censoring=f"end of follow-up, {self.lag_days} days before the data cut; {' and '.join(COMPETING)} compete",
                analysis=analysis,
            ),
            design=self.design,
            data_cut=self.data_cut,
            as_of=self.as_of,
        )
