"""The information notices, one dated file each; the newest is the one to give. The service adds its own words."""

import tomllib
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from django.db.models import TextChoices


class Limit(TextChoices):
    """The limits of confidentiality, as the notice tells them: what must be passed on whatever was agreed."""

    HARM_OTHERS = "harm_others", "someone may be seriously harmed"
    HARM_SELF = "harm_self", "you may seriously harm yourself"
    CHILD = "child", "a child, or an adult who cannot protect themselves, is at risk"
    ORDER = "order", "an order or a condition is being broken, or is about to be"
    OFFENCE = "offence", "you tell us of a serious offence that is not yet known"
    COURT = "court", "a court orders us to, or the law leaves us no choice"


class UnknownNotice(Exception):
    """There is no notice of this version."""


@dataclass(frozen=True)
class Section:
    """A heading, its paragraphs, and a list below them."""

    heading: str
    paragraphs: tuple[str, ...]
    points: tuple[str, ...]


@dataclass(frozen=True)
class Notice:
    """One version of the notice, whole."""

    version: str
    dated: date
    title: str
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class OwnWords:
    """The service's own words: who answers for the data, how to reach it, complaints, basis, length of keeping."""

    controller: str
    telephone: str
    email: str
    complaints: str
    data_protection: str
    lawful_basis: str
    retention: str


def newest() -> Notice:
    """The notice to give now."""
    return max(_every().values(), key=lambda one: one.dated)


def notice(*, version: str) -> Notice:
    """A notice as it was given. Raises UnknownNotice."""
    try:
        return _every()[version]
    except KeyError:
        raise UnknownNotice(version) from None


def with_own_words(notice: Notice, own: OwnWords | None) -> Notice:
    """Return the notice with the service's own words at its end, or as packaged where the service has set none."""
    if own is None:
        return notice
    reached = [f"Telephone: {own.telephone}", *([f"E-mail: {own.email}"] if own.email else [])]
    sections = (
        Section(
            "Who we are",
            (
                f"{own.controller} runs this programme.",
                "It is the controller of what is written down about you: it decides why and how that is used.",
                *reached,
            ),
            (),
        ),
        Section("Why we may use what we know about you", _lines(own.lawful_basis), ()),
        Section("How long we keep records", _lines(own.retention), ()),
        Section("Questions about your data", _lines(own.data_protection), ()),
        Section("If you want to complain", _lines(own.complaints), ()),
    )
    return replace(notice, sections=notice.sections + sections)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


@cache
def _every() -> dict[str, Notice]:
    folder = resources.files("desist.notices")
    found = [
        _read(tomllib.loads(one.read_text("utf-8"))) for one in folder.iterdir() if one.name.endswith(".toml")
    ]
    return {one.version: one for one in found}


def _read(data: dict[str, Any]) -> Notice:
    limits = tuple(str(limit.label) for limit in Limit)
    sections = tuple(
        Section(row["heading"], tuple(row["paragraphs"]), limits if row.get("limits") else ())
        for row in data["section"]
    )
    return Notice(data["version"], data["dated"], data["title"], sections)
