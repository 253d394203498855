"""The return of the police, as the pages that two zones share take it."""

from desist.partnership.quarterly import reading
from desist.partnership.quarterly.models import QuarterlyReturn, ReturnQuestion
from desist.quarterly.kinds import Kind
from desist.sites import Zone


def _new(**fields: object) -> QuarterlyReturn:
    return QuarterlyReturn(**fields)


KIND = Kind(
    side=Zone.PARTNERSHIP,
    model=QuarterlyReturn,
    new=_new,
    questions=ReturnQuestion,
    counted=reading.counted,
    back="home:home",
    complete="Is every order, breach and service of the quarter recorded?",
)
