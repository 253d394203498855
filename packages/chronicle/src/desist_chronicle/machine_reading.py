"""Words in pictures, read by a machine: RapidOCR, whose models come with it (the extra `ocr`); nothing is downloaded.

What it reads is never counted and never a record: a person reads the picture itself.
"""

import json
from collections.abc import Callable, Sequence
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from desist_chronicle.confined import Confined, answer
from desist_chronicle.errors import ChronicleError

#: address space in bytes, seconds of processor in all, seconds by the clock for one picture
MEMORY, PROCESSOR, CLOCK = 4 << 30, 3600, 60
_LIBRARIES = ("rapidocr", "onnxruntime")


class NoMachineError(ChronicleError):
    """The library that reads pictures is not installed."""


class MachineReader(Confined):
    """A process that reads pictures. Use it as a context; it ends with it. Raises NoMachineError where there is none."""

    def __init__(self, *, clock: float = CLOCK) -> None:
        """`clock` is the most seconds that one picture may take."""
        super().__init__(__name__, clock=clock)
        self.name = machine()

    def read(self, path: Path) -> tuple[str, ...] | None:
        """Return the lines of a picture from its top; None where it cannot be read."""
        answered = self.ask(str(path.absolute()))
        lines = json.loads(answered) if answered else None
        return None if lines is None else tuple(lines)


def machine() -> str:
    """Return the name and version of the library. Raises NoMachineError, which says how to install it."""
    if not all(map(find_spec, _LIBRARIES)):
        raise NoMachineError(
            "No program that reads pictures is installed. Install it with: pip install 'desist-chronicle[ocr]'"
        )
    return f"RapidOCR {version(_LIBRARIES[0])}"


def lines_of(path: Path, engine: Callable[[str], Any]) -> list[str] | None:
    """Return the lines that an engine reads; None where the picture makes it raise."""
    try:
        return [str(line) for line in engine(str(path)).txts or ()]
    except Exception:  # noqa: BLE001 - the libraries raise whatever a broken picture makes them raise
        return None


def main() -> None:  # pragma: no cover  the limits would bind the tests themselves
    """As the child: load the models once, and answer a line for each picture."""
    from rapidocr import RapidOCR  # noqa: PLC0415 - only the child needs it

    engine = RapidOCR(params={"Global.log_level": "critical"})

    def reply(words: Sequence[str]) -> str:
        return json.dumps(lines_of(Path(words[0]), engine))

    answer(memory=MEMORY, processor=PROCESSOR, reply=reply)


if __name__ == "__main__":  # pragma: no cover  as above
    main()
