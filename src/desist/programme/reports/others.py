"""What the other side told and may not be raised: no report repeats it."""

from desist.programme.episodes.models import Episode


def texts(episode: Episode) -> tuple[str, ...]:
    """The words of disclosures about this person that do not say that they may be raised."""
    told = getattr(episode.referral, "disclosures", None)
    if told is None:
        return ()
    return tuple(told.filter(may_be_raised=False).exclude(words="").values_list("words", flat=True))
