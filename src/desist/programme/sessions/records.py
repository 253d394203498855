"""What a session's record says, as one frozen answer: the form makes it, the command keeps it."""

from dataclasses import dataclass, fields

from desist.programme.sessions import states
from desist.programme.skills import catalogue


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


def in_words(record: Record) -> dict[str, str]:
    """The codes of a record in words, by field."""
    codes = {
        "attendance": (states.Attendance, record.attendance),
        "missed_reason": (states.MissedReason, record.missed_reason),
        "whose_reason": (states.Whose, record.whose_reason),
        "homework_done": (states.Homework, record.homework_done),
        "risk_check": (states.Risk, record.risk_check),
        "compliance": (states.Compliance, record.compliance),
    }
    said = {name: kind(code).label if code else "" for name, (kind, code) in codes.items()}
    return {**said, "skill": catalogue.name(record.skill)}
