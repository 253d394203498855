"""One measured process of a police site: `python -m tools.bench.panels_work CASES AGENCIES` prints its figures as JSON."""

import json
import resource
import sys
import time
import uuid
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from desist.partnership.panels.models import PanelMeeting

AT = datetime.now(UTC)
WORDS = " ".join(["He was told on Monday which streets he may not enter, and how he pays his fines."] * 6)
READERS = (
    "Wren",
    "Sorrel",
    "Ash",
    "Bryn",
    "Ellis",
    "Fable",
    "Hollis",
    "Merle",
    "Noor",
    "Quince",
    "Rowan",
    "Kit",
)


def _meeting(cases: int, agencies: int) -> "PanelMeeting":
    """A meeting with a released paper about each case for each agency."""
    from desist.partnership.agencies.models import Agency  # noqa: PLC0415  after setup
    from desist.partnership.panels.models import PanelMeeting, PanelPaper  # noqa: PLC0415
    from desist.partnership.referrals.models import Referral  # noqa: PLC0415
    from desist.post.models import Agreement  # noqa: PLC0415

    kept = {
        "submission": "bench",
        "kept_by": "bench",
        "kept_at": AT,
        "title": "Bench",
        "lawful_basis": "Bench",
    }
    days = {"begins_on": date(2020, 1, 1), "review_on": date(2099, 1, 1)}
    agreement = Agreement.objects.create(area="bench", parties=["bench"], purposes=["safety"], **days, **kept)
    made = {"area": "bench", "submission": "bench", "added_by": "bench", "added_at": AT}
    meeting = PanelMeeting.objects.create(
        kind="clinic",
        on=AT.date() + timedelta(days=7),
        begins=clock(14),
        place="Room 4",
        chair="bench",
        **made,
    )
    seated = []
    for number in range(agencies):
        entry = {"needs": ["money"], "phone": "01632 960000", "capacity": "free", "checked_on": AT.date()}
        entry |= {"from_programme": True, "from_advocacy": True}
        made["submission"] = f"bench-{number}"
        row = Agency.objects.create(
            name=f"Agency {number}", agreement=agreement.ref, checked_by="bench", **entry, **made
        )
        meeting.seats.create(agency=row, invited_by="bench", invited_at=AT)
        seated.append(row)
    for place in range(1, cases + 1):
        about = Referral.objects.create(
            area="bench",
            given_names="Robin",
            family_name=f"Outerwood {place}",
            started_by="bench",
            started_at=AT,
        )
        put = {"submission": f"bench-{place}", "put_by": "bench", "put_at": AT, "consultation": False}
        item = meeting.items.create(referral=about, position=place, why=WORDS, **put)
        for agency in seated:
            paper = PanelPaper(
                item=item,
                agency=agency,
                sort="paper",
                side="programme",
                purpose="safety",
                state="released",
                submission="bench",
                written_by="bench",
                released_by="other",
                written_at=AT,
                released_at=AT,
                fingerprint="0" * 64,
            )
            paper.words = WORDS
            paper.save()
    return meeting


def measure(cases: int, agencies: int) -> dict[str, float]:
    """Ask for every pack and have the worker draw them; the floor draws the same documents and keeps none."""
    from desist.partnership.panels.models import PanelPrint  # noqa: PLC0415  after setup
    from desist.partnership.panels.panel_packs import chores, commands, files  # noqa: PLC0415
    from desist.partnership.panels.panel_papers import printing  # noqa: PLC0415
    from desist.ui import documents  # noqa: PLC0415
    from desist.wall.actors import Actor, Role  # noqa: PLC0415

    meeting = _meeting(cases, agencies)
    actor = Actor(who="bench", role=Role.FORCE_LEAD, area="bench", correlation=uuid.uuid4())
    readers = [
        commands.Reader(seat.agency.ref, "programme", f"{READERS[at % 12]} {at}", "")
        for at, seat in enumerate(meeting.seats.select_related("agency"))
    ]
    words = {"title": "Bench", "foot": "Bench", "side": "Bench", "left": ""}
    part = {"heading": "Paper for the meeting", "words": WORDS.split("\n"), "fingerprint": "0" * 64}
    documents.pdf(layout=printing.LAYOUT, data={**words, "parts": [part]})  # a worker that has drawn before
    began = time.perf_counter()
    commands.order(actor=actor, meeting=meeting.ref, readers=readers, submission="bench", at=AT)
    asked, processor = time.perf_counter(), time.process_time()
    chores.draw(at=AT)
    drawn, spent = time.perf_counter(), time.process_time() - processor
    whole = files.archive(actor=actor, meeting=meeting.ref, at=AT)
    opened = time.perf_counter()
    for number in range(agencies + 1):  # each with words of its own: typst remembers what it has drawn
        own = [{**part, "words": [f"{number} {place} {WORDS}"]} for place in range(cases)]
        documents.pdf(layout=printing.LAYOUT, data={**words, "parts": own})
    floor = time.perf_counter() - opened
    if PanelPrint.objects.exclude(drawn_of="").count() != agencies + 1:
        raise SystemExit("Not every document was drawn")
    return {
        "asked": asked - began,
        "drawn": drawn - asked,
        "processor": spent,
        "opened": opened - drawn,
        "floor": floor,
        "kilobytes": len(whole) / 1000,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(measure(int(sys.argv[1]), int(sys.argv[2]))))
