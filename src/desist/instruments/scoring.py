"""From answers to a total, by the instrument's own rule; without a rule no total is guessed."""

from collections.abc import Sequence
from dataclasses import dataclass

from desist.instruments.model import Instrument, Item


class NotAnAnswer(Exception):
    """The form has no such answer or total; the text names it, and the possible ones."""


@dataclass(frozen=True)
class Score:
    """The result of a filled-in form.

    `total` is None where too many answers were left out. `prorated`: some were left out and the rule allows that.
    `safety` are the items whose answer asks for a safety check at once.
    """

    total: float | None
    band: str
    case: bool | None
    left_out: tuple[int, ...]
    prorated: bool
    safety: tuple[Item, ...]


def of_answers(*, instrument: Instrument, answers: Sequence[int | None]) -> Score:
    """Score a form answer by answer, in the order of the form; None was left out. Raises NotAnAnswer."""
    if len(answers) != len(instrument.items):
        raise NotAnAnswer(f"{instrument.title} has {len(instrument.items)} items, not {len(answers)}.")
    for item, answer in zip(instrument.items, answers, strict=True):
        if answer is not None and answer not in instrument.figures:
            raise NotAnAnswer(
                f"Item {item.number} of {instrument.title} is answered from {min(instrument.figures)} to "
                f"{max(instrument.figures)}, not {answer}."
            )
    given = [answer for answer in answers if answer is not None]
    left_out = tuple(
        item.number for item, answer in zip(instrument.items, answers, strict=True) if answer is None
    )
    total = _total(instrument, given, len(left_out))
    return Score(
        total=total,
        band=band(instrument=instrument, total=total),
        case=case(instrument=instrument, total=total),
        left_out=left_out,
        prorated=bool(left_out) and total is not None,
        safety=tuple(
            item
            for item, answer in zip(instrument.items, answers, strict=True)
            if item.safety is not None and answer is not None and answer >= item.safety
        ),
    )


def of_total(*, instrument: Instrument, total: int) -> Score:
    """The score of a total that was added up on paper: the answers are unknown, the safety items too.

    Raises NotAnAnswer where no answers give this total.
    """
    if not instrument.least <= total <= instrument.most:
        raise NotAnAnswer(
            f"A total of {instrument.title} lies between {instrument.least} and {instrument.most}, not {total}."
        )
    return Score(
        total=total,
        band=band(instrument=instrument, total=total),
        case=case(instrument=instrument, total=total),
        left_out=(),
        prorated=False,
        safety=(),
    )


def safety_items(instrument: Instrument) -> tuple[Item, ...]:
    """The items that can ask for a safety check."""
    return tuple(item for item in instrument.items if item.safety is not None)


def asks_for_safety(score: Score, *, instrument: Instrument) -> bool:
    """Whether the person must be asked at once: they answered a safety item so, or left it out."""
    return bool(score.safety) or any(item.number in score.left_out for item in safety_items(instrument))


def band(*, instrument: Instrument, total: float | None) -> str:
    """The severity band of a total, in words; empty where there is none."""
    if total is None:
        return ""
    reached = [one.label for one in instrument.bands if one.start <= total]
    return reached[-1] if reached else ""


def case(*, instrument: Instrument, total: float | None) -> bool | None:
    """Whether a total reaches the cut-off; None where there is no total or no cut-off."""
    if total is None or instrument.cutoff is None:
        return None
    return total >= instrument.cutoff.at


def _total(instrument: Instrument, given: Sequence[int], left_out: int) -> float | None:
    if not left_out:
        return sum(given)
    if left_out > instrument.missing.allowed or not given:
        return None
    return round(sum(given) / len(given) * len(instrument.items), 1)
