"""Damages exports at random and reads them: nothing may crash, and no byte of a text may be lost.

`python -m packages.chronicle.tests.made_up.fuzz SECONDS [SEED]` prints how many were read; it stops at the first fault and keeps
the file that showed it.
"""

import random
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

from packages.chronicle.tests.made_up.export_samples import samples

from desist_chronicle.options import DateOrder, Options
from desist_chronicle.reading import Outcome, Reading
from desist_chronicle.records import Record

SNIPPETS = (b"\n", b"\r\n", b"\x00", b"\xef\xbb\xbf", b'"', b"<", b"]", b"\xe2\x80\x8e")


class FaultFoundError(AssertionError):
    """A damaged export was read wrongly."""


def damaged(dice: random.Random, whole: bytes, other: bytes) -> bytes:
    """Return the export with a few damages, by accident or on purpose."""
    data = whole
    for _ in range(dice.randint(1, 6)):
        at = dice.randrange(len(data) + 1)
        length = dice.choice((1, 2, 7, 60, 900))
        before, after = data[:at], data[at:]
        start = dice.randrange(len(other))
        data = dice.choice(
            (
                before + bytes([dice.randrange(256)]) + after[1:],
                before + after[length:],
                before + dice.randbytes(length) + after,
                before or whole,
                before + before[-length:] * dice.randint(1, 3) + after,
                before + other[start : start + length] + after,
                before + dice.choice(SNIPPETS) + after,
                data.replace(b"\n", b"\r\n"),
            )
        )
    return data


def check(path: Path, options: Options) -> list[Outcome]:
    """Read twice; raises `FaultFoundError` unless every byte is accounted for and both readings agree."""
    first, second = (_read(path, options) for _ in range(2))
    if [outcome.digest for outcome in first[1]] != [outcome.digest for outcome in second[1]]:
        raise FaultFoundError("two readings differ")
    records, outcomes = first
    for outcome in outcomes:
        if outcome.accounted is False:
            raise FaultFoundError(f"bytes are lost: {outcome}")
        # an archive has no records of its own: those of its files stand in their own outcomes
        held = outcome.records or any(how == "read" for *_, how in outcome.members)
        if not (held or outcome.refused or outcome.question or outcome.partial or outcome.warnings):
            raise FaultFoundError(f"nothing was read and nothing was said: {outcome}")
    if [record.seq for record in records] and not outcomes:
        raise FaultFoundError("records of no source")
    return outcomes


def _read(path: Path, options: Options) -> tuple[list[Record], list[Outcome]]:
    reading = Reading(paths=[path], options=options)
    return [record for block in reading.blocks() for record in block], reading.outcomes


def rounds(*, seed: int) -> Iterator[tuple[bytes, Options]]:
    """Yield damaged exports without end; a seed always gives the same ones."""
    dice = random.Random(seed)
    wholes = list(samples().values())
    while True:
        data = damaged(dice, dice.choice(wholes), dice.choice(wholes))
        yield (
            data,
            Options(
                date_order=dice.choice((None, None, *DateOrder)), names=dice.choice(((), ("Dr: Smith",)))
            ),
        )


def main() -> None:
    """Fuzz for as long as the first argument says."""
    warnings.simplefilter("error")
    until = time.monotonic() + float(sys.argv[1])
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    read = kept = 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "damaged"
        for data, options in rounds(seed=seed):
            if time.monotonic() > until:
                break
            path.write_bytes(data)
            try:
                kept += sum(outcome.records for outcome in check(path, options))
            except BaseException:
                Path("fault.bin").write_bytes(data)
                print(f"seed {seed}, file {read}: kept as fault.bin; options {options}")  # noqa: T201  a command
                raise
            read += 1
    print(f"{read:,} damaged exports read twice, {kept:,} records, no crash, no byte lost (seed {seed})")  # noqa: T201  a command


if __name__ == "__main__":
    main()
