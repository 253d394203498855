"""The forms for entering a questionnaire: answer by answer, or its total alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from desist.instruments.fhir import Wording
from desist.instruments.model import Instrument, Item
from desist.instruments.scoring import safety_items
from desist.questionnaires.codes import Source
from desist.ui import dates, fields, moments
from desist.ui.fields import Pairs
from desist.ui.forms import Form

#: an answer that the person left out on the form: said, never assumed
LEFT_OUT = "-"


@dataclass(frozen=True)
class Taken:
    """A filled-in form. `answers` in the order of the form, None for an omission; `total` where only that was typed."""

    instrument: str
    occasion: str
    taken_on: date
    source: Source
    answers: tuple[int | None, ...]
    total: int | None = None


class Sheet(Form):
    """The questions of every form, however it is entered."""

    #: the occasions of a form: each side has its own
    OCCASIONS: ClassVar[Pairs] = ()

    occasion = fields.Choice(label="Which stage?", choices=[])
    taken_on = moments.Day(label="The day it was filled in")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        instrument: Instrument,
        occasion: str = "",
        at: datetime,
    ) -> None:
        """`at` is the request's moment: no form can have been filled in after it. `occasion` is offered first."""
        super().__init__(data, initial={"taken_on": dates.local(at).date(), "occasion": occasion})
        self.instrument = instrument
        self.offer("occasion", self.OCCASIONS)
        self.limit("taken_on", latest=at)

    def answer(self, item: Item) -> int | None:
        """The figure of an item, None for an omitted one."""
        value = self.cleaned_data.get(f"item_{item.number}")
        return None if value in {None, LEFT_OUT} else int(str(value))


class Answers(Sheet):
    """Answer by answer: figures from the paper form, or the wording on the page where the site has loaded it."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        instrument: Instrument,
        wording: Wording | None,
        occasion: str = "",
        at: datetime,
    ) -> None:
        """A field for each item."""
        super().__init__(data, instrument=instrument, occasion=occasion, at=at)
        self.source = Source.SCREEN if wording else Source.PAPER
        for place, item in enumerate(instrument.items):
            self.fields[f"item_{item.number}"] = (
                _worded(wording, place) if wording else _figure(instrument, item)
            )

    def taken(self) -> Taken:
        """The filled-in form for the command, once the form is valid."""
        return Taken(
            instrument=self.instrument.name,
            occasion=self.cleaned_data["occasion"],
            taken_on=self.cleaned_data["taken_on"],
            source=self.source,
            answers=tuple(self.answer(item) for item in self.instrument.items),
        )


class Total(Sheet):
    """The total alone, and the answers after which staff must ask about the person's safety."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        instrument: Instrument,
        occasion: str = "",
        at: datetime,
    ) -> None:
        """The total, then a field for each safety item."""
        super().__init__(data, instrument=instrument, occasion=occasion, at=at)
        self.fields["total"] = fields.Whole(
            label="The total",
            hint=f"From {instrument.least} to {instrument.most}, as added up on the form",
            least=instrument.least,
            most=instrument.most,
            width=3,
        )
        for item in safety_items(instrument):
            self.fields[f"item_{item.number}"] = _figure(instrument, item)

    def taken(self) -> Taken:
        """The filled-in form for the command, once the form is valid."""
        return Taken(
            instrument=self.instrument.name,
            occasion=self.cleaned_data["occasion"],
            taken_on=self.cleaned_data["taken_on"],
            source=Source.TOTAL,
            answers=tuple(self.answer(item) for item in self.instrument.items),
            total=self.cleaned_data["total"],
        )


def _figure(instrument: Instrument, item: Item) -> fields.Choice | fields.Whole:
    """The field for a figure, as the paper form prints it; one of two digits is typed into a box."""
    label, most = f"{item.number}. {item.topic}", max(instrument.figures)
    if most > 9:
        return fields.Whole(label=label, least=min(instrument.figures), most=most, width=2)
    return _answer(label, item.number, [(str(point.figure), point.label) for point in instrument.scale])


def _worded(wording: Wording, place: int) -> fields.Choice:
    """The field for a question in its official words."""
    question = wording.questions[place]
    pairs = [(str(figure), label) for figure, label in question.answers]
    return _answer(f"{question.number}. {question.text}", question.number, pairs)


def _answer(label: str, number: int, pairs: list[tuple[str, str]]) -> fields.Choice:
    missing = f"No answer for item {number}: choose one, or a dash where it was left out on the form"
    return fields.Choice(label=label, choices=[*pairs, (LEFT_OUT, "– Left out on the form")], missing=missing)
