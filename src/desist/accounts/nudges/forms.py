"""The choice of e-mails."""

from collections.abc import Mapping, Sequence
from typing import Any

from desist.ui import fields
from desist.ui.forms import Form


class Choice(Form):
    """The kinds that one's role can get; none is an answer too."""

    wanted = fields.Choices(label="Send me an e-mail when", choices=[], required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        kinds: Sequence[tuple[str, str]],
        wanted: Sequence[str],
    ) -> None:
        """`kinds` are those of the role, `wanted` those that are sent now."""
        super().__init__(data, initial={"wanted": list(wanted)})
        self.offer("wanted", kinds)
