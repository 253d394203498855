"""The measurement of busy people: no fast refusal counts as an answer, and one error is one too many."""

import dataclasses

import pytest

from tools.bench import busy
from tools.bench.line import Answer

FAST = busy.Figures(kind="all", answers=1000, p50=80.0, p95=199.0, p99=400.0)
PLAN = {
    "session": {"programme_session": "a"},
    "people": ["k3m9"],
    "records": [{"path": "/sessions/s7/save/", "sent": {"form_version": "4"}}],
}


def answer(status: int, body: bytes = b"", head: bytes = b"") -> Answer:
    return Answer(status, head, body)


def test_it_holds_while_95_of_100_answers_come_in_time_and_none_is_wrong() -> None:
    assert busy.holds(FAST, [])
    assert not busy.holds(dataclasses.replace(FAST, p95=200.1), [])
    assert not busy.holds(FAST, ["save: 503"])


@pytest.mark.parametrize(
    ("kind", "given", "right"),
    [
        ("person", answer(200, b"<main>k3m9</main>"), True),
        ("person", answer(200, b"<main>another</main>"), False),
        ("caseload", answer(200, b"<main></main>"), True),
        ("caseload", answer(302), False),
        ("save", answer(204, head=b"HTTP/1.1 204\r\ndesist-version: 5"), True),
        ("save", answer(409), False),
    ],
)
def test_an_answer_is_what_was_asked_for(kind: str, given: Answer, right: bool) -> None:
    person = busy.Person(1, PLAN)

    assert person._is_right(kind, given, "/episodes/k3m9/") is right


def test_waits_count_from_a_moment_by_kind_and_together() -> None:
    person = busy.Person(1, PLAN)
    person.waits = [("save", 1.0, 9.0)] + [(kind, 2.0, 0.1) for kind in dict.fromkeys(busy.TURN)]

    whole, *kinds = busy._figures([person], since=1.5)

    assert (whole.kind, whole.answers, round(whole.p95)) == ("all", 5, 100)
    assert [one.answers for one in kinds] == [1, 1, 1, 1, 1]
