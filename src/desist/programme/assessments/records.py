"""The content of an assessment as one frozen answer: the form makes it, the command keeps it."""

from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Words:
    """Everything that is written in an assessment; empty means not said yet."""

    needs: str = ""
    children_and_family: str = ""
    risk: str = ""
    story: str = ""
    formulation: str = ""
    protective_factors: str = ""


FIELDS = tuple(field.name for field in fields(Words))
TITLES = {
    "needs": "Needs",
    "children_and_family": "Children and family",
    "risk": "Risk",
    "story": "The person’s story",
    "formulation": "Formulation",
    "protective_factors": "Protective factors",
}
#: what must be said before an assessment is finished
NEEDED = ("needs", "children_and_family", "risk", "story", "formulation")
