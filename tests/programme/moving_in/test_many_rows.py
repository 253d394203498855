"""A caseload of 5,000 people in which every mistake is made twice: each is told by its row, and nothing comes in half."""

from collections.abc import Iterator
from datetime import date, timedelta
from string import ascii_lowercase

import pytest
from tests import staff
from tests.programme.moving_in.test_more_tables import (
    ANIMALS,
    CHAIN,
    DAY,
    DRINK,
    HARM,
    LINK,
    READY,
    REJECTED,
    RISK,
    ROTA,
    SIGN,
    SON,
    STEP,
)
from tests.programme.moving_in.test_moving_in import (
    CONTACT,
    GOAL,
    MEASURE,
    NOVA,
    SESSION,
    contents,
)

from desist.moving_in import commands, tables
from desist.programme.episodes.models import Episode
from desist.programme.moving_in.commands import CASELOAD
from desist.programme.moving_in.models import MoveIn
from desist.programme.referrals.models import Referral
from desist.refusals import Refused
from desist.wall.actors import Actor

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.usefixtures("own_keys", "practitioner"),
]

MANY = tables.MOST_PEOPLE
#: what is typed wrongly, and the column at which it is told; each is made in two rows
OF_PEOPLE: tuple[tuple[dict[str, str], str], ...] = (
    ({"born": "30 2 1990"}, "born"),
    ({"born": "2025-01-01"}, "born"),
    ({"born": ""}, "born"),
    ({"given_names": ""}, "given_names"),
    ({"family_name": "=1+1"}, "family_name"),
    ({"aliases": "x" * 20_001}, "aliases"),
    ({"accepted_on": "2027-01-01"}, "accepted_on"),
    ({"contact_by": "pigeon"}, "contact_by"),
    ({"route": "unknown road"}, "route"),
    ({"behaviours": "contacting; singing"}, "behaviours"),
    ({"behaviour_account": "Wrote to Xanthe every day."}, "behaviour_account"),
    ({"key": ""}, "key"),
    ({"key": "example"}, "key"),
)
OF_ROWS: tuple[tuple[str, dict[str, str], str], ...] = (
    ("sessions", {**SESSION, "minutes": "400"}, "minutes"),
    ("sessions", {**SESSION, "number": "13"}, "number"),
    ("sessions", {**SESSION, "held_time": "25:00"}, "held_time"),
    ("sessions", {**SESSION, "held_on": "2027-01-01"}, "held_on"),
    ("sessions", {**SESSION, "attendance": "missed"}, "missed_reason"),
    ("measures", {**MEASURE, "total": "99"}, "total"),
    ("measures", {**MEASURE, "instrument": "horoscope"}, "instrument"),
    ("measures", {**MEASURE, "taken_on": "2027-01-01"}, "taken_on"),
    ("goals", {**GOAL, "serves": "She lives at 12 Quarry Lane"}, "serves"),
    ("goals", {**GOAL, "state": "maybe"}, "state"),
    ("contacts", {**CONTACT, "words": ""}, "words"),
    ("risks", {**RISK, "review_on": "2026-01-06"}, "review_on"),
    ("risks", {**RISK, "tool": "dice"}, "tool"),
    ("circumstances", {**ANIMALS, "words": ""}, "words"),
    ("self_harm", {**HARM, "history": ""}, "history"),
    ("family", {**SON, "tie": "ghost"}, "tie"),
    ("coping", {**STEP, "cue": ""}, "cue"),
    ("coping", {**SIGN, "cue": "At night"}, "cue"),
    ("chains", {**CHAIN, "resisted": "perhaps"}, "resisted"),
    ("links", {**LINK, "intensity": "6"}, "intensity"),
    ("targets", {**ROTA, "name": ""}, "name"),
    ("diary", {**DAY, "own": "a lot"}, "own"),
    ("factors", {**DRINK, "until": "2027-01-24"}, "until"),
    ("types", {**REJECTED, "motive": "bored"}, "motive"),
    ("readiness", {**READY, "rated_on": "2027-01-06"}, "rated_on"),
)

Rows = list[dict[str, str]]


def words(number: int) -> str:
    """Return letters that stand for a number, as a name."""
    found = ""
    for _ in range(3):
        number, letter = divmod(number, 20)
        found += ascii_lowercase[letter]
    return f"Nova {found.capitalize()}"


def right() -> dict[str, Rows]:
    """Return tables without a mistake: everyone has a goal, and the first fifty a session."""
    people = [{**NOVA, "key": f"{one}", "given_names": words(one)} for one in range(MANY)]
    days = (date(2025, 9, 1) + timedelta(days=one) for one in range(50))
    sessions = [{**SESSION, "key": f"{one}", "held_on": f"{day}"} for one, day in enumerate(days)]
    for held in people[: len(sessions)]:
        held["practitioner"] = "Kit Marlow"
    return {"people": people, "sessions": sessions, "goals": [{**GOAL, "key": one["key"]} for one in people]}


def spoilt(said: dict[str, Rows]) -> Iterator[tuple[str, int, str]]:
    """Make every mistake twice; yield where each is told: table, row and column."""
    people, at = said["people"], 100
    for change, column in (one for one in OF_PEOPLE for _ in range(2)):
        people[at] = {**people[at], **change}
        yield "people", at + 2, column
        if "key" in change:  # the goal of the person is left over
            yield "goals", at + 2, "key"
            if people[at - 1]["key"] == change["key"]:  # the second is told with the first
                yield "people", at + 2, "key"
        if "aliases" in change:  # too long for a cell, and for this column
            yield "people", at + 2, column
        at += 1
    for same in (people[at], people[at + 2]):  # the key of the row before, and the same person again
        people[at + 1] = {**NOVA, "key": same["key"], "given_names": f"{words(at)} x"}
        yield "people", at + 3, "key"
        yield "goals", at + 3, "key"
        people[at + 4] = {**same, "key": f"again {at}"}
        yield "people", at + 6, ""
        yield "goals", at + 6, "key"
        at += 6
    for number in range(2):
        said["goals"].append({**GOAL, "key": f"nobody {number}"})
        yield "goals", MANY + 2 + number, "key"
    rows: dict[str, Rows] = {}
    for place, (sheet, row, column) in enumerate(one for one in OF_ROWS for _ in range(2)):
        listed = said.get(sheet, [])
        listed = said[sheet] = [*listed, {**row, "key": f"{1000 + place}"}]
        rows[sheet] = listed
        yield sheet, len(listed) + 1, column


def told(row: MoveIn) -> list[tuple[str, int, str]]:
    return sorted((one.sheet, one.row, one.column) for one in commands.problems(row))


def checked(boss: Actor, said: dict[str, Rows], number: int) -> MoveIn:
    """Send tables and let the worker check them."""
    ref = commands.send(CASELOAD, actor=boss, contents=contents(said), submission=f"m-{number}", at=staff.NOW)
    commands.go_on(CASELOAD, at=staff.NOW)
    return MoveIn.objects.get(ref=ref)


def test_every_mistake_twice_in_5000_rows_is_told_by_its_row_and_the_tables_are_sent_again(
    boss: Actor,
) -> None:
    wrong = right()
    expected = sorted(spoilt(wrong))

    row = checked(boss, wrong, 1)

    assert (row.state, row.done, row.total) == ("checked", MANY, MANY)
    assert told(row) == expected
    assert all(one.sentence for one in commands.problems(row))
    with pytest.raises(Refused, match="there are problems"):
        commands.bring(CASELOAD, actor=boss, ref=row.ref, at=staff.NOW)
    assert not Referral.objects.exists()

    again = checked(boss, right(), 2)
    assert told(again) == []
    commands.bring(CASELOAD, actor=boss, ref=again.ref, at=staff.NOW)
    commands.go_on(CASELOAD, at=staff.NOW)
    again.refresh_from_db()
    assert (again.state, again.done, again.counts["goal"]) == ("brought", MANY, MANY)
    assert Episode.objects.count() == MANY
    commands.take_back(CASELOAD, actor=boss, ref=again.ref, at=staff.NOW)
    assert not Referral.objects.exists()
