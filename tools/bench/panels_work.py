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
    from desist.partnership.agencies.models import Agency
    from desist.partnership.panels.models import PanelItem, PanelMeeting

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


#: what every row of the measurement says of who made it
ADDED = {"area": "bench", "added_by": "bench", "added_at": AT}


def _meeting(cases: int, agencies: int) -> "PanelMeeting":
    """A meeting with a released paper about each case for each agency."""
    from desist.partnership.panels.models import PanelMeeting  # noqa: PLC0415  after setup
    from desist.partnership.referrals.models import Referral  # noqa: PLC0415

    meeting = PanelMeeting.objects.create(
        kind="clinic",
        on=AT.date() + timedelta(days=7),
        begins=clock(14),
        place="Room 4",
        chair="bench",
        submission="bench",
        **ADDED,
    )
    seated = _agencies(meeting, agencies)
    for place in range(1, cases + 1):
        name = {"given_names": "Robin", "family_name": f"Outerwood {place}"}
        about = Referral.objects.create(area="bench", started_by="bench", started_at=AT, **name)
        put = {"submission": f"bench-{place}", "put_by": "bench", "put_at": AT, "consultation": False}
        item = meeting.items.create(referral=about, position=place, why=WORDS, **put)
        for agency in seated:
            _paper(item, agency)
    return meeting


def _agencies(meeting: "PanelMeeting", agencies: int) -> "list[Agency]":
    """The agencies at a meeting, all under one agreement."""
    from desist.partnership.agencies.models import Agency  # noqa: PLC0415  after setup
    from desist.post.models import Agreement  # noqa: PLC0415

    kept = {"submission": "bench", "kept_by": "bench", "kept_at": AT, "title": "Bench", "area": "bench"}
    days = {"begins_on": date(2020, 1, 1), "review_on": date(2099, 1, 1)}
    agreement = Agreement.objects.create(
        parties=["bench"], purposes=["safety"], lawful_basis="Bench", **days, **kept
    )
    entry = {"needs": ["money"], "phone": "01632 960000", "capacity": "free", "checked_on": AT.date()}
    entry |= {
        "from_programme": True,
        "from_advocacy": True,
        "checked_by": "bench",
        "agreement": agreement.ref,
    }
    made = []
    for number in range(agencies):
        row = Agency.objects.create(name=f"Agency {number}", submission=f"bench-{number}", **entry, **ADDED)
        meeting.seats.create(agency=row, invited_by="bench", invited_at=AT)
        made.append(row)
    return made


def _paper(item: "PanelItem", agency: "Agency") -> None:
    """A released paper."""
    from desist.partnership.panels.models import PanelPaper  # noqa: PLC0415  after setup

    said = {"sort": "paper", "side": "programme", "purpose": "safety", "state": "released"}
    by = {"written_by": "bench", "written_at": AT, "released_by": "other", "released_at": AT}
    row = PanelPaper(item=item, agency=agency, submission="bench", fingerprint="0" * 64, **said, **by)
    row.words = WORDS
    row.save()


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
