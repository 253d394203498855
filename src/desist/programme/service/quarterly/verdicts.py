"""What measures say of the people whose place ended: each form improved, same, worse, or apart where it cannot be judged. Pure."""

from collections.abc import Iterator, Mapping, Sequence

from desist.instruments import changing, library
from desist.instruments.model import Instrument

#: what the definitions name
FORMS = ("core-10", "gad-7", "pcl-5", "phq-9")
APART = "apart"
#: (referral, form) -> first baseline total and last closing total; None where there is none
Totals = Mapping[tuple[str, str], tuple[float | None, float | None]]


def verdicts(refs: Sequence[str], totals: Totals) -> Iterator[str]:
    """Yield "phq-9.improved" and the like, one for each form and each of these referrals."""
    for form in FORMS:
        known = library.instrument(name=form)
        for ref in refs:
            yield f"{form}.{_verdict(known, *totals.get((ref, form), (None, None)))}"


def _verdict(known: Instrument, first: float | None, last: float | None) -> str:
    if first is None or last is None:
        return APART
    return str(changing.change(instrument=known, baseline=first, score=last).verdict or APART)
