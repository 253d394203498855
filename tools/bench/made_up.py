"""The files of a made-up study, drawn from a seed: numbers for names, and no real people behind them."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np

from desist.extracts.dictionary import (
    AGES,
    BY_PERSON,
    COMPLETED,
    COURT,
    CUSTODY,
    POLICE,
    PROGRAMME,
    SELF,
    STALKING,
    WAITING,
)

FIRST, CUT = date(2021, 1, 4), date(2025, 3, 31)


def write_study(*, folder: Path, people: int) -> tuple[Path, Path]:
    """Write EPISODES.csv and EVENTS.csv of a number of people in two arms, and return their paths."""
    random = np.random.default_rng(20261124)
    start, stay = random.integers(0, 1400, people), random.integers(7, 100, people)
    arm, age = random.integers(0, 2, people), random.integers(18, 75, people)
    episodes = [
        f"p{number},{_day(begun)},{_day(begun + length)},{'completed' if length > 60 else 'withdrew'},"
        f"{('usual', 'programme')[side]},{years}"
        for number, begun, length, side, years in zip(range(people), start, stay, arm, age, strict=True)
    ]
    day = start + random.exponential(900, people).astype(int)
    kinds = random.choice(["stalking", "breach", "offence", "death"], people, p=[0.5, 0.3, 0.19, 0.01])
    events = [
        f"p{number},{_day(when)},{kind},police"
        for number, when, kind in zip(range(people), day, kinds, strict=True)
        if _day(when) <= CUT
    ]
    return (
        _written(folder / "EPISODES.csv", "person,start,end,end_reason,arm,age", episodes),
        _written(folder / "EVENTS.csv", "person,date,kind,source", events),
    )


def extract_lines(*, people: int, area: str) -> tuple[list[str], list[str], list[str]]:
    """Return lines of EPISODES, EVENTS and GAPS of an extract: the programme's people and a waiting list."""
    random = np.random.default_rng(20261124)
    accepted, stay = random.integers(0, 1300, people), random.integers(7, 100, people)
    waits, band = random.integers(0, 2, people), random.integers(0, len(AGES), people)
    episodes, bands = [], tuple(AGES.values())
    for number, day, length, side, age in zip(range(people), accepted, stay, waits, band, strict=True):
        start, end = ("", "") if side else (_day(day + 14), _day(day + 14 + length))
        reason = "" if side else COMPLETED if length > 60 else BY_PERSON
        quarter = _day(day).replace(month=1, day=1)
        arm = WAITING if side else PROGRAMME
        episodes.append(
            f"{number:016x},{quarter},{_day(day)},{start},{end},{reason},{area},{arm},{bands[age]}"
        )
    happened = accepted + random.exponential(900, people).astype(int)
    sources = random.choice([POLICE, COURT, SELF], people, p=[0.6, 0.1, 0.3])
    events = [
        f"{number:016x},{_day(day)},{STALKING},{source}"
        for number, day, source in zip(range(people), happened, sources, strict=True)
        if _day(day) <= CUT
    ]
    gaps = [f"{number:016x},{_day(accepted[number] + 30)},,{CUSTODY}" for number in range(0, people, 50)]
    return episodes, events, gaps


def _day(number: int) -> date:
    return FIRST + timedelta(days=int(number))


def _written(path: Path, header: str, rows: list[str]) -> Path:
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path
