"""What a robots.txt allows, by RFC 9309."""

import time

import pytest

from sayso.research.web.robots import Robots

RULES = """# a comment
User-agent: GPTBot
User-agent: Sayso
Disallow: /ours  # not this

User-agent: *
Disallow: /
"""


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/x", True),
        (RULES, "/x", True),
        (RULES, "/ours/x", False),
        (RULES, "/robots.txt", True),
        ("User-agent: sayso/0.1\nDisallow: /", "/x", False),
        ("User-agent: saysomething\nDisallow: /", "/x", True),
        ("user-agent:*\ndisallow:/a\n\nUSER-AGENT: *\nDISALLOW: /b", "/b", False),
        ("User-agent: *\nDisallow:", "/x", True),
        ("User-agent: *\nDisallow: /\nAllow: /page", "/page", True),
        ("User-agent: *\nDisallow: /page\nAllow: /page", "/page", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf?x=1", True),
        ("User-agent: *\nDisallow: /a*b*c", "/axxbyyczz", False),
        ("User-agent: *\nDisallow: /a*b*c", "/axxcyyb", True),
        ("User-agent: *\nDisallow: /x$", "/x", False),
        ("User-agent: *\nDisallow: /x$", "/xy", True),
        ("User-agent: *\nDisallow: /?q=", "/?q=1", False),
        ("User-agent: *\nDisallow: /stra%c3%9fe", "/straße", False),
        ("User-agent: *\nDisallow: /straße", "/stra%C3%9Fe", False),
        ("Disallow: /", "/x", True),
        ("\ufeffUser-agent: *\r\nSitemap: http://a/\r\nDisallow: /x", "/x", False),
        ("nonsense\n:::\nUser-agent\n*", "/x", True),
    ],
)
def test_rules(text: str, path: str, allowed: bool) -> None:
    assert Robots(text).allows(f"https://example.org{path}") is allowed


def test_no_rule_takes_long() -> None:
    robots = Robots("User-agent: *\nDisallow: /" + "*a" * 2_000 + "$")
    started = time.monotonic()
    robots.allows("https://example.org/" + "a" * 5_000)
    assert time.monotonic() - started < 5
