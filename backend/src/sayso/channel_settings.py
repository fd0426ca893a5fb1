"""Settings of what is told elsewhere: webhooks, Slack, e-mail. `.env.example` describes each."""

import base64
import binascii
import ipaddress
import re
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode

Names = Annotated[tuple[str, ...], NoDecode]
_LEAST_SECRET = 24
"""Bytes of a secret; the standard wants so many."""
_PORTS = {"starttls": 587, "tls": 465, "none": 25}


class ChannelSettings(BaseSettings):
    webhooks: Names = ()
    webhook_secret: Annotated[SecretStr | None, Field(validate_default=True)] = None
    webhook_networks: Names = ()
    slack: Names = ()
    mail_to: Names = ()
    mail_from: Annotated[str | None, Field(validate_default=True)] = None
    smtp_host: Annotated[str | None, Field(validate_default=True)] = None
    smtp_port: Annotated[int | None, Field(ge=1, le=65535)] = None
    smtp_encryption: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str | None = None
    smtp_password: SecretStr | None = None

    @field_validator("webhooks", "webhook_networks", "slack", "mail_to", mode="before")
    @classmethod
    def _listed(cls, value: Any) -> Any:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("webhooks", "slack")
    @classmethod
    def _urls(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(check_url(url) for url in value)

    @field_validator("webhook_secret")
    @classmethod
    def _signs(cls, value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        if value is None:
            if info.data.get("webhooks"):
                raise ValueError("what goes to SAYSO_WEBHOOKS is signed, so set a secret like whsec_ and base64")
            return None
        try:
            key = base64.b64decode(value.get_secret_value().removeprefix("whsec_"), validate=True)
        except (binascii.Error, ValueError):
            key = b""
        if len(key) < _LEAST_SECRET:
            raise ValueError(f"use whsec_ and {_LEAST_SECRET} random bytes or more as base64")
        return value

    @field_validator("webhook_networks")
    @classmethod
    def _webhook_networks_named(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for network in value:
            try:
                ipaddress.ip_network(network)
            except ValueError as error:
                raise ValueError(f"{network} is no network; write it like 10.1.0.0/16 or 127.0.0.1") from error
        return value

    @field_validator("mail_to")
    @classmethod
    def _recipients(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(check_mail_address(address) for address in value)

    @field_validator("mail_from")
    @classmethod
    def _sender(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is None and info.data.get("mail_to"):
            raise ValueError("set the address that mail to SAYSO_MAIL_TO comes from")
        return check_mail_address(value) if value is not None else None

    @field_validator("smtp_host")
    @classmethod
    def _has_a_server(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is None and info.data.get("mail_from"):
            raise ValueError("name the server that mail is handed to")
        return value

    @field_validator("smtp_password")
    @classmethod
    def _encrypted(cls, value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        if value is not None and info.data.get("smtp_encryption") == "none":
            raise ValueError("a password is sent encrypted only; set SAYSO_SMTP_ENCRYPTION to starttls or tls")
        return value

    @property
    def mail_port(self) -> int:
        return self.smtp_port or _PORTS[self.smtp_encryption]


def check_url(url: str) -> str:
    """`url`, which is one of the web.

    Raises:
        ValueError: it is none, fit to show.
    """
    try:
        parts = urlsplit(url)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        fine = False
    if not fine or not url.isascii() or not url.isprintable() or " " in url or len(url) > 2_000:
        raise ValueError("use an address that begins with https:// (or http:// in a network of your own)")
    if parts.username is not None or parts.password is not None:
        raise ValueError("an address may not carry a user and a password")
    return url


def check_mail_address(address: str) -> str:
    """`address`, which is a plain one.

    Raises:
        ValueError: it is none, fit to show.
    """
    if not re.fullmatch(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*", address):
        raise ValueError(f"{address!r} is no mail address; write it like team@example.org")
    return address
