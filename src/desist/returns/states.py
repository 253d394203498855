"""The codes of a return that both sides know."""

from django.db.models import TextChoices


class Moved(TextChoices):
    """What became of the quarter before since it was returned. It names no number: a few people more are a few people."""

    FIRST = "first", "No return of the quarter before was sent, so there is nothing to compare"
    SAME = "same", "Every figure of the quarter before is what it was"
    A_FEW = "a_few", "Figures of the quarter before have moved since, none of them by 10 or more"
    MORE = "more", "A figure of the quarter before has moved by 10 or more since: a correction follows"
    OTHERWISE = (
        "otherwise",
        "The quarter before was counted by other definitions, so the two are not compared",
    )


class Why(TextChoices):
    """Why a return is corrected or recalled."""

    LATE = "late", "Records were entered after it was counted"
    MISTAKE = "mistake", "Records were wrong when it was counted"
    DEFINITIONS = "definitions", "It was counted by the wrong definitions"
    SENT_BY_MISTAKE = "sent_by_mistake", "It was sent by mistake"
