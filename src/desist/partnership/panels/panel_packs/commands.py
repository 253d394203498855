"""What is asked for all readers of a meeting at once: a numbered copy for each, drawn by the worker."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from desist.partnership.panels.commands import refuse_ended
from desist.partnership.panels.models import PanelMeeting, PanelPrint
from desist.partnership.panels.panel_papers.commands import number_copy
from desist.partnership.panels.policy import Action
from desist.references import reference
from desist.refusals import Refused
from desist.wall import gate
from desist.wall.actors import Actor

NOBODY = "Name at least one reader"


@dataclass(frozen=True)
class Reader:
    """Who is handed the pack of an agency's side. `field` is where the form asked for them."""

    agency: str
    side: str
    name: str
    field: str


def order(*, actor: Actor, meeting: str, readers: Sequence[Reader], submission: str, at: datetime) -> None:
    """Number a copy for each reader, and ask the worker for all of them and the agenda. Raises Refused, and then for none.

    A form that is sent twice asks once.
    """
    with gate.change(actor, Action.KEEP_PANELS, PanelMeeting, meeting, at=at) as row:
        if row.prints.filter(order=submission).exists():
            return
        refuse_ended(row)
        if not readers:
            raise Refused(NOBODY)
        asked = {"order": submission, "asked_by": actor.who, "asked_at": at}
        row.prints.create(**asked)
        for one in readers:
            try:
                copy = number_copy(
                    row, one.agency, one.side, one.name, actor=actor, submission=reference(), at=at
                )
            except Refused as refused:
                raise Refused(str(refused), field=one.field) from None
            row.prints.create(copy=copy, **asked)


def waiting() -> list[str]:
    """The references of what the worker has not drawn yet, the first asked for first."""
    return list(PanelPrint.objects.filter(drawn_at=None).order_by("pk").values_list("ref", flat=True))
