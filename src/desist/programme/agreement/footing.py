"""On which footing somebody is met: whether they were told what must be passed on, and take part."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from desist.programme.agreement.models import NoticeGiven
from desist.programme.agreement.states import State, stopped
from desist.programme.episodes.models import Episode


class DoesNotTakePart(Exception):
    """The person refused or withdrew, and nothing requires them; the text is a plain sentence."""


@dataclass(frozen=True)
class Lacking:
    """What is to be put right before somebody is met, as a notice says it."""

    title: str
    words: str


@dataclass(frozen=True)
class Stands:
    """Where somebody stands: the answer, what requires them to take part, and whether the notice was given."""

    state: State
    requirement: str
    told: bool

    @classmethod
    def read(cls, state: str | None, requirement: str | None, *, told: bool) -> "Stands":
        """From the columns of an agreement, which are None where there is no answer yet."""
        return cls(State(state or State.NOT_ASKED), requirement or "", told)


#: no answer is recorded: whether the notice was given -> what is lacking
UNANSWERED = {
    False: Lacking(
        "Not told yet what must be passed on",
        "Give the notice with the limits of confidentiality, and record the answer, before the first session.",
    ),
    True: Lacking(
        "Has not answered yet",
        "The notice was given; nobody has recorded whether this person takes part.",
    ),
}
STOPPED = {
    State.REFUSED: Lacking(
        "Does not agree to take part",
        "Hold no session unless that changes: record the new answer, or what requires this person to take part.",
    ),
    State.WITHDRAWN: Lacking(
        "Withdrew",
        "Hold no session unless that changes: record the new answer, or what requires this person to take part.",
    ),
}
SENTENCES = {
    State.REFUSED: "Nothing was planned: this person does not agree to take part, and no requirement is recorded. "
    "If that changes, record it under Agreement first",
    State.WITHDRAWN: "Nothing was planned: this person withdrew, and no requirement is recorded. "
    "If that changes, record it under Agreement first",
}


def lacking(stands: Stands) -> Lacking | None:
    """What is lacking of somebody's footing; None where they take part or are required to."""
    if stopped(stands.state, stands.requirement):
        return STOPPED[stands.state]
    return UNANSWERED[stands.told] if stands.state is State.NOT_ASKED else None


def taking_part(episode: Episode) -> None:
    """Raises DoesNotTakePart where no session may be planned. Who was not asked yet may have dates."""
    stands = of(episode)
    if stopped(stands.state, stands.requirement):
        raise DoesNotTakePart(SENTENCES[stands.state])


def told(episode: str) -> Exists:
    """Whether the notice was given; `episode` is the lookup from a row to its episode's key."""
    return Exists(NoticeGiven.objects.filter(episode=OuterRef(episode)))


def of(episode: Episode) -> Stands:
    """Where somebody stands, in one statement."""
    row = Episode.objects.filter(pk=episode.pk).annotate(told=told("pk"))
    state, requirement, given = row.values_list("agreement__state", "agreement__requirement", "told").get()
    return Stands.read(state, requirement, told=given)
