"""A made-up study, seeded: plainly invented people, so that anyone can see what the annex looks like."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

FIRST = date(2021, 1, 4)
CUT = date(2025, 3, 31)
AREAS = ("Northmere", "Eastmere", "Southmere")


@dataclass(frozen=True, kw_only=True)
class MadeUp:
    """The texts of three files."""

    episodes: str
    events: str
    gaps: str


def as_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([["" if cell is None else cell for cell in row] for row in rows])
    return text.getvalue()


def made_up(*, people: int, seed: int = 2026, two_arms: bool = True) -> MadeUp:
    """Episodes, events and gaps of so many people; in two arms the programme truly lowers the rate by a quarter."""
    random = np.random.default_rng(seed)
    referral = random.integers(0, 1300, people)
    treated = random.random(people) < 0.5 if two_arms else np.ones(people, dtype=bool)
    rate = np.where(treated, 0.75, 1.0) / 900
    offence = random.exponential(1 / rate)
    custody = random.exponential(6000, people)
    finish = random.random(people)
    age, partner = random.normal(38, 11, people).round().clip(18), random.random(people) < 0.7
    episodes: list[Sequence[object]] = []
    events: list[Sequence[object]] = []
    gaps: list[Sequence[object]] = []
    for place in range(people):
        person, day = f"M{place:06d}", FIRST + timedelta(days=int(referral[place]))
        start = day + timedelta(days=10) if finish[place] < 0.93 else None
        length = 84 if finish[place] < 0.62 else int(100 * (finish[place] - 0.6)) + 7
        reason = (
            "completed" if finish[place] < 0.62 else ("withdrew" if finish[place] < 0.8 else "moved away")
        )
        end = start + timedelta(days=length) if start and treated[place] else None
        episodes.append(
            (
                *(
                    person,
                    day,
                    day if finish[place] < 0.97 else None,
                    start,
                    start + timedelta(days=84) if start and treated[place] else None,
                    end,
                    reason if end else None,
                ),
                *(
                    AREAS[place % 3],
                    ("programme" if treated[place] else "waiting list") if two_arms else None,
                ),
                *(
                    None if place % 41 == 0 else int(age[place]),
                    "former partner" if partner[place] else "other",
                ),
            )
        )
        if start is None:
            continue
        happened = start + timedelta(days=int(offence[place]))
        if happened <= CUT:
            kind = ("stalking", "breach", "harassment", "offence")[place % 7 % 4]
            events.append((person, happened, kind, "police" if place % 9 else "victim"))
        taken = start + timedelta(days=int(custody[place]))
        if custody[place] < 900 and taken <= CUT:
            events.append((person, taken, "custody", "court"))
        if place % 23 == 0:
            gaps.append((person, start + timedelta(days=40), start + timedelta(days=61), "hospital"))
    return MadeUp(
        episodes=as_csv(
            (
                *("person", "referral", "eligible", "start", "planned_end", "end", "end_reason"),
                *("area", "arm", "age", "relationship to victim"),
            ),
            episodes,
        ),
        events=as_csv(("person", "date", "kind", "source"), events),
        gaps=as_csv(("person", "start", "end", "why"), gaps),
    )
