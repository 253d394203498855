"""The return of an advocacy service, as the pages that three zones share take it."""

from desist.advocacy.quarterly import reading
from desist.advocacy.quarterly.models import QuarterlyReturn, ReturnQuestion
from desist.quarterly.kinds import Kind
from desist.sites import Zone


def _new(**fields: object) -> QuarterlyReturn:
    return QuarterlyReturn(**fields)


KIND = Kind(
    side=Zone.ADVOCACY,
    model=QuarterlyReturn,
    new=_new,
    questions=ReturnQuestion,
    counted=reading.counted,
    back="home:home",
    complete="Is every first contact and every closing of the quarter recorded?",
)
