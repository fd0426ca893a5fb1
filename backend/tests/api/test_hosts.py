import pytest

from sayso.api.hosts import AllowedHosts, host_name


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "LocalHost:8000",
        "localhost.",
        "localhost.:8000",
        "sayso.localhost:3000",
        "127.0.0.1",
        "127.0.0.1:8000",
        "192.168.1.7:8000",
        "[::1]",
        "[::1]:8000",
        "[FE80::1]:8000",
        "sayso.example.org",
        "SAYSO.Example.ORG.:443",
    ],
)
def test_loopback_names_addresses_and_what_was_named(host: str) -> None:
    assert AllowedHosts(["Sayso.Example.org"]).allows([host])


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8000",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "notlocalhost",
        "sub.sayso.example.org",
        "sayso.example.org.evil.example",
        "127.1",
        "2130706433",
        "::1",
        "[::1",
        "[localhost]",
        "localhost:8000:8000",
        "localhost:port",
        "localhost, evil.example",
        "user@localhost",
        "localhost/",
        "",
        ".",
        ":8000",
    ],
)
def test_nothing_else(host: str) -> None:
    assert not AllowedHosts(["sayso.example.org"]).allows([host])


def test_there_is_exactly_one_host() -> None:
    assert not AllowedHosts().allows([])
    assert not AllowedHosts().allows(["localhost", "localhost"])
    assert not AllowedHosts(["*"]).allows([]), "whatever name it is"


def test_a_star_is_every_name() -> None:
    assert AllowedHosts(["*"]).allows(["evil.example:8000"])
    assert not AllowedHosts(["*"]).allows(["no name at all"])


def test_a_name_is_read_without_its_port_and_final_dot() -> None:
    assert host_name("Name.Example.:80") == "name.example"
    assert host_name("[::1]:80") == "::1"
    assert host_name("a b") is None
