"""E-mail over SMTP."""

import contextlib
import socket
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Literal

import aiosmtplib
from pydantic import SecretStr

from sayso.notify.port import Unsent
from sayso.notify.wording import Links, facts, headline, invitation, one_line
from sayso.protocol.notification import Notification
from sayso.storage.outbox import Channel

WHOLE = 20.0
"""Seconds that each answer of the server may take."""
GOODBYE = 2.0
"""Seconds for its last one, once it has the mail."""

Encryption = Literal["starttls", "tls", "none"]


@dataclass(frozen=True)
class MailServer:
    """Attributes:
    encryption: `starttls` insists on it, `tls` begins with it.
    sender: the address that mail comes from.
    """

    host: str
    port: int
    encryption: Encryption
    sender: str
    user: str | None = None
    password: SecretStr | None = None
    trusted: ssl.SSLContext | None = None
    """Whose certificates are believed; by default those that the system trusts."""


class MailSender:
    """Sends each message to one address."""

    def __init__(self, server: MailServer, links: Links) -> None:
        self._server = server
        self._links = links

    async def send(self, channel: Channel, message_id: str, notification: Notification) -> None:
        """See `Sender.send`. The mail's id is made of the message's, so that it is the same at every attempt."""
        server = self._server
        message = mail(notification, self._links.to(notification.data), server.sender, channel.address, message_id)
        client = _client(server)
        try:
            await client.connect()
            await client.send_message(message)
            # It is taken: what becomes of the goodbye is nothing that another attempt would be for.
            with contextlib.suppress(aiosmtplib.SMTPException, OSError):
                await client.quit(timeout=GOODBYE)
        except aiosmtplib.SMTPAuthenticationError as error:
            raise Unsent("the mail server does not take the password (SAYSO_SMTP_USER, SAYSO_SMTP_PASSWORD)") from error
        except aiosmtplib.SMTPResponseException as error:
            raise Unsent(f"the mail server answered {error.code}") from error
        except aiosmtplib.SMTPRecipientsRefused as error:
            raise Unsent("the mail server refuses the address") from error
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
            raise Unsent(_failure(error)) from error
        finally:
            client.close()


def _client(server: MailServer) -> aiosmtplib.SMTP:
    encrypted = server.encryption != "none"
    return aiosmtplib.SMTP(
        hostname=server.host,
        port=server.port,
        username=server.user,
        password=server.password.get_secret_value() if server.password else None,
        use_tls=server.encryption == "tls",
        start_tls=server.encryption == "starttls",
        tls_context=(server.trusted or ssl.create_default_context()) if encrypted else None,
        # Without a look-up of its own, which may take as long as it likes.
        local_hostname=socket.gethostname() or "localhost",
        timeout=WHOLE,
    )


def mail(notification: Notification, link: str | None, sender: str, to: str, message_id: str) -> EmailMessage:
    """The mail. Lines are broken nowhere but here, whatever the question holds."""
    data, domain = notification.data, sender.rpartition("@")[2]
    title, question = headline(notification), one_line(data.question)
    message = EmailMessage(policy=SMTP)
    message["From"] = f"Sayso <{sender}>"
    message["To"] = to
    message["Subject"] = f"{title}: {one_line(question, 120)}" if question else title
    message["Date"] = format_datetime(datetime.now(UTC))
    message["Message-ID"] = f"<{message_id}@{domain}>"
    if data.run_id:
        # Never sent itself; what is about the same run is shown together.
        message["References"] = f"<{data.run_id}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    lines = [f"{title}.", ""]
    lines += [f"> {question}", ""] if question else []
    lines += [f"{name}: {value}" for name, value in facts(notification)]
    lines += ["", f"{invitation(notification)}: {link}"] if link else []
    message.set_content("\n".join(lines) + "\n")
    return message


def _failure(error: Exception) -> str:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return "the mail server's certificate is not trusted"
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, TimeoutError | aiosmtplib.SMTPTimeoutError):
        return "the mail server took too long to answer"
    if isinstance(error, OSError | aiosmtplib.SMTPConnectError):
        return "the mail server cannot be reached"
    return f"the mail server cannot be used ({type(error).__name__})"
