"""What a site may edit of its reference data by the one editor, field by field. Other lists have pages of their own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model

from desist.agencies import Need
from desist.programme.plans.support.models import Agency
from desist.programme.practitioners.models import Practitioner
from desist.programme.practitioners.states import Body
from desist.programme.service.settings.policy import Action
from desist.ui import dates


@dataclass(frozen=True)
class Kind:
    """One register: its rows, what may be edited of them (field -> label), and who may."""

    key: str
    title: str
    model: type[Model]
    action: Action
    fields: Mapping[str, str]


PRACTITIONER = Kind(
    "practitioner",
    "Practitioner",
    Practitioner,
    Action.EDIT_PRACTITIONER,
    {
        "profession": "Profession",
        "registered_with": "Registered with",
        "registration": "Registration number",
        "registered_until": "Registration runs until",
        "trained_on": "Training signed off",
        "capacity": "Most people at once",
        "left_on": "Left on",
    },
)
AGENCY = Kind(
    "agency",
    "Partner agency",
    Agency,
    Action.EDIT_AGENCY,
    {"name": "Name", "needs": "Helps with", "phone": "Telephone", "how": "How to refer"},
)
KINDS: Mapping[str, Kind] = {one.key: one for one in (PRACTITIONER, AGENCY)}

WORDS: Mapping[str, Mapping[str, str]] = {
    "profession": {code: str(words) for code, words in Practitioner.Profession.choices},
    "registered_with": {code: str(words) for code, words in Body.choices},
    "needs": {code: str(words) for code, words in Need.choices},
}


def in_words(name: str, value: Any) -> str:  # noqa: ANN401 -- a field's value, whatever it is
    """A field's value as the history keeps it and people read it; "" for none."""
    words = WORDS.get(name, {})
    if isinstance(value, date):
        return dates.on(value)
    if isinstance(value, list | tuple):
        return "; ".join(words.get(one, str(one)) for one in value)
    return "" if value is None else words.get(str(value), str(value))
