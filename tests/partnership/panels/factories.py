"""Rows of panels for tests, each with sensible defaults. Everybody here is invented."""

import itertools
from datetime import time, timedelta
from typing import Any

from django.utils import timezone
from tests.partnership import factories

from desist.partnership.agencies.models import Agency
from desist.partnership.panels.models import (
    PanelAction,
    PanelCopy,
    PanelItem,
    PanelLink,
    PanelMeeting,
    PanelPaper,
    PanelPrint,
    PanelReader,
    PanelSeat,
)
from desist.partnership.panels.panel_papers.commands import Draft, fingerprint

AREA = factories.AREA

_numbers = itertools.count(1)


def agency(*, area: str = AREA, **fields: Any) -> Agency:
    """An agency whose sharing agreement is in force, for every purpose a test needs."""
    if "agreement" not in fields:
        kept = factories.agreement(
            area=area,
            purposes=["safety", "sessions"],
            begins_on=factories.NOW.date() - timedelta(days=900),
            review_on=factories.NOW.date() + timedelta(days=3000),
            ends_on=None,
        )
        fields["agreement"] = kept.ref
    return factories.agency(area=area, **fields)


def meeting(*, area: str = AREA, agencies: tuple[Agency, ...] = (), **fields: Any) -> PanelMeeting:
    """A stalking clinic in nine days, to which agencies are invited."""
    defaults = {
        "kind": "clinic",
        "on": timezone.localdate() + timedelta(days=9),
        "begins": time(14),
        "place": "Room 4, Northmere police station",
        "chair": "carol",
        "submission": f"meeting-{next(_numbers)}",
        "added_by": "carol",
        "added_at": factories.NOW,
    }
    made = PanelMeeting.objects.create(area=area, **defaults | fields)
    for one in agencies:
        seat(meeting=made, agency=one)
    return made


def seat(*, meeting: PanelMeeting, agency: Agency) -> PanelSeat:
    """An agency that is invited to a meeting."""
    return meeting.seats.create(agency=agency, invited_by="carol", invited_at=factories.NOW)


def item(*, meeting: PanelMeeting, **fields: Any) -> PanelItem:
    """A case on the agenda of a meeting."""
    number = next(_numbers)
    defaults = {
        "position": meeting.items.count() + 1,
        "why": "Two reports in one week",
        "consultation": False,
        "submission": f"item-{number}",
        "put_by": "carol",
        "put_at": factories.NOW,
    }
    if "referral" not in fields:
        fields["referral"] = factories.referral(area=meeting.area)
    return meeting.items.create(**defaults | fields)


def paper(
    *, item: PanelItem, agency: Agency | None = None, words: str = "Ask him about his flat.", **fields: Any
) -> PanelPaper:
    """A released paper for an agency about the person's side."""
    defaults = {
        "sort": "paper",
        "side": "programme",
        "purpose": "safety",
        "state": "released",
        "guest": "" if agency else "Sorrel Vane, Northmere probation",
        "submission": f"paper-{next(_numbers)}",
        "written_by": "carol",
        "written_at": factories.NOW,
        "released_by": "dave",
        "released_at": factories.NOW,
    }
    said = defaults | fields
    if said["state"] == "written":
        said |= {"released_by": "", "released_at": None}
    row = PanelPaper(item=item, agency=agency, **said)
    row.fingerprint = fingerprint(Draft(row.sort, row.side, row.purpose, [], "", words))
    row.words = words
    row.save()
    return row


def action(
    *, item: PanelItem, agency: Agency | None = None, words: str = "Ring the landlord.", **fields: Any
) -> PanelAction:
    """An open action of an agency, due in three weeks."""
    defaults = {
        "side": "programme",
        "account": "" if agency else "carol",
        "due_on": timezone.localdate() + timedelta(days=21),
        "submission": f"action-{next(_numbers)}",
        "given_by": "carol",
        "given_at": factories.NOW,
    }
    row = PanelAction(item=item, agency=agency, **defaults | fields)
    row.words = words
    row.save()
    row.steps.create(what="given", by="carol", at=factories.NOW)
    return row


def reader(*, meeting: PanelMeeting, account: str, **fields: Any) -> PanelReader:
    """An account that two people named to read both sides."""
    defaults = {
        "why": "Nobody else works there",
        "asked_by": "carol",
        "asked_at": factories.NOW,
        "agreed_by": "dave",
        "agreed_at": factories.NOW,
    }
    return meeting.readers.create(account=account, **defaults | fields)


def copy(*, meeting: PanelMeeting, agency: Agency, papers: tuple[PanelPaper, ...] = ()) -> PanelCopy:
    """A printed pack."""
    return meeting.copies.create(
        agency=agency,
        reader="Wren Copplestick",
        side="programme",
        number=meeting.copies.count() + 1,
        papers=[one.ref for one in papers],
        submission=f"copy-{next(_numbers)}",
        made_by="carol",
        made_at=factories.NOW,
    )


def printed(*, meeting: PanelMeeting) -> PanelPrint:
    """An agenda that the worker has not drawn yet."""
    return meeting.prints.create(order=f"order-{next(_numbers)}", asked_by="carol", asked_at=factories.NOW)


def link(*, paper: PanelPaper, **fields: Any) -> PanelLink:
    """A guest's link of which nobody knows the code."""
    number = next(_numbers)
    defaults = {
        "digest": f"{number:064d}",
        "code": "0" * 64,
        "until": timezone.now() + timedelta(days=9),
        "made_by": "carol",
        "made_at": factories.NOW,
        "submission": f"link-{number}",
    }
    return paper.links.create(**defaults | fields)
