"""The kinds of news for a client, its states, and the outcomes of tries to tell it."""

from django.db.models import TextChoices


class Event(TextChoices):
    """The kind of news. Codes of orders begin with "order_"; the others are about a programme."""

    ORDER_MADE = "order_made", "A Stalking Protection Order was made"
    ORDER_VARIED = "order_varied", "The Stalking Protection Order was varied"
    ORDER_RENEWED = "order_renewed", "The Stalking Protection Order was renewed"
    ORDER_ENDED = "order_ended", "The Stalking Protection Order has ended"
    ORDER_BREACH = "order_breach", "A breach of the Stalking Protection Order was recorded"
    ORDER_SERVED = "order_served", "The Stalking Protection Order was served: the person is bound by it now"
    ORDER_ARRESTED = "order_arrested", "The person was arrested for breach of the order"
    ORDER_BAIL = "order_bail", "The person was released on bail, with conditions"
    ORDER_BAIL_NONE = "order_bail_none", "The person was released on bail, without conditions"
    ORDER_CHARGED = "order_charged", "The person was charged with breach of the order"
    ORDER_COURT = "order_court", "There is a court date about the breach of the order"
    ORDER_OUTCOME = "order_outcome", "The case about the breach of the order has an outcome"
    ORDER_RELEASED = "order_released", "The person was released from custody"
    ORDER_CHANGED = "order_changed", "The Stalking Protection Order changed"
    STARTED = "started", "The person began a programme"
    NOT_STARTED = "not_started", "The person has not begun a programme after all"
    LEFT = "left", "The person left the programme"
    COMPLETED = "completed", "The person completed the programme"
    ENDING = "ending", "The person’s place on the programme is about to end"
    STAYS = "stays", "The person is on the programme after all, or is back on it"
    ALERT = "alert", "The police or the programme raised an alert"


class State(TextChoices):
    """The state of news. TRANSITIONS says which state may follow which."""

    DUE = "due", "To be told"
    TOLD = "told", "Told"
    NOT_WANTED = "not_wanted", "They did not want to know"
    OVERTAKEN = "overtaken", "Overtaken by later news"


class Outcome(TextChoices):
    """The outcome of one try to tell news."""

    TOLD = "told", "Told"
    NOT_WANTED = "not_wanted", "Did not want to know"
    NOT_REACHED = "not_reached", "Not reached"
    NOT_SAFE = "not_safe", "Not safe"


#: state -> the states that may follow
TRANSITIONS: dict[State, tuple[State, ...]] = {
    State.DUE: (State.TOLD, State.NOT_WANTED, State.OVERTAKEN),
    State.TOLD: (),
    State.NOT_WANTED: (),
    State.OVERTAKEN: (),
}
#: news -> earlier news that need not be told any more
OVERTAKES = {
    Event.LEFT: frozenset({Event.ENDING}),
    Event.COMPLETED: frozenset({Event.ENDING}),
    Event.STAYS: frozenset({Event.ENDING, Event.LEFT, Event.COMPLETED}),
    Event.NOT_STARTED: frozenset({Event.STARTED}),
}
#: corrections: they are news only for a client who was told otherwise
PUTS_RIGHT = frozenset({Event.STAYS, Event.NOT_STARTED})
