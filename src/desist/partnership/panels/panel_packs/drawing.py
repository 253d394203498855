"""The documents of a meeting: what is in each, and the worker that draws them one by one.

A drawn document is handed over only while it is what its reader's colleague may see now; otherwise it is drawn anew.
"""

import hashlib
import json
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db.models import Q

from desist.partnership.panels.models import PanelMeeting, PanelPrint
from desist.partnership.panels.panel_papers import printing
from desist.partnership.panels.panel_papers.queries import pack_of
from desist.partnership.panels.policy import Action
from desist.partnership.panels.scopes import of_own_items, own_items
from desist.ui import dates, documents
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.exclusions import restricted

LAYOUT = Path(__file__).parent / "agenda.typ"


def draw(*, actor: Actor, ref: str, at: datetime) -> None:
    """Draw one document that waits, as the worker: without restricted cases. What cannot be drawn is tried when it is opened."""
    with gate.change(actor, Action.DRAW_PANEL_PACK, PanelPrint, ref, at=at) as row:
        if row.drawn_at is not None:
            return
        data = _data(row, Q(referral__ref__in=restricted()), Q(item__referral__ref__in=restricted()))
        try:
            row.file, row.drawn_of = _drawn(row, data), _key(data)
        except documents.NotMade:
            row.drawn_of = ""
        row.drawn_at = at
        row.save(update_fields=["sealed_file", "drawn_of", "drawn_at"])


def file(row: PanelPrint, *, actor: Actor) -> bytes:
    """The document as the actor may see it now. Raises documents.NotMade."""
    data = _data(row, ~own_items(actor), ~of_own_items(actor))
    return row.file if row.drawn_of == _key(data) else _drawn(row, data)


def _data(row: PanelPrint, hidden: Q, hidden_papers: Q) -> dict[str, Any]:
    """What stands in a document, without the hidden cases and the papers about them."""
    if row.copy is not None:
        return printing.data(pack_of(row.copy, ~hidden_papers))
    return _agenda(row.meeting, hidden)


def _agenda(meeting: PanelMeeting, hidden: Q) -> dict[str, Any]:
    items = meeting.items.filter(ended_at=None).exclude(hidden).select_related("referral")
    return {
        "title": f"Agenda: {meeting.get_kind_display()}, {dates.weekday(meeting.on)}, {dates.clock(meeting.begins)}",
        "place": meeting.place,
        "foot": "For the chair and the police alone. Hand it to no agency.",
        "items": [
            {
                "name": str(one.referral.name),
                "why": one.why.split("\n"),
                "review": dates.on(one.review_on) if one.review_on else "",
                "advice": one.consultation,
            }
            for one in items.order_by("position", "pk")
        ],
    }


def _drawn(row: PanelPrint, data: dict[str, Any]) -> bytes:
    return documents.pdf(layout=printing.LAYOUT if row.copy is not None else LAYOUT, data=data)


def _key(data: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(data, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
