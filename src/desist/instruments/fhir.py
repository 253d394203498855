"""The official wording of an instrument, from a FHIR Questionnaire file (R4 or R5, JSON) that a site has obtained.

The reader checks the file against our own data on the instrument: the number of questions, and the figures of the
answers. It reports every problem at once, in plain sentences. The text is kept unchanged: some licences forbid any
change.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from desist.instruments import library
from desist.instruments.model import Instrument, Item

LARGEST = 1_000_000  # bytes
#: the fields that may hold an answer's figure
WEIGHTS = (
    "http://hl7.org/fhir/StructureDefinition/ordinalValue",
    "http://hl7.org/fhir/StructureDefinition/itemWeight",
)
QUESTIONS = {"choice", "coding", "integer"}


class WordingRefused(Exception):
    """The file cannot be used; `problems` are plain sentences."""

    def __init__(self, *problems: str) -> None:
        """Name every problem that was found."""
        super().__init__(" ".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Question:
    """One question in its official words, and its answers: figure and label, in the order of the form."""

    number: int
    text: str
    answers: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Wording:
    """The words of one instrument in one language. `licence` is what the file declares, word for word."""

    instrument: str
    title: str
    edition: str
    language: str
    licence: str
    introduction: str
    questions: tuple[Question, ...]

    def to_json(self) -> str:
        """The form in which it is kept."""
        return json.dumps(asdict(self), ensure_ascii=False)


def kept(text: str) -> Wording:
    """Read a wording that `to_json` wrote."""
    data = json.loads(text)
    questions = tuple(
        Question(row["number"], row["text"], tuple((figure, label) for figure, label in row["answers"]))
        for row in data.pop("questions")
    )
    return Wording(**data, questions=questions)


def read(content: bytes, *, instrument: str = "") -> Wording:
    """The wording of a file; `instrument` names it where the file's own name does not. Raises WordingRefused."""
    document = _document(content)
    known = _instrument(document, instrument)
    licence = str(document.get("copyright") or "").strip()
    problems = []
    if not licence:
        problems.append(
            "The file declares no licence. Put the terms on which you may use the wording into its field “copyright”."
        )
    rows = [row for row in _rows(document) if str(row.get("type")) in QUESTIONS][: len(known.items)]
    if len(rows) < len(known.items):
        problems.append(f"{known.title} has {len(known.items)} questions; the file has {len(rows)}.")
    sets = _value_sets(document)
    questions = [_question(row, item, sets) for row, item in zip(rows, known.items, strict=False)]
    for question, item in zip(questions, known.items, strict=False):
        problems += _wrong(question, item, known)
    if problems:
        raise WordingRefused(*problems)
    return Wording(
        instrument=known.name,
        title=str(document.get("title") or known.title),
        edition=str(document.get("version") or ""),
        language=str(document.get("language") or "en"),
        licence=licence,
        introduction=_introduction(document),
        questions=tuple(questions),
    )


def _document(content: bytes) -> dict[str, Any]:
    if len(content) > LARGEST:
        raise WordingRefused("The file is larger than 1 MB: that is no questionnaire.")
    try:
        document = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise WordingRefused(
            "The file is not JSON. A FHIR Questionnaire in JSON is needed, not in XML."
        ) from None
    if not isinstance(document, dict) or document.get("resourceType") != "Questionnaire":
        raise WordingRefused(
            "The file is JSON, but not a FHIR Questionnaire: its resourceType says otherwise."
        )
    return document


def _instrument(document: Mapping[str, Any], named: str) -> Instrument:
    if named:
        try:
            return library.instrument(name=named.lower())
        except library.UnknownInstrument as unknown:
            raise WordingRefused(str(unknown)) from None
    said = _plain(" ".join(str(document.get(key) or "") for key in ("id", "name", "title")))
    for known in library.current():
        if _plain(known.name) in said:
            return known
    names = ", ".join(known.name for known in library.current())
    raise WordingRefused(
        f"The file does not say which instrument it is. Name it: --instrument, one of {names}."
    )


def _plain(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())


def _rows(within: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Every item of the file in its order, those inside groups too."""
    for row in _tables(within.get("item")):
        yield row
        yield from _rows(row)


def _tables(value: object) -> list[Mapping[str, Any]]:
    """The objects in a list; none where the file has another value in its place."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _value_sets(document: Mapping[str, Any]) -> dict[str, list[Mapping[str, Any]]]:
    """The answer lists that the file contains, by the name that its items use."""
    found = {}
    for one in _tables(document.get("contained")):
        compose = one.get("compose")
        if one.get("resourceType") == "ValueSet" and isinstance(compose, dict):
            parts = _tables(compose.get("include"))
            found[f"#{one.get('id')}"] = [row for part in parts for row in _tables(part.get("concept"))]
    return found


def _question(row: Mapping[str, Any], item: Item, sets: Mapping[str, list[Mapping[str, Any]]]) -> Question:
    options = _tables(row.get("answerOption")) or sets.get(str(row.get("answerValueSet")), [])
    answers = [answer for option in options if (answer := _answer(option)) is not None]
    return Question(number=item.number, text=str(row.get("text") or "").strip(), answers=tuple(answers))


def _answer(option: Mapping[str, Any]) -> tuple[int, str] | None:
    """Figure and label of an answer; None where the file gives no figure."""
    if isinstance(option.get("valueInteger"), int):
        return option["valueInteger"], str(option["valueInteger"])
    coding = option.get("valueCoding")
    holders = [option, coding] if isinstance(coding, dict) else [option]
    label = str(holders[-1].get("display") or "")
    for holder in holders:
        for extension in _tables(holder.get("extension")):
            weight = extension.get("valueDecimal", extension.get("valueInteger"))
            if extension.get("url") in WEIGHTS and isinstance(weight, int | float):
                return int(weight), label
    return None


def _wrong(question: Question, item: Item, known: Instrument) -> list[str]:
    """The differences from our data on the instrument."""
    problems = []
    if not question.text:
        problems.append(f"Question {item.number} has no text.")
    figures = [figure for figure, _ in question.answers]
    if sorted(figures) != sorted(known.figures):
        got = ", ".join(map(str, figures)) or "none"
        wanted = ", ".join(map(str, known.figures))
        problems.append(
            f"Question {item.number} needs an answer for each of the figures {wanted}; the file gives {got}. "
            "Each answer needs its ordinalValue."
        )
    elif (figures != sorted(figures)) != item.reversed:
        way = "down" if item.reversed else "up"
        problems.append(
            f"The figures of question {item.number} must go {way} from the first answer to the last, as on the form."
        )
    if any(not label for _, label in question.answers):
        problems.append(f"An answer of question {item.number} has no label.")
    return problems


def _introduction(document: Mapping[str, Any]) -> str:
    """The form's text before its questions."""
    said = [
        str(row.get("text") or "") for row in _rows(document) if str(row.get("type")) in {"display", "group"}
    ]
    return said[0].strip() if said else ""
