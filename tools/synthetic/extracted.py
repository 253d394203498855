"""The extract of the demo: invented people under pseudonyms. Both sites write it by themselves, with one thread. Pure."""

from datetime import date, timedelta
from hashlib import sha256

from desist.extracts import dictionary
from desist.extracts.rows import Rows
from desist.programme.service.extracts import anonymity
from desist.returns import quarters

TITLE, EVALUATOR = "Evaluation of the Northmere service", "University of Northmere, School of Criminology"
THREAD = "extract-of-the-demo"
#: how long ago it was sent, and over how many quarters people were referred
SENT, QUARTERS = timedelta(days=60), 8
LEFT_OUT = {"again": 4, "void": 2, "not_eligible": 31, "too_small": 3}
#: number in a group of five -> days after acceptance on which something became known, to the police or by the person
POLICE, SELF = {0: 75}, {1: 40}
CUSTODY = 3  # the number of the person in custody


def until(today: date) -> date:
    """The last day of the year after the next."""
    return date(today.year + 2, 12, 31)


def cut(today: date) -> date:
    """The last day to which people are followed, as days are moved."""
    return anonymity.data_cut(today)


def rows(area: str, cut: date) -> Rows:
    """Return the rows: of each quarter five who completed; of each year five who left and ten who waited."""
    episodes, events, gaps = [], [], []
    groups = [(quarters.of(cut).later(-back).first, dictionary.COMPLETED) for back in range(2, QUARTERS + 2)]
    years = sorted({first.replace(month=1) for first, _ in groups if first.year < cut.year})
    groups += [(first, dictionary.LEFT) for first in years]
    groups += [(first, "") for first in years for _ in range(2)]
    for place, (first, reason) in enumerate(groups):
        for number in range(5):
            person = sha256(f"{place} {number} of the demo".encode()).hexdigest()[:16]
            accepted = first + timedelta(days=6 + 2 * number)
            started = accepted + timedelta(days=16 + number)
            ended = started + timedelta(days=84 if reason == dictionary.COMPLETED else 30)
            arm = dictionary.PROGRAMME if reason else dictionary.WAITING
            known = [first, accepted, *((started, ended) if reason and ended <= cut else (None, None))]
            days = ["" if day is None else day.isoformat() for day in known]
            ends = reason if ended <= cut else ""
            band = "25 to 34" if reason == dictionary.COMPLETED else ""
            episodes.append(",".join([person, *days, ends, area, arm, band]))
            events += _happened(person, accepted, place, number, cut)
            if number == CUSTODY and place % 4 == 1 and ended <= cut:
                gaps.append(f"{person},{ended},{ended + timedelta(days=28)},custody")
    return Rows(tuple(episodes), tuple(events), tuple(gaps))


def _happened(person: str, accepted: date, place: int, number: int, cut: date) -> list[str]:
    found = []
    for after, source in ((POLICE.get(number), "police"), (SELF.get(number), "self")):
        day = accepted + timedelta(days=(after or 0) + 17 * (place % 5))
        if after and place % 3 and day <= cut:
            found.append(f"{person},{day},stalking,{source}")
    return found
