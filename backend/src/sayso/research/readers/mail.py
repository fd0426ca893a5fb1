"""Mails: the text that its sender wrote, under the sender's name, apart from what it quotes."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from functools import partial
from itertools import groupby

from sayso.language.dates import first
from sayso.research.formats import Unreadable
from sayso.research.readers.html import HtmlReader
from sayso.research.readers.outline import Outline, OutlineReader, squash
from sayso.research.readers.plaintext import add_text

_SHOWN = ("From", "To", "Cc", "Date")
_EARLIER = re.compile(r"-{3,} ?\w.*\w ?-{3,}|_{20,}")
"""The line above an earlier mail that is sent along whole."""
_QUOTED_HTML = "//blockquote | //*[contains(concat(' ', @class, ' '), ' gmail_quote ')]"
_UNQUOTED = "what it quotes of other mails is not searched"
"""Words of somebody else, which must not be told as the sender's; they have a mail of their own."""


class MailReader(OutlineReader):
    """Reads `.eml`: one message. What is attached is named, not read."""

    def outline(self, data: bytes) -> Outline:
        message = message_from_bytes(data, policy=policy.default)
        if not message.keys() or not (message["From"] or message["Subject"] or message["Date"]):
            raise Unreadable("is no mail: it has neither a sender nor a subject nor a date")
        outline = Outline()
        outline.heading(1, str(message["Subject"] or ""))
        outline.date = _date(message)
        sender = squash(str(message["From"] or "an unknown sender"))
        outline.heading(2, f"From {sender}, {outline.date}" if outline.date else f"From {sender}")
        for name in _SHOWN:
            if value := squash(str(message[name] or "")):
                outline.prose(f"{name}: {value}", tight=name != _SHOWN[0])
        _add_body(outline, message)
        attached = [part.get_filename() or "without a name" for part in message.iter_attachments()]
        if attached:
            outline.prose(f"Attachments: {', '.join(map(squash, attached))}")
            _notice(outline, "its attachments are not read")
        return outline


def _date(message: EmailMessage) -> str | None:
    try:
        moment = parsedate_to_datetime(str(message["Date"]))
    except (TypeError, ValueError):
        return None
    return first([f"{moment:%Y-%m-%d}"])


def _add_body(outline: Outline, message: EmailMessage) -> None:
    body = message.get_body(("plain", "html"))
    if body is None:
        return
    try:
        text = str(body.get_content())
    except LookupError:
        # It names an encoding that nobody knows.
        payload = body.get_payload(decode=True)
        text = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    if body.get_content_subtype() == "html":
        if HtmlReader().add(outline, text.encode("utf-8", "ignore"), without=_QUOTED_HTML):
            _notice(outline, _UNQUOTED)
        return
    lines = text.replace("\r\n", "\n").split("\n")
    end = next((at for at, line in enumerate(lines) if _EARLIER.fullmatch(line.strip())), len(lines))
    for quoted, part in groupby(lines[:end], lambda line: line.startswith(">")):
        (outline.aside if quoted else partial(add_text, outline))("\n".join(part))
    outline.aside("\n".join(lines[end:]))
    if end < len(lines) or any(line.startswith(">") for line in lines):
        _notice(outline, _UNQUOTED)


def _notice(outline: Outline, said: str) -> None:
    outline.notice = f"{outline.notice}; {said}" if outline.notice else said
