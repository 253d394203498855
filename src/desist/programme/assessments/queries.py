"""How far a person's assessment is, and its parts."""

from django.db.models import OuterRef, Subquery

from desist.programme.assessments.models import HOLDING, Assessment
from desist.programme.assessments.records import FIELDS, TITLES, Words


def parts(words: Words) -> tuple[tuple[str, str], ...]:
    """Every part of an assessment with its title."""
    return tuple((TITLES[name], getattr(words, name)) for name in FIELDS)


def stands(episode: OuterRef) -> Subquery:
    """Return how far an assessment of an episode with this key is: a finished one before one that waits."""
    held = Assessment.objects.filter(HOLDING, episode=episode).order_by("-state")
    return Subquery(held.values("state")[:1])
