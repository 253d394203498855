"""A parent of children: what it loads they share, who dies is started again, and with it they all end."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from tests.processes import title

from desist import pulse
from desist.running import children
from desist.running.children import Child, fork, keep

pytestmark = pytest.mark.processes


def loaded(folder: Path) -> None:
    (folder / "loaded").write_text(str(os.getpid()))


def sit(mark: Path) -> None:
    mark.write_text(str(os.getpid()))
    time.sleep(60)


def sit_and_beat(mark: Path) -> None:
    pulse.start(lambda: True)
    sit(mark)


def child(folder: Path, name: str, run: Callable[[], None]) -> Child:
    return Child(name, run, {}, folder / f"{name}.log")


def number_in(path: Path, *, other_than: int = 0) -> int:
    """The process id that a file holds, once it holds another than this one."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        if path.exists() and (text := path.read_text()) and int(text) != other_than:
            return int(text)
        time.sleep(0.05)
    raise AssertionError(f"{path.name} never came")


def is_gone(pid: int) -> bool:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def parent(tmp_path: Path) -> Iterator[int]:
    """A parent of two."""
    below = [child(tmp_path, name, partial(sit, tmp_path / name)) for name in ("web", "worker")]
    pid = fork(child(tmp_path, "site", partial(keep, below, load=partial(loaded, tmp_path))))
    yield pid
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def test_what_is_loaded_is_loaded_once_before_the_children(parent: int, tmp_path: Path) -> None:
    number_in(tmp_path / "web")

    assert number_in(tmp_path / "loaded") == parent


def test_who_dies_is_started_again(parent: int, tmp_path: Path) -> None:
    first = number_in(tmp_path / "web")

    os.kill(first, signal.SIGKILL)

    assert number_in(tmp_path / "web", other_than=first) != first


def test_when_the_parent_is_killed_its_children_end(parent: int, tmp_path: Path) -> None:
    pids = [number_in(tmp_path / name) for name in ("web", "worker")]

    os.kill(parent, signal.SIGKILL)

    assert all(is_gone(pid) for pid in pids)


def test_when_the_parent_is_asked_to_stop_it_stops_its_children_first(tmp_path: Path) -> None:
    below = [child(tmp_path, "web", partial(sit, tmp_path / "web"))]
    pid = fork(child(tmp_path, "site", partial(keep, below, load=partial(loaded, tmp_path))))
    web = number_in(tmp_path / "web")

    os.kill(pid, signal.SIGTERM)

    assert os.waitpid(pid, 0)[1] == 0
    assert is_gone(web)


def test_each_child_has_a_name_of_its_own(tmp_path: Path) -> None:
    told = {"DESIST_SITE": "north"}
    pid = fork(Child("north-worker", partial(sit, tmp_path / "up"), told, tmp_path / "log"))
    number_in(tmp_path / "up")
    named = title(pid)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)

    assert named == "desist north worker"


def test_who_falls_silent_is_replaced_and_its_neighbour_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(children, "SILENCE", 3.0)
    below = [child(tmp_path, name, partial(sit_and_beat, tmp_path / name)) for name in ("web", "worker")]
    pid = fork(child(tmp_path, "site", partial(keep, below, load=partial(loaded, tmp_path))))
    try:
        web, worker = (number_in(tmp_path / name) for name in ("web", "worker"))
        time.sleep(1)  # both have been heard

        os.kill(web, signal.SIGSTOP)

        assert number_in(tmp_path / "web", other_than=web) != web
        assert is_gone(web)
        assert number_in(tmp_path / "worker") == worker
        os.kill(worker, 0)
    finally:
        os.kill(pid, signal.SIGTERM)
        os.waitpid(pid, 0)
