"""What a session's record says, as one frozen answer: the form makes it, the command keeps it."""

from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Record:
    """Everything somebody writes about a session. Codes are those of `states`; empty means not said yet."""

    attendance: str = ""
    minutes_late: int | None = None
    missed_reason: str = ""
    whose_reason: str = ""
    agenda: str = ""
    diary_review: str = ""
    risk_check: str = ""
    risk_note: str = ""
    homework_done: str = ""
    homework_review: str = ""
    work_done: str = ""
    compliance: str = ""
    skill: str = ""
    homework_set: str = ""
    next_steps: str = ""
    debrief_wanted: bool = False


FIELDS = tuple(field.name for field in fields(Record))
