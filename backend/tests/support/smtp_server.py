"""A mail server on loopback that speaks SMTP: EHLO, STARTTLS, AUTH, MAIL, RCPT, DATA (RFC 5321, 3207, 4954)."""

import asyncio
import base64
import contextlib
import email
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default
from types import TracebackType


@dataclass
class Envelope:
    """One mail, as it was handed in."""

    sender: str = ""
    recipients: list[str] = field(default_factory=list)
    data: bytes = b""
    encrypted: bool = False
    user: str = ""

    @property
    def message(self) -> EmailMessage:
        return email.message_from_bytes(self.data, policy=default)


@dataclass
class Manners:
    """What the server insists on, and what it refuses.

    Attributes:
        refuse: replies by verb, such as `{"DATA": "451 later"}`.
        hang_on: verbs that are never answered.
    """

    offers_tls: bool = True
    password: str | None = None
    refuse: dict[str, str] = field(default_factory=dict)
    hang_on: tuple[str, ...] = ()


class SmtpServer:
    """`async with SmtpServer(tls) as server`. `implicit` begins with TLS, as on port 465."""

    def __init__(self, tls: ssl.SSLContext | None = None, *, implicit: bool = False, manners: Manners | None = None):
        self.mails: list[Envelope] = []
        self.heard: list[str] = []
        self.manners = manners or Manners()
        self.port = 0
        self._tls = tls
        self._implicit = implicit
        self._server: asyncio.Server | None = None
        self._talks: set[asyncio.Task[None]] = set()
        self._writers: list[asyncio.StreamWriter] = []
        self._changed = asyncio.Condition()

    async def __aenter__(self) -> "SmtpServer":
        tls = self._tls if self._implicit else None
        self._server = await asyncio.start_server(self._talk_with, "127.0.0.1", self.port, ssl=tls)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server
        self._server.close()
        for talk in self._talks:
            talk.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)
        # Also those of a talk that had not begun, or whose end is on its way: the loop may have no other turn for it.
        for writer in self._writers:
            writer.transport.abort()
        await asyncio.sleep(0)

    async def until(self, enough: Callable[["SmtpServer"], bool], seconds: float = 30.0) -> None:
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(lambda: enough(self))

    async def _talk_with(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # Not handed to another task: who changes to TLS has to be the one that the server called.
        task = asyncio.current_task()
        assert task
        self._talks.add(task)
        self._writers.append(writer)
        try:
            # Cancelled at the end of a test, which streams of Python 3.11 would log as a fault.
            with contextlib.suppress(
                asyncio.CancelledError, asyncio.IncompleteReadError, ConnectionError, ssl.SSLError
            ):
                await _Session(self, reader, writer).run()
        finally:
            self._talks.discard(task)
            writer.close()

    async def hear(self, verb: str) -> None:
        async with self._changed:
            self.heard.append(verb)
            self._changed.notify_all()

    async def take(self, envelope: Envelope) -> None:
        async with self._changed:
            self.mails.append(envelope)
            self._changed.notify_all()


class _Session:
    def __init__(self, server: SmtpServer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._server = server
        self._reader = reader
        self._writer = writer
        self._envelope = Envelope()
        self._encrypted = server._implicit
        self._user = ""

    async def run(self) -> None:
        await self._say("220 mail.test ESMTP")
        while True:
            line = (await self._reader.readuntil(b"\r\n")).decode().strip()
            verb, _, rest = line.partition(" ")
            verb = verb.upper()
            manners = self._server.manners
            await self._server.hear(verb)
            if verb in manners.hang_on:
                await asyncio.Event().wait()
            if verb in manners.refuse:
                await self._say(manners.refuse[verb])
                continue
            if verb == "QUIT":
                await self._say("221 bye")
                return
            handle = getattr(self, f"_{verb.lower()}", None)
            await (handle(rest) if handle else self._say("502 not known here"))

    async def _ehlo(self, _: str) -> None:
        offers = ["SIZE 1000000", "8BITMIME"]
        if self._server.manners.offers_tls and self._server._tls and not self._encrypted:
            offers.append("STARTTLS")
        if self._encrypted or self._server.manners.password is None:
            offers.append("AUTH PLAIN")
        lines = ["mail.test", *offers]
        await self._say("\r\n".join(f"250{'-' if n < len(lines) - 1 else ' '}{each}" for n, each in enumerate(lines)))

    async def _starttls(self, _: str) -> None:
        if self._server._tls is None or not self._server.manners.offers_tls:
            await self._say("454 no TLS here")
            return
        await self._say("220 go ahead")
        await self._writer.start_tls(self._server._tls)
        self._encrypted, self._user = True, ""

    async def _auth(self, rest: str) -> None:
        _, _, said = rest.partition(" ")
        _, user, password = base64.b64decode(said).decode().split("\0")
        if password != self._server.manners.password:
            await self._say("535 no")
            return
        self._user = user
        await self._say("235 yes")

    async def _mail(self, rest: str) -> None:
        if self._server.manners.password is not None and not self._user:
            await self._say("530 sign in first")
            return
        self._envelope = Envelope(rest.partition("<")[2].partition(">")[0], encrypted=self._encrypted, user=self._user)
        await self._say("250 fine")

    async def _rcpt(self, rest: str) -> None:
        self._envelope.recipients.append(rest.partition("<")[2].partition(">")[0])
        await self._say("250 fine")

    async def _data(self, _: str) -> None:
        await self._say("354 go on")
        lines: list[bytes] = []
        while (line := await self._reader.readuntil(b"\r\n")) != b".\r\n":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        self._envelope.data = b"".join(lines)
        await self._server.take(self._envelope)
        await self._say("250 taken")

    async def _say(self, line: str) -> None:
        self._writer.write(f"{line}\r\n".encode())
        await self._writer.drain()
