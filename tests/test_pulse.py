"""A process is heard while it beats; one that does not is named, and never two at once."""

import os
import subprocess
import sys
import time

import pytest

from desist import pulse
from desist.pulse import Listener, Turns

LOOKS = 3


@pytest.fixture
def listener(monkeypatch: pytest.MonkeyPatch) -> Listener:
    listener = Listener(looks=LOOKS)
    monkeypatch.setenv(pulse.VARIABLE, str(listener.pipe))
    return listener


def beat_of(pid: int, listener: Listener) -> None:
    os.write(listener.pipe, pulse.NUMBER.pack(pid))


def test_who_beats_is_never_named(listener: Listener) -> None:
    for _ in range(5 * LOOKS):
        pulse.beat()
        assert listener.look() == []


def test_who_falls_silent_is_named_and_the_longest_silent_first(listener: Listener) -> None:
    beat_of(1, listener)
    listener.look()
    beat_of(2, listener)
    found = [listener.look() for _ in range(LOOKS + 1)]

    assert found == [[], [], [1], [1, 2]]


def test_who_was_never_heard_is_not_missed(listener: Listener) -> None:
    assert [listener.look() for _ in range(LOOKS + 1)] == [[]] * (LOOKS + 1)


def test_once_one_is_replaced_all_others_have_their_whole_time_again(listener: Listener) -> None:
    for pid in (1, 2):
        beat_of(pid, listener)
    while not (silent := listener.look()):
        pass
    listener.forget(silent[0])
    listener.begin_anew()

    assert [len(listener.look()) for _ in range(LOOKS)] == [0, 0, 1]


def test_a_reader_that_does_not_read_stops_nobody(listener: Listener) -> None:
    for _ in range(100_000):
        pulse.beat()

    assert listener.look() == []


def test_without_anybody_who_listens_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(pulse.VARIABLE, raising=False)

    pulse.beat()
    pulse.start(lambda: True)


def test_a_process_beats_by_itself_while_it_is_well_and_no_longer(listener: Listener) -> None:
    run = (
        "import time; from desist import pulse; pulse.EVERY = 0.01\n"
        "well = [True]; pulse.start(lambda: well[0]); time.sleep(0.2); well[0] = False; time.sleep(0.1)\n"
        "print('ill', flush=True); input()"
    )
    os.set_inheritable(listener.pipe, True)
    with subprocess.Popen(
        [sys.executable, "-c", run],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        pass_fds=[listener.pipe],
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ill\n"
        listener.look()
        silent = [listener.look() for _ in range(LOOKS)][-1]
        process.communicate("\n")

    assert silent == [process.pid]


def test_a_turn_that_takes_too_long_is_not_well(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    turns = Turns(longest=60)
    turns.begin()
    assert turns.go_on()

    now[0] += 60

    assert not turns.go_on()
