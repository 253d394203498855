"""The candidates of every order, listed with their reasons for a person to confirm."""

from desist_chronicle.analysis.findings import Questions
from desist_chronicle.analysis.orders import candidates
from desist_chronicle.chronology import Entry, day
from desist_chronicle.course import Course
from desist_chronicle.outputs.cover import Listing, Paragraph, Piece
from desist_chronicle.outputs.rows import Wording, folded

#: so many are listed on the opening pages; the chronology marks every one
MOST_LISTED = 200


def candidate_pieces(*, course: Course, questions: Questions, wording: Wording) -> list[Piece]:
    """Return a listing for each order; nothing where no order was named."""
    pieces: list[Piece] = []
    for order in questions.orders:
        found = candidates(rows=course.corpus.rows, contacts=course.contacts, order=order)
        title = f"Candidates for a person to confirm: {wording.say(order.name)}, served {day(order.served)}"
        pieces.append(Paragraph(title, heading=True))
        if not found:
            pieces.append(Paragraph("No contact has a time from service on."))
            continue
        if len(found) > MOST_LISTED:
            pieces.append(
                Paragraph(f"The first {MOST_LISTED} of {len(found):,}; the chronology marks every one.")
            )
        rows = []
        for candidate in found[:MOST_LISTED]:
            row = wording.row(Entry(number=0, record=candidate.record, occasion=0, copies=0))
            reasons = wording.say("; ".join(candidate.reasons))
            rows.append((row.when, row.kind, folded(row.what, 160), reasons, row.exhibit, ""))
        pieces.append(Listing(_HEADINGS, _WIDTHS, tuple(rows)))
    return pieces


_HEADINGS = ("Date and time", "Kind", "What was recorded", "Why it is listed", "Exhibit", "Confirmed by, on")
_WIDTHS = (0.15, 0.08, 0.28, 0.28, 0.11, 0.1)
