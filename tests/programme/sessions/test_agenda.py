"""The proposed agenda: most urgent first, each item with its reason, nothing of a concern for the participant."""

from datetime import date, timedelta

import pytest

from desist.programme.sessions import agenda
from desist.programme.sessions.agenda import AgendaFacts, LastSession, Target
from desist.programme.sessions.diary.commands import NotedDay
from desist.programme.sessions.diary.queries import Day

THIRD = date(2026, 3, 3)
LAST = LastSession(state="attended", on=date(2026, 2, 24))


def week(*noted: NotedDay | None) -> tuple[Day, ...]:
    return tuple(Day(THIRD + timedelta(days=number), one) for number, one in enumerate(noted))


def words(known: AgendaFacts) -> list[tuple[str, str]]:
    return [(item.words, item.reason) for item in agenda.propose(known)]


def test_the_order_is_that_of_the_targets() -> None:
    known = AgendaFacts(
        concerns_raised=(THIRD,),
        days=week(NotedDay(act="contact"), *[NotedDay(sleep_hours=3, substances=True)] * 3, None, None, None),
        last=LastSession(state="missed", on=THIRD, missed_reason="refused", skill="ride"),
        homework_done="not_done",
    )

    targets = [item.target for item in agenda.propose(known)]

    assert targets == sorted(targets, key=list(Target).index)
    assert set(targets) == set(Target)


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (
            AgendaFacts(concerns_raised=(THIRD,)),
            ("Ask about the open concern", "raised 3 March 2026 and not closed"),
        ),
        (
            AgendaFacts(days=week(NotedDay(act="near"))),
            ("Chain: went near a place of theirs", "diary of 3 March 2026"),
        ),
        (
            AgendaFacts(days=week(NotedDay(act="resisted", urge=4))),
            ("Chain of an urge resisted", "diary of 3 March 2026: urge 4 of 5"),
        ),
        (
            AgendaFacts(unfinished_chains=("Drove past",)),
            ("Finish the chain “Drove past”", "no solution recorded yet"),
        ),
        (
            AgendaFacts(days=week(NotedDay(), None, None), last=LAST),
            ("The diary", "1 of 3 days since the last session are filled in (3 March 2026 to 5 March 2026)"),
        ),
        (AgendaFacts(homework_done="partly"), ("What got in the way of the homework", "partly done")),
        (
            AgendaFacts(
                last=LastSession(state="missed", on=THIRD, missed_reason="no_word", whose_reason="person")
            ),
            ("The session that was missed", "3 March 2026: did not hear from the person"),
        ),
        (
            AgendaFacts(last=LastSession(state="missed", on=THIRD)),
            ("The session that was missed", "3 March 2026: no reason given"),
        ),
        (
            AgendaFacts(last=LastSession(state="attended", on=THIRD, minutes_late=20)),
            ("Coming late", "20 minutes on 3 March 2026"),
        ),
        (
            AgendaFacts(last=LastSession(state="attended", on=THIRD, compliance="did_not")),
            ("How we work together", "session of 3 March 2026"),
        ),
        (
            AgendaFacts(days=week(*[NotedDay(sleep_hours=4)] * 3)),
            ("Sleep", "less than 5 hours on 3 of 3 days"),
        ),
        (AgendaFacts(days=week(*[NotedDay(substances=True)] * 4)), ("Alcohol or drugs", "on 4 of 4 days")),
        (
            AgendaFacts(last=LastSession(state="attended", on=THIRD, homework_set="Call two people")),
            ("Review the homework", "set on 3 March 2026"),
        ),
        (
            AgendaFacts(last=LastSession(state="attended", on=THIRD, skill="ride")),
            ("Practise “Ride the urge” again", "last worked on 3 March 2026"),
        ),
        (AgendaFacts(planned="Wise mind"), ("Wise mind", "planned for this session")),
    ],
)
def test_what_is_known_becomes_an_item_with_its_reason(known: AgendaFacts, expected: tuple[str, str]) -> None:
    assert expected in words(known)


@pytest.mark.parametrize(
    "known",
    [
        AgendaFacts(days=week(NotedDay(act="resisted", urge=3))),
        AgendaFacts(days=week(NotedDay(sleep_hours=4), NotedDay(sleep_hours=4), NotedDay(sleep_hours=8))),
        AgendaFacts(last=LastSession(state="missed", on=THIRD, missed_reason="ill", whose_reason="service")),
        AgendaFacts(last=LastSession(state="attended", on=THIRD, minutes_late=30, whose_reason="service")),
    ],
)
def test_what_does_not_matter_or_is_not_theirs_is_no_item(known: AgendaFacts) -> None:
    assert words(known) == [("The next skill in the plan", "planned for this session")]


def test_what_the_participant_may_read_names_no_concern() -> None:
    items = agenda.propose(AgendaFacts(concerns_raised=(THIRD,), unfinished_chains=("Drove past",)))

    assert agenda.to_show(items) == "1. Finish the chain “Drove past”\n2. The next skill in the plan"


def test_nothing_that_a_participant_reads_judges_them() -> None:
    last = LastSession(state="attended", on=THIRD, compliance="did_not", minutes_late=30)

    shown = agenda.to_show(agenda.propose(AgendaFacts(last=last, homework_done="not_done")))

    assert "without working" not in shown
    assert "How we work together" in shown
