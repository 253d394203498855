"""The parts of an exit report that a colleague writes, frozen: the form makes them, the command keeps them."""

from dataclasses import dataclass, fields

LONGEST = 20_000  # characters a part


@dataclass(frozen=True)
class Words:
    """Every part in words; an empty part has no words yet."""

    attendance: str = ""
    themes: str = ""
    skills: str = ""
    measures: str = ""
    goals: str = ""
    risks: str = ""
    recommendations: str = ""
    requirement: str = ""


FIELDS = tuple(field.name for field in fields(Words))
TITLES = {
    "attendance": "Attendance and how the person worked",
    "themes": "What the work was about",
    "skills": "What was learned",
    "measures": "Measures",
    "goals": "Goals",
    "risks": "Risks that remain",
    "recommendations": "Recommendations",
    "requirement": "Order or requirement",
}
#: the parts without which a report says too little to be signed
NEEDED = ("themes", "risks", "recommendations")
