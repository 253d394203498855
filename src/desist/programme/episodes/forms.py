"""What a manager fills in about an episode."""

from collections.abc import Iterable
from typing import Any

from desist.programme.episodes.queries import Candidate
from desist.ui import fields
from desist.ui.forms import Form


class Allocation(Form):
    """Who takes the person on."""

    practitioner = fields.Choice(label="Who will work with this person?", choices=[])

    def __init__(self, *args: Any, candidates: Iterable[Candidate], **kwargs: Any) -> None:  # noqa: ANN401 -- the form's own arguments
        """Only those in whose way nothing stands are offered."""
        super().__init__(*args, **kwargs)
        free = [candidate for candidate in candidates if not candidate.obstacle]
        self.offer(
            "practitioner",
            [(one.ref, one.name) for one in free],
            hints={one.ref: f"{one.profession}. {one.people} of {one.capacity} people" for one in free},
        )
