"""The words of the other side that may not be raised: no report repeats them."""

from desist.programme.episodes.models import Episode


def texts(episode: Episode) -> tuple[str, ...]:
    """Return the words of disclosures about this person that do not allow raising."""
    told = episode.referral.disclosures.filter(may_be_raised=False).exclude(words="")
    return tuple(told.values_list("words", flat=True))
