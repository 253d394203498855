"""The states of an extract that came, and the codes of a study's plan."""

from django.db.models import TextChoices

from desist.extracts import dictionary


class State(TextChoices):
    """TRANSITIONS says what may follow what."""

    STANDS = "stands", "Came"
    RECALLED = "recalled", "Recalled by the service"


#: state -> the states that may follow
TRANSITIONS: dict[State, tuple[State, ...]] = {State.STANDS: (State.RECALLED,), State.RECALLED: ()}


class TimeZero(TextChoices):
    """The day from which time counts."""

    ELIGIBLE = "eligible", "The day of acceptance: everyone, whether they started or not"
    REFERRAL = "referral", "The day of the referral: everyone"
    START = "start", "The day of session 1: only those who started"


class Sources(TextChoices):
    """What counts as an event, by who told it."""

    POLICE = "police", "What the police or a court told"
    COURT = "court", "What a court told, alone"
    ALL = "all", "Also what people told of themselves"


#: sources of a plan -> those of the dictionary that count; a death has none, and always competes
COUNTED: dict[Sources, frozenset[str]] = {
    Sources.POLICE: frozenset({dictionary.POLICE, dictionary.COURT}),
    Sources.COURT: frozenset({dictionary.COURT}),
    Sources.ALL: frozenset({dictionary.POLICE, dictionary.COURT, dictionary.SELF}),
}
#: days at risk to report to, in words
HORIZONS = ((182, "Half a year"), (365, "A year"), (730, "Two years"))
#: how late events are recorded, in words
LAGS = ((0, "At once"), (30, "Within a month"), (91, "Within three months"), (182, "Within half a year"))
