"""MCP servers as sources are named by settings: `name=https://host/mcp#tool`, or a command in place of the address."""

import re
import shlex
from dataclasses import dataclass, field
from urllib.parse import urlsplit

_NAMED = re.compile(r"([a-z][a-z0-9_-]{0,30})=([^\s#][^#]*?)\s*(?:#\s*([\w./-]{1,128}))?")


@dataclass(frozen=True, slots=True)
class McpServer:
    """One server and the tool of it that searches.

    Attributes:
        name: of the source.
        address: an http(s) address, or a command line.
        tool: left out, the only one that it has, or the one that is called a search.
        token: for its `Authorization` header; never shown.
    """

    name: str
    address: str
    tool: str | None = None
    token: str | None = field(default=None, repr=False)

    @classmethod
    def parse(cls, text: str) -> "McpServer":
        """A server as `SAYSO_MCP` names it.

        Raises:
            ValueError: it does not read like one, fit to show.
        """
        match = _NAMED.fullmatch(text.strip())
        if not match:
            raise ValueError(f"{text[:100]} does not read like name=https://host/mcp#tool or name=command#tool")
        server = cls(match[1], match[2], match[3])
        try:
            fine = bool(urlsplit(server.address).hostname) if server.is_remote else bool(server.command)
        except ValueError:
            fine = False
        if not fine:
            raise ValueError(f"{match[1]}: {match[2][:100]} is neither an address nor a command")
        return server

    @property
    def is_remote(self) -> bool:
        """Whether it is asked over HTTP; else it is a process of this machine's."""
        return self.address.startswith(("http://", "https://"))

    @property
    def command(self) -> list[str]:
        return shlex.split(self.address)

    @property
    def host(self) -> str:
        """The host of its address, or its program."""
        return urlsplit(self.address).netloc.rpartition("@")[2] if self.is_remote else self.command[0]
