import asyncio
import ipaddress
import socket
from typing import Any

import pytest

from sayso.notify.addresses import Addresses, NotAllowed

PRIVATE = [
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.9.9", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "192.0.2.1", "198.18.0.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255",
    "::", "::1", "fe80::1", "fec0::1", "fc00::1", "fd12:3456::1", "ff02::1", "2001:db8::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::1", "2002:a00:1::",
    "2001:0:4136:e378:8000:63bf:80ff:fffe",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
async def test_what_is_not_the_public_internet_is_refused(address: str) -> None:
    with pytest.raises(NotAllowed, match="private"):
        await Addresses().of(address, 443, encrypted=True)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
async def test_the_public_internet_only_with_tls(address: str) -> None:
    assert await Addresses().of(address, 443, encrypted=True) == str(ipaddress.ip_address(address))
    with pytest.raises(NotAllowed, match="unencrypted"):
        await Addresses().of(address, 80, encrypted=False)


@pytest.mark.parametrize("address", ["10.1.2.3", "::ffff:10.1.2.3", "fd00::7"])
async def test_networks_that_were_named_may_be_reached_in_the_clear(address: str) -> None:
    own = Addresses([ipaddress.ip_network("10.1.0.0/16"), ipaddress.ip_network("fd00::/8")])
    assert await own.of(address, 80, encrypted=False)
    with pytest.raises(NotAllowed):
        await own.of("10.2.0.1", 443, encrypted=True)


async def test_one_private_address_among_public_ones_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = ["8.8.8.8", "169.254.169.254"]

    async def answered(*_: Any, **__: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in answers]

    monkeypatch.setattr(asyncio.get_running_loop().__class__, "getaddrinfo", answered)
    with pytest.raises(NotAllowed):
        await Addresses().of("hooks.test", 443, encrypted=True)
    answers.pop()
    assert await Addresses().of("hooks.test", 443, encrypted=True) == "8.8.8.8"


async def test_a_name_that_does_not_exist() -> None:
    with pytest.raises(OSError, match=r".+"):
        await Addresses().of("nowhere.invalid", 443, encrypted=True)
