"""The questions of a referral, field by field, and the answers as they are stored, as they cross and as they are read.

Answers travel as a mapping from a field's name to text, a day or None, or a list of codes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from django.db.models import TextChoices

from desist import codes, locators, names
from desist.referral import lists, orders, police_numbers
from desist.referral.police_areas import PoliceArea
from desist.ui import dates

Answers: TypeAlias = Mapping[str, Any]


class UnknownCode(ValueError):
    """A coded answer is in no list; the text is the field's name."""


@dataclass(frozen=True)
class Section:
    """One part of the form: `key` in the address, the fields it answers, and those that may stay empty."""

    key: str
    title: str
    names: tuple[str, ...]
    optional: frozenset[str] = frozenset()
    hint: str = ""

    def missing(self, answers: Answers) -> tuple[str, ...]:
        """The required fields without an answer."""
        needed = (name for name in self.names if name not in self.optional and not _waived(name, answers))
        return tuple(name for name in needed if not answers[name])

    def state(self, answers: Answers) -> str:
        """The section's state on the task list: done, started or todo."""
        if not self.missing(answers):
            return "done"
        return "started" if any(answers[name] for name in self.names) else "todo"


#: the questions of a judgement of risk
RISK = (
    *("risk_tool", "risk_tool_version", "risk_result", "risk_rater", "risk_rated_on"),
    *("risk_to", "risk_when", "risk_increases", "risk_reduces", "self_harm"),
)
SECTIONS = (
    Section(
        "person",
        "The person",
        ("given_names", "family_name", "aliases", "born", "pnc", "cro"),
        optional=frozenset({"aliases", "pnc", "cro"}),
    ),
    Section(
        "reach",
        "How to reach the person",
        ("contact_by", "own_phone", "own_email", "own_address", "own_postcode", "lives_in"),
        optional=frozenset({"own_phone", "own_email", "own_address", "own_postcode", "lives_in"}),
    ),
    Section("route", "Route and legal basis", ("route", "legal_basis", "proceedings")),
    Section(
        "behaviour",
        "Stalking behaviour",
        ("behaviours", "channels", "methods", "relationship", "behaviour_account"),
    ),
    Section(
        "offence",
        "Offence and orders in force",
        ("offence_kind", "offence", "included", "orders"),
        optional=frozenset({"offence", "included"}),
    ),
    Section(
        "safety",
        "Needs and risks to staff",
        ("need_kinds", "language", "needs", "risk_kinds", "risks_to_staff"),
        optional=frozenset({"language", "needs", "risks_to_staff"}),
    ),
    Section(
        "risk",
        "The referrer’s judgement of risk",
        RISK,
        optional=frozenset({"risk_tool_version", "risk_when", "risk_increases", "risk_reduces", "self_harm"}),
    ),
    Section(
        "contact",
        "Who to contact",
        ("referrer_kind", "referrer_organisation", "referrer_name", "referrer_phone", "referrer_email"),
        optional=frozenset({"referrer_organisation", "referrer_email"}),
    ),
)
BY_KEY = {section.key: section for section in SECTIONS}
NAMES = tuple(name for section in SECTIONS for name in section.names)
#: free text, where a locator could slip in
FREE = (
    *("behaviour_account", "offence", "language", "needs", "risks_to_staff"),
    *("risk_tool_version", "risk_result", "risk_when", "risk_increases", "risk_reduces", "self_harm"),
)
#: the people a referral names: the person and the referrer
NAMED = ("given_names", "family_name", "language", "risk_rater", "referrer_organisation", "referrer_name")
#: days, and the one that may be missing where it crosses: as text, empty for none
DAYS, DAY_OR_NONE = ("born", "risk_rated_on"), "risk_rated_on"
#: field -> the list that its code, or each of its codes, comes from
CODED: dict[str, type[TextChoices]] = {
    "route": codes.Route,
    "legal_basis": codes.LegalBasis,
    "proceedings": codes.Proceedings,
    "relationship": codes.Relationship,
    "behaviours": codes.Behaviour,
    "channels": lists.Channel,
    "methods": lists.Method,
    "offence_kind": lists.Offence,
    "included": lists.Offence,
    "need_kinds": lists.Need,
    "risk_kinds": lists.StaffRisk,
    "risk_tool": codes.RiskTool,
    "risk_to": lists.AtRisk,
    "referrer_kind": lists.Referrer,
    "contact_by": lists.ContactBy,
    "lives_in": PoliceArea,
}
LISTS = (
    *("aliases", "behaviours", "channels", "methods", "included", "orders"),
    *("need_kinds", "risk_kinds", "risk_to"),
)


def empty() -> dict[str, Any]:
    """Answers before anything is answered."""
    blank: dict[str, Any] = {name: [] if name in LISTS else "" for name in NAMES}
    return {**blank, **dict.fromkeys(DAYS)}


def of(row: object) -> dict[str, Any]:
    """The answers that a row holds in columns of these names."""
    return {name: getattr(row, name) for name in NAMES}


def free(answers: Answers) -> dict[str, str]:
    """The answers in free text."""
    return {name: answers[name] for name in FREE if answers.get(name)}


def may_be_names(answers: Answers) -> dict[str, str]:
    """Word -> its field, for the words that may name a person whom the referral does not name anyway."""
    known = [*(str(answers[name]) for name in NAMED), *answers["aliases"]]
    listed: dict[str, str] = {}
    for name, text in free(answers).items():
        for word in names.unexplained([_without_places(text)], known=known):
            listed.setdefault(word, name)
    return listed


def _without_places(text: str) -> str:
    """A text without its passages that look like a locator, which are asked about separately."""
    read = locators.legible(text)
    for one in reversed(locators.find(text)):
        read = f"{read[: one.start]}/{read[one.end :]}"
    return read


def to_json(answers: Answers) -> dict[str, Any]:
    """Answers as plain JSON values."""
    return {**answers, **{name: answers[name].isoformat() if answers[name] else None for name in DAYS}}


def from_json(stored: Answers) -> dict[str, Any]:
    """Read what `to_json` wrote; a field that was added since is empty."""
    known = {name: stored.get(name, value) for name, value in empty().items()}
    return {**known, **{name: date.fromisoformat(known[name]) if known[name] else None for name in DAYS}}


def crossing(answers: Answers, names: Iterable[str] = NAMES) -> dict[str, Any]:
    """Answers as a payload's fields: lists become tuples. `names`: all of them, or those of the risk alone."""
    sent = {name: tuple(answers[name]) if name in LISTS else answers[name] for name in names}
    return {**sent, DAY_OR_NONE: answers[DAY_OR_NONE].isoformat() if answers[DAY_OR_NONE] else ""}


def crossed(payload: object, names: Iterable[str] = NAMES) -> dict[str, Any]:
    """Answers out of a payload; raises UnknownCode where a code is in no list of ours."""
    return read({name: getattr(payload, name) for name in names})


def read(raw: Answers) -> dict[str, Any]:
    """Read what `crossing` wrote; raises UnknownCode where a code is in no list of ours."""
    answers = {name: list(value) if name in LISTS else value for name, value in raw.items()}
    for name in answers.keys() & CODED.keys():
        given = answers[name] if name in LISTS else [answers[name]]
        if any(code not in CODED[name].values for code in given if code):
            raise UnknownCode(name)
    try:
        orders.read(written=answers.get("orders", ()))
    except ValueError:
        raise UnknownCode("orders") from None
    try:
        day = raw[DAY_OR_NONE]
        return {**answers, DAY_OR_NONE: date.fromisoformat(day) if day else None}
    except ValueError:
        raise UnknownCode(DAY_OR_NONE) from None


def missing(answers: Answers) -> tuple[str, ...]:
    """The titles of the unfinished sections."""
    return tuple(section.title for section in SECTIONS if section.missing(answers))


def following(key: str, said: Answers) -> str:
    """The next unfinished section after `key`, then from the first one; empty once every section is finished."""
    keys = list(BY_KEY)
    place = keys.index(key) + 1
    return next((one for one in keys[place:] + keys[:place] if BY_KEY[one].missing(said)), "")


def changed(before: Answers, after: Answers) -> tuple[str, ...]:
    """The fields whose answers differ."""
    return tuple(name for name in NAMES if before[name] != after[name])


def told(answers: Answers) -> tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]:
    """Every section for reading: its key, its title, and each field with its answer in words."""
    return tuple(
        (section.key, section.title, tuple((name, words(name, answers[name])) for name in section.names))
        for section in SECTIONS
    )


def said(key: str, answers: Answers) -> tuple[tuple[str, str], ...]:
    """The answered questions of one section, each with its answer in words."""
    found = ((name, words(name, answers[name])) for name in BY_KEY[key].names)
    return tuple((name, answer) for name, answer in found if answer)


def words(name: str, value: Any) -> str:  # noqa: ANN401 -- an answer of any kind
    """One answer for reading: lines for a list, "" for no answer."""
    if name == "orders":
        return "\n".join(order.words for order in orders.read(written=value))
    if name in CODED:
        return "\n".join(_label(CODED[name], code) for code in _several(value) if code)
    if name in LISTS:
        return "\n".join(value)
    if name in {"pnc", "cro"} and value:
        return f"{value}{'' if verified(name, value) else ' (unverified)'}"
    return dates.on(value) if isinstance(value, date) else str(value or "")


def verified(name: str, value: str) -> bool:
    """Whether the check letter of a PNC or CRO number fits."""
    read = police_numbers.pnc if name == "pnc" else police_numbers.cro
    return read(text=value).verified


def _several(value: Any) -> Iterable[str]:  # noqa: ANN401 -- one code or a list of them
    return value if isinstance(value, list | tuple) else (value,)


def _label(listed: type[TextChoices], code: str) -> str:
    return str(listed(code).label) if code in listed.values else code


def _waived(name: str, answers: Answers) -> bool:
    """Whether a question falls away: no referring service stands behind a self-referral, nor a rater behind no tool."""
    if name in {"risk_result", "risk_rater", "risk_rated_on"}:
        return bool(answers["risk_tool"] == codes.RiskTool.NONE)
    return name in {"referrer_name", "referrer_phone"} and answers["referrer_kind"] == lists.Referrer.SELF
