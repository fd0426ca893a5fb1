"""By which names this server is spoken to.

A page anywhere can have its own name point at this machine (DNS rebinding) and then read what it likes: to the browser
it is one origin with us. What gives it away is the `Host` that the browser sends, which is that page's own name.
"""

import ipaddress
import re
from collections.abc import Iterable

EVERY = "*"


class AllowedHosts:
    """Loopback names and literal addresses, which no stranger's name server can answer for, and what was named.

    Args:
        names: further host names without a port; `*` for every name.
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names = frozenset(name.lower().removesuffix(".") for name in names)

    def allows(self, hosts: list[str]) -> bool:
        """Whether a request with these `Host` headers may come in. There has to be one, and one only."""
        name = host_name(hosts[0]) if len(hosts) == 1 else None
        if name is None:
            return False
        return is_loopback(name) or is_address(name) or name in self._names or EVERY in self._names


def host_name(host: str) -> str | None:
    """The name in a `Host` header: in lower case, without port, brackets and a final dot. None if it is no name."""
    found = re.fullmatch(r"(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::\d{0,5})?", host.lower())
    return (found[1] or found[2].removesuffix(".") or None) if found else None


def is_loopback(name: str) -> bool:
    """Whether it can only be this machine."""
    named = name == "localhost" or name.endswith(".localhost")
    return named or (is_address(name) and ipaddress.ip_address(name).is_loopback)


def is_address(name: str) -> bool:
    """Whether it is a literal IP address, which no name server is asked for."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
