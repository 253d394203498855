"""The clock to first contact: what it counts, what it leaves out, and that it never turns red while it stands."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from desist.advocacy import rules
from desist.advocacy.clocks import Pause, first_contact

CAME = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


def test_it_counts_from_the_moment_they_came() -> None:
    clock = first_contact(received_at=CAME, pauses=[], now=CAME + hours(20))

    assert (clock.words, clock.urgency) == ("20 of 48 hours", "calm")


def test_in_its_last_twelve_hours_it_is_soon_and_after_them_late() -> None:
    soon = first_contact(received_at=CAME, pauses=[], now=CAME + hours(36))
    late = first_contact(received_at=CAME, pauses=[], now=CAME + hours(50))

    assert (soon.urgency, late.urgency) == ("soon", "late")
    assert late.words == "2 hours late (standard: 48 hours)"


def test_time_that_was_paused_is_told_apart_and_not_counted() -> None:
    pause = Pause(CAME + hours(10), CAME + hours(40))

    clock = first_contact(received_at=CAME, pauses=[pause], now=CAME + hours(50))

    assert clock.words == "20 of 48 hours, not counting 30 hours on hold"
    assert clock.urgency == "calm"


def test_a_clock_that_stands_still_is_never_red() -> None:
    pause = Pause(CAME + hours(100), None)

    clock = first_contact(received_at=CAME, pauses=[pause], now=CAME + hours(400))

    assert clock.counted > clock.limit
    assert (clock.urgency, clock.words) == ("calm", "on hold for 12 days: 2 days late when it stopped")


def test_a_clock_on_hold_says_for_how_long_and_what_is_left() -> None:
    pauses = [Pause(CAME + hours(2), CAME + hours(12)), Pause(CAME + hours(30), None)]

    clock = first_contact(received_at=CAME, pauses=pauses, now=CAME + hours(31))

    assert clock.words == "on hold for 1 hour: 28 of 48 hours left"
    begun = first_contact(received_at=CAME, pauses=pauses, now=CAME + hours(30))
    assert begun.words == "on hold: 28 of 48 hours left"


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 200), st.integers(0, 50)), max_size=4),
    st.integers(0, 400),
)
def test_what_is_counted_and_what_was_paused_never_exceed_what_passed(
    stretches: list[tuple[int, int]], now: int
) -> None:
    pauses, last = [], 0
    for gap, length in stretches:
        pauses.append(Pause(CAME + hours(last + gap), CAME + hours(last + gap + length)))
        last += gap + length

    clock = first_contact(received_at=CAME, pauses=pauses, now=CAME + hours(now))

    assert clock.counted + clock.paused == hours(now)
    assert clock.counted >= timedelta()


def test_the_rule_that_counts_is_the_newest_that_had_begun() -> None:
    older = rules.TimeLimit(date(2020, 1, 1), hours(72), "older")
    newer = rules.TimeLimit(date(2026, 1, 1), hours(48), "newer")

    assert rules.in_force((newer, older), on=date(2025, 12, 31)) is older
    assert rules.in_force((older, newer), on=date(2026, 1, 1)) is newer
    assert rules.in_force((newer,), on=date(2019, 1, 1)) is newer


def test_every_rule_says_where_it_is_written() -> None:
    assert all(rule.source for rule in rules.FIRST_CONTACT)
