"""Rows of quarterly returns, made alike in each zone that counts."""

import json
from datetime import date
from hashlib import sha256
from typing import Any

from desist.post.models import Partner
from desist.references import reference
from desist.returns import definitions
from desist.sites import Zone


def counted(side: Zone, *, leaves: str, **fields: Any) -> dict[str, Any]:
    """Return the columns of a return in which all is nought and `leaves` alone leaves, changed by `fields`."""
    edition = definitions.newest(side)
    counts = json.dumps({"counts": dict.fromkeys(sorted(edition.names), 0), "days": {}})
    return {
        "number": 1,
        "definitions": edition.version,
        "complete": True,
        "counts": counts,
        "digest": sha256(counts.encode()).hexdigest(),
        "leaves": json.dumps({"figures": [leaves], "days": []}),
        "moved": "first",
        "moves": "[]",
        "submission": reference(),
        "counted_by": "carol",
        **fields,
    }


def as_far_as_they_can_be(factories: Any, *, by: str, moved: str) -> dict[str, str]:
    """Make returns by a zone's `factories`, with questions; `by` sent one, in which the count `moved` moved."""
    Partner.objects.create(
        name="northmere-commission",
        zone="commission",
        title="Northmere Commissioner",
        transport="by_hand",
        phone="01632 960 002",
        added_at=factories.NOW,
    )
    signed = {"signed_by": "ola", "signed_at": factories.NOW}
    sent = factories.quarterly_return(
        **signed,
        state="sent",
        partner="northmere-commission",
        sent_by=by,
        sent_at=factories.NOW,
        thread="a",
        moved="a_few",
        moves=json.dumps([[moved, 24, 26]]),
        why="late",
    )
    answered = {"answer": "A room was shut.", "answered_by": by, "answered_at": factories.NOW}
    return {
        "counted": factories.quarterly_return(quarter=date(2026, 1, 1)).ref,
        "signed": factories.quarterly_return(quarter=date(2025, 10, 1), state="signed", **signed).ref,
        "sent": sent.ref,
        "asked": factories.return_question(of=sent).ref,
        "answered": factories.return_question(of=sent, **answered).ref,
    }
