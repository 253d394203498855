"""Candidates are listed by order with their reasons, and programs get no more messages than are said."""

import io
import json
from datetime import datetime

import pytest
from packages.chronicle.tests.casework import CASE, charted, record

from desist_chronicle.analysis.findings import Questions
from desist_chronicle.analysis.orders import Order
from desist_chronicle.outputs import candidates, case_file
from desist_chronicle.outputs.candidates import candidate_pieces
from desist_chronicle.outputs.case_file import write_case
from desist_chronicle.outputs.cover import Listing, Paragraph
from desist_chronicle.outputs.rows import Wording

ORDERS = (
    Order("No contact", datetime.fromisoformat("2024-03-02"), served_time_known=False, until=None),
    Order("Later", datetime.fromisoformat("2025-01-01"), served_time_known=False, until=None),
)
COURSE = charted(
    [
        record("one", at="2024-03-01 08:00"),
        record("two", at="2024-03-02 08:00", recipients=("Robin Example",)),
        record("three\nlines " + "x" * 300, at="2024-03-04 08:00"),
        record("", at=None, sender="", recipients=("Sam Sample",)),
    ]
)
WORDING = Wording(course=COURSE, exhibits={"a.txt": "EX/1"})


def test_each_order_has_its_candidates_or_says_that_there_is_none() -> None:
    first, listing, later, none = candidate_pieces(
        course=COURSE, questions=Questions(orders=ORDERS), wording=WORDING
    )

    assert isinstance(listing, Listing)
    assert [row[2][:9] for row in listing.rows] == ["two", "three lin"]
    assert len(listing.rows[1][2]) == 160
    assert "on the day of service, whose hour is not known: check which came first" in listing.rows[0][3]
    assert isinstance(first, Paragraph)
    assert isinstance(later, Paragraph)
    assert first.text == "Candidates for a person to confirm: No contact, served 2 Mar 2024"
    assert none == Paragraph("No contact has a time from service on.")


def test_more_candidates_than_are_listed_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "MOST_LISTED", 1)

    _, said, listing = candidate_pieces(
        course=COURSE, questions=Questions(orders=ORDERS[:1]), wording=WORDING
    )

    assert said == Paragraph("The first 1 of 2; the chronology marks every one.")
    assert isinstance(listing, Listing)
    assert len(listing.rows) == 1


@pytest.mark.parametrize(("most", "written"), [(2, 2), (9, 4)])
def test_programs_get_the_first_messages_with_their_people(
    most: int, written: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(case_file, "MOST_MESSAGES", most)
    to = io.StringIO()

    write_case(course=COURSE, case=CASE, wording=WORDING, to=to)

    nodes = json.loads(to.getvalue())["@graph"]
    messages = [one for one in nodes if one["@type"] == "uco-observable:Message"]
    facets = [one["uco-core:hasFacet"][0] for one in messages]
    assert len(messages) == written
    assert facets[0]["uco-observable:sentTime"]["@value"] == "2024-03-01T08:00:00+00:00"
    assert "uco-observable:to" in facets[1]
    if written == 4:
        assert not {"uco-observable:from", "uco-observable:sentTime"} & facets[3].keys()
