"""A printed pack of a panel as a PDF: every page names its number and its reader."""

from pathlib import Path
from typing import Any

from desist.partnership.panels.panel_papers.queries import Pack
from desist.ui import dates, documents

LAYOUT = Path(__file__).parent / "pack.typ"


def draw(pack: Pack) -> bytes:
    """Draw a pack. Raises documents.NotMade."""
    return documents.pdf(layout=LAYOUT, data=data(pack))


def data(pack: Pack) -> dict[str, Any]:
    """What stands in a pack, as its layout reads it."""
    left = "Papers that are no longer released, or no longer heard, are left out." if pack.left_out else ""
    return {
        "title": f"{pack.meeting.get_kind_display()}, {dates.on(pack.meeting.on)}",
        "foot": f"Copy {pack.number}, for {pack.reader}, {pack.agency}. Hand it back after the meeting.",
        "side": pack.side,
        "left": left,
        "parts": [
            {"heading": heading, "words": words.split("\n"), "fingerprint": fingerprint}
            for heading, words, fingerprint in pack.parts
        ],
    }
