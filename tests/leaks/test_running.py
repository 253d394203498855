"""Where an own area is run."""

from tools.leaks.running import _free_ports


def test_two_searches_at_once_take_different_ports() -> None:
    with _free_ports(5) as first, _free_ports(5) as second:
        assert not set(range(first, first + 6)) & set(range(second, second + 6))


def test_ports_are_free_again_afterwards() -> None:
    with _free_ports(5) as first:
        pass

    with _free_ports(5) as second:
        assert second == first
