"""The extracts of the demo: invented people under pseudonyms. Three sites write them by themselves, with one thread. Pure."""

from collections.abc import Sequence
from datetime import date, timedelta
from hashlib import sha256

from desist.extracts import dictionary, police
from desist.extracts.asked import Asked
from desist.extracts.police import Recorded
from desist.extracts.rows import Rows
from desist.programme.service.extracts import anonymity
from desist.returns import quarters

OF_POLICE = "Police outcomes for the evaluation of the Northmere service"
#: how long after the first extract the police answered
ANSWERED = timedelta(days=12)
TITLE, EVALUATOR = "Evaluation of the Northmere service", "University of Northmere, School of Criminology"
#: number of an extract -> the thread that both sites know it by, and how long ago it was sent
THREADS = {1: "extract-of-the-demo", 2: "second-extract-of-the-demo"}
SENT = {1: timedelta(days=60), 2: timedelta(days=9)}
#: number -> the token by which a force names it, and the thread by which it was asked
TOKENS = {number: f"token-{thread}" for number, thread in THREADS.items()}
ASKED = {number: f"asked-{thread}" for number, thread in THREADS.items()}
ONWARD = "outcomes-of-the-demo"
#: over how many quarters people were referred
QUARTERS = 8
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


def rows(area: str, cut: date, extract: int = 1) -> Rows:
    """Return the rows: of each quarter five who completed; of each year five who left and ten who waited."""
    episodes, events, gaps = [], [], []
    groups = [(quarters.of(cut).later(-back).first, dictionary.COMPLETED) for back in range(2, QUARTERS + 2)]
    years = sorted({first.replace(month=1) for first, _ in groups if first.year < cut.year})
    groups += [(first, dictionary.LEFT) for first in years]
    groups += [(first, "") for first in years for _ in range(2)]
    for place, (first, reason) in enumerate(groups):
        for number in range(5):
            person = _pseudonym(place, number, extract)
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


def outcomes(area: str, cut: date) -> tuple[Recorded, tuple[str, ...]]:
    """Return what the police recorded of everyone of the first extract, and the codes of what is left out of it."""
    recorded, orders = [], []
    episodes = rows(area, cut).episodes
    for place, line in enumerate(episodes):
        person, accepted = line.split(",")[0], date.fromisoformat(line.split(",")[2])
        group, number = divmod(place, 5)
        day = accepted + timedelta(days=50 + 9 * (group % 6) + number)
        if number > 1 or day > cut:
            continue
        orders.append(f"{person},{accepted + timedelta(days=10)},,full")
        said = police.INQUIRY if number else police.ACTED
        steps = [(0, police.BREACH, said), *([(0, police.STALKING, "")] if group % 3 == 0 else [])]
        steps += [(14, police.CHARGED, ""), (80, police.CONVICTED, "")][: group % 3] if not number else []
        later = [(day + timedelta(days=after), kind, decision) for after, kind, decision in steps]
        recorded += [f"{person},{on},{kind},{decision}" for on, kind, decision in later if on <= cut]
    return police.coarse(
        Recorded(tuple(line.split(",")[0] for line in episodes), tuple(recorded), tuple(orders))
    )


def asked(area: str, cut: date, threads: Sequence[str]) -> tuple[str, ...]:
    """Return what the second extract asks of people whom a force referred: whole groups, as far as there are threads."""
    people = [line.split(",")[:2] for line in rows(area, cut, extract=2).episodes]
    whole = min(len(people), len(threads)) // 5 * 5
    return tuple(
        Asked(person, 0, cut, place // 5, (thread,), date.fromisoformat(first)).text
        for place, ((person, first), thread) in enumerate(zip(people[:whole], threads, strict=False))
    )


def _pseudonym(place: int, number: int, extract: int) -> str:
    more = f" in extract {extract}" if extract > 1 else ""
    return sha256(f"{place} {number} of the demo{more}".encode()).hexdigest()[:16]


def _happened(person: str, accepted: date, place: int, number: int, cut: date) -> list[str]:
    found = []
    for after, source in ((POLICE.get(number), "police"), (SELF.get(number), "self")):
        day = accepted + timedelta(days=(after or 0) + 17 * (place % 5))
        if after and place % 3 and day <= cut:
            found.append(f"{person},{day},stalking,{source}")
    return found
