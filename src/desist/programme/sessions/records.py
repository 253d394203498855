"""What a session's record says, as one frozen answer: the form makes it, the command keeps it."""

from dataclasses import dataclass, fields

from desist.programme.curriculum.skills import catalogue
from desist.programme.sessions import states

#: what each field is called where it is read
LABELS = {
    "attendance": "Attended",
    "minutes_late": "Minutes late",
    "ended": "How it ended",
    "minutes_held": "Minutes held",
    "missed_reason": "Why they did not attend",
    "whose_reason": "Who was responsible",
    "agenda": "Agenda",
    "diary_review": "Diary review",
    "risk_check": "Risk check",
    "risk_note": "Notes on the risk check",
    "homework_done": "Homework set last time",
    "homework_review": "Homework review",
    "work_done": "Work done",
    "compliance": "How they worked",
    "skill": "Skill worked on",
    "homework_set": "Homework set",
    "next_steps": "Next steps",
    "debrief_wanted": "Debrief",
}

#: what is known only once the session has begun
ATTENDANCE = ("attendance", "minutes_late", "ended", "minutes_held", "missed_reason", "whose_reason")


@dataclass(frozen=True)
class Record:
    """Everything that is written about a session. Codes are those of `states`; empty means not said yet."""

    attendance: str = ""
    minutes_late: int | None = None
    ended: str = ""
    minutes_held: int | None = None
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

    @property
    def labels(self) -> dict[str, str]:
        """What each field is called where it is read."""
        return LABELS

    def ahead(self) -> "Record":
        """The record without what nobody knows before the session begins: whether and how the person attended."""
        return Record(**{name: said for name, said in vars(self).items() if name not in ATTENDANCE})


FIELDS = tuple(field.name for field in fields(Record))


def in_words(record: Record) -> dict[str, str]:
    """The codes of a record in words, by field."""
    codes = {
        "attendance": (states.Attendance, record.attendance),
        "ended": (states.Ended, record.ended),
        "missed_reason": (states.MissedReason, record.missed_reason),
        "whose_reason": (states.Whose, record.whose_reason),
        "homework_done": (states.Homework, record.homework_done),
        "risk_check": (states.Risk, record.risk_check),
        "compliance": (states.Compliance, record.compliance),
    }
    said = {name: kind(code).label if code else "" for name, (kind, code) in codes.items()}
    return {**said, "skill": catalogue.name(record.skill)}
