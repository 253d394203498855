"""What the other side told and may not be raised: no report repeats it."""

from desist.programme.episodes.models import Episode


def texts(episode: Episode) -> tuple[str, ...]:
    """The words of this person's disclosures that may not be raised."""
    return ()
