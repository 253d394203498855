"""The content of a session's record as one frozen answer: the form makes it, the command keeps it."""

from dataclasses import dataclass, fields

from django.db.models import TextChoices

from desist.programme.sessions import states
from desist.skills import catalogue

#: the label of each field where it is read
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
    "method": "Main method",
    "skill": "Skill worked on",
    "compliance": "How they worked",
    "homework_set": "Homework set",
    "next_steps": "Next steps",
    "debrief_wanted": "Debrief",
}

#: fields that a page leaves out when empty; it says of the others that nothing was said
WHERE_SAID = frozenset(
    {"minutes_late", "ended", "minutes_held", "missed_reason", "whose_reason", "method", "debrief_wanted"}
)
#: the coded fields, each with its list
CODES: dict[str, type[TextChoices]] = {
    "attendance": states.Attendance,
    "ended": states.Ended,
    "missed_reason": states.MissedReason,
    "whose_reason": states.Whose,
    "homework_done": states.Homework,
    "risk_check": states.Risk,
    "compliance": states.Compliance,
    "method": states.Method,
}
#: fields known only once the session has begun
ATTENDANCE = ("attendance", "minutes_late", "ended", "minutes_held", "missed_reason", "whose_reason")


@dataclass(frozen=True)
class Record:
    """The words of a session's record. Codes are those of `states`; empty means not said yet."""

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
    method: str = ""
    skill: str = ""
    homework_set: str = ""
    next_steps: str = ""
    debrief_wanted: bool = False

    @property
    def said(self) -> dict[str, str]:
        """Every field in words; "" where nothing was said."""
        plain = {name: "" if value is None else str(value) for name, value in vars(self).items()}
        coded = {name: codes(plain[name]).label if plain[name] else "" for name, codes in CODES.items()}
        asked = "Asked for" if self.debrief_wanted else ""
        return {**plain, **coded, "skill": catalogue.name(self.skill), "debrief_wanted": asked}

    @property
    def facts(self) -> list[tuple[str, str]]:
        """The facts that a page lists: each field's label and words."""
        said = self.said
        return [(label, said[name]) for name, label in LABELS.items() if said[name] or name not in WHERE_SAID]

    def ahead(self) -> "Record":
        """Return the record without facts known only after the session began: whether and how the person attended."""
        return Record(**{name: said for name, said in vars(self).items() if name not in ATTENDANCE})


FIELDS = tuple(field.name for field in fields(Record))
