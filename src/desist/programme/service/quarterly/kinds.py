"""The programme's return, as the pages that two zones share take it."""

from desist.programme.service.quarterly import reading
from desist.programme.service.quarterly.models import QuarterlyReturn, ReturnQuestion
from desist.quarterly.kinds import Kind
from desist.sites import Zone


def _new(**fields: object) -> QuarterlyReturn:
    return QuarterlyReturn(**fields)


KIND = Kind(
    side=Zone.PROGRAMME,
    model=QuarterlyReturn,
    new=_new,
    questions=ReturnQuestion,
    counted=reading.counted,
    back="returns:returns",
    complete="Is every session and every leaving of the quarter recorded?",
)
