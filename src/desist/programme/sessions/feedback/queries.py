"""Questions about the feedback on sessions, each with a frozen answer."""

from dataclasses import dataclass
from datetime import datetime

from desist.programme.episodes.models import Episode
from desist.programme.sessions.feedback.policy import Action
from desist.programme.sessions.models import Session, SessionFeedback
from desist.programme.sessions.states import FEEDBACK, Agreement, State, title
from desist.references import spoken
from desist.wall import gate
from desist.wall.actors import Actor

#: an answer up to this one is worth a question
DOUBT = int(Agreement.A_LITTLE.value)


@dataclass(frozen=True)
class Line:
    """One session: four answers in the order of FEEDBACK, None where nothing was answered; `method` in words."""

    ref: str
    title: str
    on: datetime
    method: str
    answers: tuple[int | None, ...]

    @property
    def said(self) -> tuple[str, ...]:
        """The answers in words."""
        return tuple(_label(one) if one else "–" for one in self.answers)


@dataclass(frozen=True)
class Trend:
    """The feedback of one person, the oldest session first."""

    episode: str
    spoken: str
    name: str
    lines: tuple[Line, ...]

    @property
    def answered(self) -> int:
        """How many sessions have feedback."""
        return sum(any(one.answers) for one in self.lines)

    @property
    def steps(self) -> list[str]:
        """The sessions, as a picture names them."""
        return [one.title.removeprefix("Session ") for one in self.lines]

    @property
    def headings(self) -> list[tuple[str, None]]:
        """The sentences, as a table takes them."""
        return [(sentence, None) for sentence in FEEDBACK.values()]

    @property
    def pictures(self) -> list[tuple[str, list[int | None], str]]:
        """Each sentence with its answers, and what to notice, "" where there is nothing."""
        series = zip(*(one.answers for one in self.lines), strict=True)
        return [
            (sentence, list(one), _noticed(one))
            for sentence, one in zip(FEEDBACK.values(), series, strict=True)
        ]


def trend(*, actor: Actor, episode: str, at: datetime) -> Trend:
    """Return what a person said of their sessions."""
    row = gate.open(actor, Action.SEE_FEEDBACK, Episode, episode, at=at).select_related("referral").get()
    held = row.sessions.filter(state=State.ATTENDED).select_related("feedback").order_by("period")
    return Trend(row.ref, spoken(row.ref), row.referral.name, tuple(map(_line, held)))


def doubts(session: Session) -> tuple[tuple[str, str], ...]:
    """Return what the person did not or only a little agree with after a session: sentence, and how far."""
    found = _answers(session)
    return tuple(
        (sentence, _label(one))
        for sentence, one in zip(FEEDBACK.values(), found, strict=True)
        if one and one <= DOUBT
    )


def _line(row: Session) -> Line:
    return Line(
        ref=row.ref,
        title=title(row.kind, row.number),
        on=row.period.lower,
        method=row.get_method_display(),
        answers=_answers(row),
    )


def _answers(row: Session) -> tuple[int | None, ...]:
    given: SessionFeedback | None = getattr(row, "feedback", None)
    return tuple(getattr(given, name) if given else None for name in FEEDBACK)


def _noticed(answers: tuple[int | None, ...]) -> str:
    given = [one for one in answers if one]
    if not given:
        return ""
    if len(given) > 1 and given[-1] < given[-2]:
        return f"Lower than the time before: {_label(given[-1]).lower()}"
    return "Low last time: ask about it" if given[-1] <= DOUBT else ""


def _label(answer: int) -> str:
    return str(Agreement(str(answer)).label)
