"""Where a webhook may lead to: addresses of the public Internet, and those of one's own networks that were named.

A name is resolved once, and what it resolves to is checked and connected to: there is no second look-up in which a name
server could answer otherwise (DNS rebinding).
"""

import asyncio
import ipaddress
import socket
from collections.abc import Iterable

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class NotAllowed(Exception):
    """The address must not be reached. The message says why, fit to show."""


class Addresses:
    """Resolves names.

    Args:
        own: networks that may be reached besides the public Internet, and without TLS.
    """

    def __init__(self, own: Iterable[Network] = ()) -> None:
        self._own = tuple(own)

    async def of(self, host: str, port: int, *, encrypted: bool) -> str:
        """The address to connect to, as text.

        Raises:
            NotAllowed: one of the addresses of `host` is private and was not named, or is public and would be spoken to
                without TLS.
            OSError: it has none.
        """
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
        for address in addresses:
            self._check(address, encrypted=encrypted)
        return str(addresses[0])

    def _check(self, address: Address, *, encrypted: bool) -> None:
        inner = _inner(address)
        if any(each in network for each in (address, inner) for network in self._own):
            return
        if not _public(inner) or not _public(address):
            raise NotAllowed("its address is private; name its network in SAYSO_WEBHOOK_NETWORKS if that is meant")
        if not encrypted:
            raise NotAllowed("http:// would send it unencrypted over the Internet; use https://")


def _public(address: Address) -> bool:
    site_local = isinstance(address, ipaddress.IPv6Address) and address.is_site_local
    # What carries an IPv4 address is judged by that one.
    carries = _inner(address) != address
    return carries or (address.is_global and not address.is_multicast and not site_local)


def _inner(address: Address) -> Address:
    """The IPv4 address that an IPv6 address leads to, where it does."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None) or address
