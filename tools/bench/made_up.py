"""The files of a made-up study, drawn from a seed: numbers for names, and no real people behind them."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np

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


def _day(number: int) -> date:
    return FIRST + timedelta(days=int(number))


def _written(path: Path, header: str, rows: list[str]) -> Path:
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path
