"""What is known of an export, as frozen answers: kept locked with the client's own key."""

from dataclasses import dataclass, field

FOUND, ANSWERS = "evidence found", "evidence answers"


@dataclass(frozen=True)
class Found:
    """What the library found: its own account of the export, who wrote in it, and its conversations.

    A row names its sender and its conversation by their places in these lists.
    """

    formats: list[str] = field(default_factory=list)
    records: int = 0
    without_time: int = 0
    #: the library's own sentences
    warnings: list[str] = field(default_factory=list)
    #: whether nothing shows if the day or the month comes first
    question: bool = False
    #: (name as the export writes it, number of records)
    senders: list[list[str | int]] = field(default_factory=list)
    #: (name, number of records, first day, last day)
    conversations: list[list[str | int]] = field(default_factory=list)
    program: str = ""

    @property
    def names(self) -> list[str]:
        """The senders' names, at their places."""
        return [str(name) for name, _ in self.senders]


@dataclass(frozen=True)
class Answers:
    """What a person said of an export. Senders and conversations are places in the lists of `Found`."""

    zone: str = "Europe/London"
    date_order: str = ""
    client: list[int] = field(default_factory=list)
    person: list[int] = field(default_factory=list)
    conversations: list[int] = field(default_factory=list)
    first: str = ""
    last: str = ""
