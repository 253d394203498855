"""Every field of every model has a retention class and a line in the data dictionary."""

import dataclasses

from desist.reference import data
from desist.reference.dictionary import Entry


def undescribed(dictionary: dict[str, Entry]) -> list[str]:
    """Models and fields without a line, and lines without a field."""
    found = []
    for model in data.models():
        label = model._meta.label
        described = set(dictionary[label].fields) if label in dictionary else set()
        found += [f"{label}.{name}" for name in sorted(set(data.fields(model)) ^ described)]
    return found


def test_every_field_has_its_line_and_every_line_its_field() -> None:
    assert undescribed(data.DICTIONARY) == []


def test_a_field_without_a_line_is_found() -> None:
    entry = data.DICTIONARY["wall.AuditSeal"]
    lacking = {name: words for name, words in entry.fields.items() if name != "link"}
    planted = {**data.DICTIONARY, "wall.AuditSeal": dataclasses.replace(entry, fields=lacking)}

    assert undescribed(planted) == ["wall.AuditSeal.link"]


def test_a_model_without_an_entry_is_found() -> None:
    planted = {label: entry for label, entry in data.DICTIONARY.items() if label != "programme.Room"}

    assert "programme.Room.name" in undescribed(planted)
