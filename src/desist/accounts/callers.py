"""The origin of a request: the host that it asks, and the network address under which it is counted."""

import ipaddress
import os
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from desist.accounts import devices
from desist.accounts.devices import Device
from desist.accounts.factors.passkeys import Host


@dataclass(frozen=True)
class Caller:
    """The host and the network address of a request at the entrance."""

    host: Host
    address: str
    device: Device = devices.NEVER_SEEN


def host(request: HttpRequest) -> Host:
    """The name by which the request asks for this site; Django has refused every name but the site's own."""
    return Host(request.get_host(), f"Desist, {settings.DESIST_SITE_NAME}")


def caller(request: HttpRequest) -> Caller:
    """The host and the address. Behind a proxy (DESIST_PROXY=1) it is the last one the proxy names."""
    address = request.META.get("REMOTE_ADDR", "")
    if os.environ.get("DESIST_PROXY") == "1":
        address = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return Caller(host(request), counted(address), devices.of(request))


def counted(address: str) -> str:
    """The address under which attempts are counted: IPv6 by the network that one line gets, else "unknown"."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if found.version == 6 and found.ipv4_mapped is None:
        return str(ipaddress.ip_network((int(found), 64), strict=False))
    return str(getattr(found, "ipv4_mapped", None) or found)
