"""What is kept is shown: a field that no page, report, envelope or file shows stands with its reason in unshown.csv."""

import csv

import pytest
from tests.reference.shown import Reader, reader, readers, unshown
from tests.rules.code import ROOT, Module

from desist.desk.models import Alert, DutyNumber
from desist.partnership.models import IdentityDecision
from tools.reference import data

LISTED = ROOT / "tests" / "reference" / "unshown.csv"
QUERIES = "from desist.desk.duty.models import DutyNumber\n\ndef numbers(rows): return [{}]"


def listed() -> dict[str, str]:
    """Field -> why nothing shows it."""
    with LISTED.open(encoding="utf-8", newline="") as lines:
        return {row["field"]: row["reason"] for row in csv.DictReader(lines)}


def of_duty(read: str, *, path: str = "desk/duty/queries.py") -> list[Reader]:
    """The only module that reads duty numbers, and what it reads of them."""
    return [reader(Module(path, QUERIES.format(read)))]


def test_a_field_that_nothing_shows_is_listed_with_its_reason_and_no_other_is() -> None:
    """When one is new: show it, or list it and say what it is for."""
    found = [field for model in data.models() for field in unshown(model, readers())]

    assert sorted(found) == list(listed())
    assert all(listed().values())


@pytest.mark.parametrize(
    "read", ["row.title for row in rows", "rows.values_list('-title')", "getattr(row, 'title')"]
)
def test_a_field_is_shown_where_its_name_is_read(read: str) -> None:
    assert "desk.DutyNumber.title" not in unshown(DutyNumber, of_duty(read))
    assert "desk.DutyNumber.number" in unshown(DutyNumber, of_duty(read))


@pytest.mark.parametrize(
    ("read", "path"),
    [
        ("DutyNumber(title='')", "desk/duty/queries.py"),
        ("rows.filter(title='')", "desk/duty/queries.py"),
        ("row.title", "desk/duty/forms.py"),
        ("row.title", "desk/duty/commands.py"),
    ],
)
def test_a_field_that_is_only_kept_asked_for_or_decided_by_is_not_shown(read: str, path: str) -> None:
    shown = [one for one in of_duty(read, path=path) if one.shows]

    assert "desk.DutyNumber.title" in unshown(DutyNumber, shown)


def test_a_command_that_writes_an_envelope_shows_what_it_reads() -> None:
    sends = Module(
        "desk/duty/commands.py", f"from desist.post import payloads\n{QUERIES.format('row.title')}"
    )

    assert reader(sends).shows


def test_a_module_that_does_not_know_the_model_shows_nothing_of_it() -> None:
    other = reader(Module("desk/alerts/queries.py", "def page(row): return row.title"))

    assert "desk.DutyNumber.title" in unshown(DutyNumber, [other])


def test_what_a_property_reads_is_shown_where_the_property_is() -> None:
    shown = unshown(Alert, [reader(Module("desk/alerts/queries.py", "def page(row): return row.note"))])

    assert "desk.Alert.sealed_note" not in shown


def test_a_coded_field_is_shown_in_its_words() -> None:
    words = Module("partnership/identities/queries.py", "def page(row): return row.get_told_how_display()")

    assert "partnership.IdentityDecision.told_how" not in unshown(IdentityDecision, [reader(words)])
