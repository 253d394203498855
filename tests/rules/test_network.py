"""No test reaches the network: a connection to anywhere but this machine is refused."""

import socket

import pytest
from pytest_socket import SocketConnectBlockedError

#: addresses that are reserved for examples (RFC 5737, RFC 3849): no machine answers there
ELSEWHERE = ["192.0.2.1", "198.51.100.1", "2001:db8::1"]


@pytest.mark.filterwarnings("ignore:A test tried to use socket")
@pytest.mark.parametrize("address", ELSEWHERE)
def test_a_connection_elsewhere_is_refused(address: str) -> None:
    with pytest.raises(SocketConnectBlockedError):
        socket.create_connection((address, 443), timeout=1)


@pytest.mark.parametrize("address", ["127.0.0.1", "localhost"])
def test_this_machine_can_be_reached(address: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection((address, server.getsockname()[1]), timeout=5).close()
