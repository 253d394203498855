"""How a follow-up ended, and what became known. "Not reached" does not mean that nothing happened."""

from django.db.models import TextChoices


class Outcome(TextChoices):
    """How the attempt to reach the person ended; empty while it is due. TRANSITIONS says which may follow which."""

    REACHED = "reached", "Contact made"
    NOT_REACHED = "not_reached", "Not reached"
    DECLINED = "declined", "Reached but did not want to talk"
    NOT_APPROPRIATE = "not_appropriate", "Not appropriate"


#: outcome -> those that may follow; "" is due. The practitioner may still reach a person who was not reached.
TRANSITIONS: dict[str, tuple[Outcome, ...]] = {
    "": (Outcome.REACHED, Outcome.NOT_REACHED, Outcome.DECLINED, Outcome.NOT_APPROPRIATE),
    Outcome.NOT_REACHED: (Outcome.REACHED, Outcome.NOT_REACHED, Outcome.DECLINED, Outcome.NOT_APPROPRIATE),
    Outcome.REACHED: (),
    Outcome.DECLINED: (),
    Outcome.NOT_APPROPRIATE: (),
}


class Known(TextChoices):
    """What became known of further stalking. There is no code for "none": the service cannot know that."""

    SOMETHING = "something", "Further stalking or contact, or a breach of an order"
    NOTHING = "nothing", "Those asked knew of nothing"
    NOBODY_ASKED = "nobody_asked", "Nobody was asked"


class Source(TextChoices):
    """Who was asked, or told it. The service never asks the victim's side."""

    PERSON = "person", "The person"
    POLICE = "police", "The police"
    PROBATION = "probation", "Probation"
    COURT = "court", "A court or its records"
    AGENCY = "agency", "A partner agency"


#: months after the end -> the occasion of a measure taken then
OCCASIONS = {6: "six_months", 12: "twelve_months"}
