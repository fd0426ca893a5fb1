"""Mail through a server that speaks SMTP."""

import asyncio
import ssl
from email.utils import parsedate_to_datetime

import pytest
from pydantic import SecretStr

from notify.conftest import channel
from notify.test_wording import HOSTILE
from sayso.notify import mail as module
from sayso.notify.mail import MailSender, MailServer, mail
from sayso.notify.port import Unsent
from sayso.notify.wording import Links
from sayso.protocol.notification import Notification
from sayso.storage.outbox import ChannelKind
from support.smtp_server import Manners, SmtpServer

LEGAL = channel(ChannelKind.MAIL, "legal@example.org")
LINKS = Links("https://sayso.example")


def sender(server: SmtpServer, trusted: ssl.SSLContext | None, **more: object) -> MailSender:
    given = {"encryption": "starttls", "sender": "sayso@example.org", "trusted": trusted, **more}
    return MailSender(MailServer("127.0.0.1", server.port, **given), LINKS)  # type: ignore[arg-type]  # of any value


async def refused(sender: MailSender, opened: Notification) -> str:
    with pytest.raises(Unsent) as raised:
        await sender.send(LEGAL, "msg_1", opened)
    return raised.value.why


async def test_a_mail_as_it_arrives(opened: Notification, server_tls: ssl.SSLContext, trusting: ssl.SSLContext) -> None:
    async with SmtpServer(server_tls, manners=Manners(password="secret")) as server:
        signed_in = sender(server, trusting, user="sayso", password=SecretStr("secret"))
        await signed_in.send(LEGAL, "msg_1", opened)
        await signed_in.send(LEGAL, "msg_1", opened)
    first, again = server.mails
    assert (first.sender, first.recipients) == ("sayso@example.org", ["legal@example.org"])
    assert (first.encrypted, first.user) == (True, "sayso")
    message = first.message
    assert message["Subject"] == "A decision is needed: Why do tides exist?"
    assert (message["From"], message["To"]) == ("Sayso <sayso@example.org>", "legal@example.org")
    assert message["Message-ID"] == again.message["Message-ID"] == "<msg_1@example.org>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert parsedate_to_datetime(message["Date"])
    body = message.get_content()
    for told in ("> Why do tides exist?", "Asked by: Ada", "Findings: 7 from 3 sources", "Due: 2026-11-22 12:00 UTC"):
        assert told in body.splitlines()
    assert "Decide: https://sayso.example/run/?id=r1" in body.splitlines()


async def test_tls_from_the_first_byte(
    opened: Notification, server_tls: ssl.SSLContext, trusting: ssl.SSLContext
) -> None:
    async with SmtpServer(server_tls, implicit=True) as server:
        await sender(server, trusting, encryption="tls").send(LEGAL, "msg_1", opened)
    assert server.mails[0].encrypted


async def test_without_tls_where_that_was_chosen(opened: Notification) -> None:
    async with SmtpServer() as server:
        await sender(server, None, encryption="none").send(LEGAL, "msg_1", opened)
    assert not server.mails[0].encrypted


async def test_nothing_is_said_to_a_server_that_offers_no_tls(opened: Notification, trusting: ssl.SSLContext) -> None:
    async with SmtpServer(manners=Manners(password="secret")) as server:
        why = await refused(sender(server, trusting, user="sayso", password=SecretStr("secret")), opened)
    assert "cannot be used" in why or "answered 4" in why
    assert server.mails == []


async def test_a_server_whose_certificate_nobody_trusts(opened: Notification, server_tls: ssl.SSLContext) -> None:
    async with SmtpServer(server_tls) as server:
        assert "certificate" in await refused(sender(server, None), opened)
    assert server.mails == []


@pytest.mark.parametrize(
    ("manners", "said"),
    [
        (Manners(refuse={"MAIL": "451 later"}), "answered 451"),
        (Manners(refuse={"RCPT": "550 nobody here, <script>"}), "refuses the address"),
        (Manners(refuse={"DATA": "554 spam, go to http://evil.example"}), "answered 554"),
        (Manners(password="other"), "does not take the password"),
    ],
)
async def test_what_a_server_refuses(
    opened: Notification, server_tls: ssl.SSLContext, trusting: ssl.SSLContext, manners: Manners, said: str
) -> None:
    async with SmtpServer(server_tls, manners=manners) as server:
        account = {"user": "sayso", "password": SecretStr("wrong")} if manners.password else {}
        why = await refused(sender(server, trusting, **account), opened)
    assert said in why
    assert "evil" not in why
    assert "script" not in why
    assert server.mails == []


@pytest.mark.parametrize("verb", ["EHLO", "MAIL", "DATA"])
async def test_nobody_waits_for_a_slow_server(opened: Notification, verb: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WHOLE", 0.3)
    async with SmtpServer(manners=Manners(hang_on=(verb,))) as server:
        assert "too long" in await refused(sender(server, None, encryption="none"), opened)


@pytest.mark.parametrize("manners", [Manners(hang_on=("QUIT",)), Manners(refuse={"QUIT": "421 gone"})])
async def test_what_was_taken_is_sent_whatever_becomes_of_the_goodbye(
    opened: Notification, manners: Manners, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "GOODBYE", 0.3)
    async with SmtpServer(manners=manners) as server:
        await sender(server, None, encryption="none").send(LEGAL, "msg_1", opened)
    assert len(server.mails) == 1


async def test_who_is_stopped_does_not_wait_for_a_goodbye(opened: Notification) -> None:
    async with SmtpServer(manners=Manners(hang_on=("MAIL", "QUIT"))) as server:
        sending = asyncio.create_task(sender(server, None, encryption="none").send(LEGAL, "msg_1", opened))
        await server.until(lambda server: "MAIL" in server.heard)
        sending.cancel()
        async with asyncio.timeout(module.WHOLE / 2):
            await asyncio.gather(sending, return_exceptions=True)
    assert sending.cancelled()


async def test_a_server_that_is_not_there(opened: Notification) -> None:
    async with SmtpServer() as server:
        gone = sender(server, None, encryption="none")
    assert "cannot be reached" in await refused(gone, opened)


async def test_a_question_cannot_write_headers(opened: Notification) -> None:
    data = opened.data.model_copy(update={"question": HOSTILE, "asked_by": "Eve\r\nBcc: all@example.org"})
    hostile = opened.model_copy(update={"data": data})
    async with SmtpServer() as server:
        await sender(server, None, encryption="none").send(LEGAL, "msg_1", hostile)
    (envelope,) = server.mails
    assert envelope.recipients == ["legal@example.org"]
    message = envelope.message
    assert set(message.keys()) == {
        "From", "To", "Subject", "Date", "Message-ID", "References", "Auto-Submitted",
        "Content-Type", "Content-Transfer-Encoding", "MIME-Version",
    }  # fmt: skip
    assert "Bcc" in message["Subject"]
    lines = message.get_content().splitlines()
    assert sum("Bcc" in line for line in lines) == 2
    assert not any(line.startswith("Bcc") for line in lines)


def test_a_line_with_a_dot_and_a_long_question_in_many_scripts(opened: Notification) -> None:
    question = ". " + "Wie war's? なぜ？ " * 300
    data = opened.data.model_copy(update={"question": question})
    text = mail(opened.model_copy(update={"data": data}), None, "a@b.example", "c@d.example", "m").as_bytes()
    assert max(map(len, text.split(b"\r\n"))) <= 998
    assert text.isascii()
