"""What a site's robots.txt lets us fetch (RFC 9309)."""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

from sayso.research.fetching import Fetched
from sayso.research.source import SourceError

NAME = "sayso"
MOST = 512 * 1024
"""Bytes that are read of one; the RFC wants 500 KiB at least."""

_NOTHING = b"User-agent: *\nDisallow: /"
_AGE, _AGE_OF_NONE = 86_400.0, 300.0
"""Seconds for which rules are good, and for which a site is left alone whose rules cannot be had."""
_MOST_SITES = 500
_ESCAPED = re.compile(r"%[0-9a-fA-F]{2}")


class Robots:
    """The rules of one robots.txt for us: those of the group that names us, else those for everybody.

    Args:
        text: of the file.
        name: ours.
    """

    def __init__(self, text: str, name: str = NAME) -> None:
        ours: list[tuple[str, bool]] = []
        everybodys: list[tuple[str, bool]] = []
        named = False
        into: list[list[tuple[str, bool]]] = []
        between = True
        for line in text.removeprefix("\ufeff").splitlines():
            field, _, value = line.partition("#")[0].partition(":")
            field, value = field.strip().lower(), value.strip()
            if field == "user-agent":
                into = into if not between else []
                between = False
                agent = re.match(r"[a-zA-Z_-]*", value)
                if agent and agent.group().lower() == name:
                    named = True
                    into.append(ours)
                elif value == "*":
                    into.append(everybodys)
            elif field in ("allow", "disallow"):
                between = True
                for rules in into:
                    if value:
                        rules.append((_normal(value), field == "allow"))
        self._rules = ours if named else everybodys

    def allows(self, address: str) -> bool:
        """Whether we may fetch `address`, of the site whose file this is. The longest rule that fits decides; of two
        that are as long, the one that allows."""
        parts = urlsplit(address)
        path = _normal((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
        if path == "/robots.txt":
            return True
        fitting = [(len(rule), allowed) for rule, allowed in self._rules if _fits(rule, path)]
        return max(fitting, default=(0, True))[1]


Fetch = Callable[[str], Awaitable[Fetched]]


class SiteRules:
    """The rules of sites, each asked for once a day.

    Args:
        fetch: gets an address; may raise `SourceError`.
    """

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._sites: dict[str, _Site] = {}

    async def allow(self, address: str) -> bool:
        """Whether we may fetch `address`. Where its site has no such file, everything is allowed; where it cannot be
        had, nothing is (RFC 9309, 2.3.1). Never raises."""
        parts = urlsplit(address)
        origin = f"{parts.scheme}://{parts.netloc}"
        if len(self._sites) > _MOST_SITES:
            self._sites = {key: site for key, site in self._sites.items() if site.turn.locked()}
        site = self._sites.setdefault(origin, _Site())
        async with site.turn:
            if site.rules is None or time.monotonic() > site.until:
                try:
                    answer = await self._fetch(f"{origin}/robots.txt")
                    text, age = (answer.body, _AGE) if answer.status == 200 else (b"", _AGE)
                    if answer.status >= 500:
                        text, age = _NOTHING, _AGE_OF_NONE
                except SourceError:
                    text, age = _NOTHING, _AGE_OF_NONE
                site.rules, site.until = Robots(text[:MOST].decode("utf-8", "replace")), time.monotonic() + age
        return site.rules.allows(address)


@dataclass(slots=True)
class _Site:
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    rules: Robots | None = None
    until: float = 0.0


def _normal(path: str) -> str:
    """With the same characters escaped on both sides."""
    known = _ESCAPED.sub(lambda match: match.group().upper(), path)
    return quote(known, safe="/?=&*$%:@!'()+,;~-._#[]")


def _fits(rule: str, path: str) -> bool:
    # Parts between stars are looked for one after the other: no rule can be slow, whatever is in it.
    ends = rule.endswith("$")
    first, *parts = rule.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    for part in parts[:-1]:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    if not parts:
        return not ends or at == len(path)
    if ends:
        return path.endswith(parts[-1]) and len(path) - len(parts[-1]) >= at
    return path.find(parts[-1], at) >= 0
