"""All documents of a meeting as one archive, as the colleague who opens it may see them now."""

import io
from datetime import datetime
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from desist.partnership.panels.models import PanelMeeting
from desist.partnership.panels.panel_packs import drawing
from desist.partnership.panels.panel_packs.queries import latest
from desist.partnership.panels.policy import Action
from desist.refusals import Refused
from desist.ui import documents
from desist.wall import gate
from desist.wall.actors import Actor

NONE = "Nothing was asked for yet: name the readers first"
NOT_MADE = "A document cannot be drawn. Print the copies one by one, and tell your administrator"


def archive(*, actor: Actor, meeting: str, at: datetime) -> bytes:
    """The agenda and every copy that was asked for last, as one ZIP file. Raises Refused."""
    row = gate.open(actor, Action.KEEP_PANELS, PanelMeeting, meeting, at=at).get()
    found = latest(row)
    if not found:
        raise Refused(NONE)
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_STORED) as zipped:
        for one in found:
            name = f"copy-{one.copy.number}.pdf" if one.copy else "agenda.pdf"
            try:
                zipped.writestr(ZipInfo(name), drawing.file(one, actor=actor))
            except documents.NotMade:
                raise Refused(NOT_MADE) from None
    return made.getvalue()
