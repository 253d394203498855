"""The rows of what the police recorded, from days and codes: pure arithmetic. What has no day is not told."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desist.extracts import police
from desist.extracts.asked import Asked
from desist.extracts.dictionary import SMALLEST_GROUP
from desist.extracts.police import Recorded
from desist.partnership.breaches.codes import Decision

#: what the police decided of a breach -> how it is told; no breach, an accepted excuse and no decision are not told
DECIDED = {
    Decision.ARREST: police.ACTED,
    Decision.CHARGE: police.ACTED,
    Decision.WARNING: police.ACTED,
    Decision.INVESTIGATE: police.INQUIRY,
    Decision.NO_ACTION: police.NO_ACTION,
}


@dataclass(frozen=True)
class Known:
    """What is known of a person: the day of the force's first referral, acts and decisions as (day, kind, decision), orders as (first, last, kind)."""

    referred: date
    recorded: tuple[tuple[date | None, str, str], ...] = ()
    orders: tuple[tuple[date | None, date | None, str], ...] = ()


def make(
    asked: Sequence[Asked], known: Mapping[str, Known], *, today: date
) -> tuple[Recorded, dict[str, int]]:
    """Return the rows of those asked about, and code -> how many are not in it. `known` goes by the pseudonym."""
    told = sorted(_to_tell(asked, known), key=lambda one: one.person)
    people = tuple(one.person for one in told)
    recorded = [line for one in told for line in _recorded(one, known[one.person], today)]
    orders = [line for one in told for line in _orders(one, known[one.person], today)]
    rows, gone = police.coarse(Recorded(people, tuple(recorded), tuple(orders)))
    left_out = dict.fromkeys(gone, 0)
    if missing := len(asked) - len(rows.people):
        left_out["not_found"] = missing
    return rows, left_out


def _to_tell(asked: Sequence[Asked], known: Mapping[str, Known]) -> Iterator[Asked]:
    """Yield those who were found, of groups in which they do not stand out: enough were found, and none or enough were not."""
    found = Counter(one.group for one in asked if one.person in known)
    missing = Counter(one.group for one in asked if one.person not in known)
    for one in asked:
        alone = found[one.group] < SMALLEST_GROUP or 0 < missing[one.group] < SMALLEST_GROUP
        if one.person in known and not alone:
            yield one


def _recorded(one: Asked, known: Known, today: date) -> Iterator[str]:
    since = one.since(known.referred)
    days = sorted({(day, kind, said) for day, kind, said in known.recorded if day is not None})
    for day, kind, said in days:
        if since <= day <= today and one.moved(day) <= one.last:
            yield ",".join((one.person, one.moved(day).isoformat(), kind, said))


def _orders(one: Asked, known: Known, today: date) -> Iterator[str]:
    since = one.since(known.referred)
    for first, last, kind in sorted(
        {(max(start, since), end, kind) for start, end, kind in known.orders if start is not None},
        key=lambda it: (it[0], it[1] or date.max, it[2]),
    ):
        if first > today or one.moved(first) > one.last or (last is not None and last < first):
            continue
        ended = last is not None and last <= today and one.moved(last) <= one.last
        end = one.moved(last).isoformat() if last is not None and ended else ""
        yield ",".join((one.person, one.moved(first).isoformat(), end, kind))
