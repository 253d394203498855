"""FHIR Questionnaire files with invented wording."""

import json
from typing import Any

from desist.instruments.model import Instrument

WEIGHT = "http://hl7.org/fhir/StructureDefinition/ordinalValue"


def questionnaire(instrument: Instrument, **changes: Any) -> dict[str, Any]:
    """A file that fits an instrument, in wording that needs no licence."""
    document = {
        "resourceType": "Questionnaire",
        "name": instrument.title.replace("-", ""),
        "title": f"{instrument.title} (invented wording)",
        "version": "2026",
        "language": "en-GB",
        "copyright": "Invented for tests: anybody may use it",
        "item": [
            {"linkId": "0", "type": "display", "text": "How was it lately?"},
            {
                "linkId": "all",
                "type": "group",
                "item": [
                    {
                        "linkId": str(item.number),
                        "type": "choice",
                        "text": f"Invented question {item.number}",
                        "answerOption": options(instrument, backwards=item.reversed),
                    }
                    for item in instrument.items
                ],
            },
            {"linkId": "total", "type": "decimal", "text": "Total"},
        ],
    }
    return {**document, **changes}


def options(instrument: Instrument, *, backwards: bool = False) -> list[dict[str, Any]]:
    """The answers with their figures."""
    figures = sorted(instrument.figures, reverse=backwards)
    return [
        {
            "valueCoding": {
                "code": f"a{figure}",
                "display": f"Answer {figure}",
                "extension": [{"url": WEIGHT, "valueDecimal": figure}],
            }
        }
        for figure in figures
    ]


def sealed(document: Any) -> bytes:
    """The file as bytes."""
    return json.dumps(document).encode()
