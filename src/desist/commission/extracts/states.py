"""The states of an extract that came, and the codes of a study's plan."""

from django.db.models import TextChoices

from desist.extracts import dictionary, police


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
    RECORDED = (
        "recorded",
        "What the police recorded: stalking, a breach they acted on, a charge or a conviction",
    )
    PROVEN = "proven", "What was proven: convictions that the police recorded"


#: sources of a plan -> those of the dictionary that count; a death has none, and always competes
COUNTED: dict[Sources, frozenset[str]] = {
    Sources.POLICE: frozenset({dictionary.POLICE, dictionary.COURT}),
    Sources.COURT: frozenset({dictionary.COURT}),
    Sources.ALL: frozenset({dictionary.POLICE, dictionary.COURT, dictionary.SELF}),
    Sources.RECORDED: frozenset(),
    Sources.PROVEN: frozenset(),
}
#: sources of a plan -> kind and decision of what the police recorded that counts; of people whom they looked up alone
COUNTED_OF_POLICE: dict[Sources, frozenset[tuple[str, str]]] = {
    Sources.RECORDED: frozenset(
        {
            *((police.STALKING, ""), (police.BREACH, police.ACTED)),
            *((police.CHARGED, ""), (police.CONVICTED, "")),
        }
    ),
    Sources.PROVEN: frozenset({(police.CONVICTED, "")}),
}
#: sources of a plan -> codes of what a force leaves out without which they would be counted as nothing
NEEDED: dict[Sources, frozenset[str]] = {
    Sources.RECORDED: frozenset({"no_orders"}),
    Sources.PROVEN: frozenset({"no_orders", "no_convicted"}),
}
#: days at risk to report to, in words
HORIZONS = ((182, "Half a year"), (365, "A year"), (730, "Two years"))
#: how late events are recorded, in words
LAGS = ((0, "At once"), (30, "Within a month"), (91, "Within three months"), (182, "Within half a year"))
