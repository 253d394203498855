"""The reasons that can stop a reading, each with the sentence that the person at the keyboard sees."""

from dataclasses import dataclass


class ChronicleError(Exception):
    """A source could not be read as asked; the message says what happened and what to do."""


class RefusedSourceError(ChronicleError):
    """The source breaks a limit, is encrypted, or is unsafe to open."""


class UnrecognisedSourceError(ChronicleError):
    """No reader knows what the source holds."""


class UnknownZoneError(ChronicleError):
    """The time zone is not one of the names in the IANA time zone database."""


@dataclass(frozen=True, slots=True)
class DateExample:
    """One date as written, and the two or three days it could mean."""

    line: int
    found: str
    readings: tuple[str, ...]


class DateOrderNeededError(ChronicleError):
    """The order of day and month cannot be told from the source: a person must say it."""

    def __init__(self, source: str, examples: tuple[DateExample, ...]) -> None:
        shown = "; ".join(f"{e.found} is {' or '.join(e.readings)}" for e in examples)
        super().__init__(
            f"{source}: nothing in this file shows whether the day or the month comes first ({shown}). "
            "Ask the person whose phone it is, then say it with --date-order dmy, mdy or ymd."
        )
        self.source = source
        self.examples = examples
