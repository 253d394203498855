"""What the other side told and may not be raised: no report repeats it."""

from desist.programme.episodes.models import Episode


def texts(episode: Episode) -> tuple[str, ...]:
    """The words of disclosures about this person that do not say that they may be raised."""
    told = episode.referral.disclosures.filter(may_be_raised=False).exclude(words="")
    return tuple(told.values_list("words", flat=True))
