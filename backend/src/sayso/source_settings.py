"""Settings of the sources, see `.env.example`."""

import ipaddress
import re
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AliasChoices, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode

Names = Annotated[tuple[str, ...], NoDecode]
PREFIX = "SAYSO_"
AUTO = ("auto",)
"""In place of names of sources: the library, and the web for whoever has none."""


def plain(name: str) -> AliasChoices:
    """A setting that goes by the name everybody uses, or by ours."""
    return AliasChoices(name.upper(), f"{PREFIX}{name.upper()}")


class SourceSettings(BaseSettings):
    """Where to search. A part of `sayso.settings.Settings`."""

    library: Path | None = None
    library_links: Literal["inside", "follow"] = "inside"
    sources: Names = AUTO
    contact: Annotated[str, Field(pattern=r"^[ -~]{0,200}$")] = ""
    wikipedia: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,19}$")] = "auto"
    wikipedia_url: str | None = None
    arxiv_url: str = "https://export.arxiv.org"
    searxng_url: str | None = None
    tavily_api_key: Annotated[SecretStr | None, Field(validation_alias=plain("tavily_api_key"))] = None
    brave_api_key: Annotated[SecretStr | None, Field(validation_alias=plain("brave_api_key"))] = None
    web_pages: Annotated[int, Field(ge=1, le=1_000)] = 30
    web_megabytes: Annotated[int, Field(ge=1, le=10_000)] = 30
    web_networks: Names = ()
    mcp: Names = ()
    mcp_tokens: Annotated[SecretStr | None, Field()] = None

    @field_validator("sources", "web_networks", "mcp", mode="before")
    @classmethod
    def _parts(cls, value: Any) -> Any:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("library")
    @classmethod
    def _folder(cls, value: Path | None) -> Path | None:
        if value is not None and not value.expanduser().is_dir():
            raise ValueError(f"there is no folder {value}")
        return value.expanduser().resolve() if value else None

    @field_validator("wikipedia_url", "arxiv_url", "searxng_url")
    @classmethod
    def _base(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("http://", "https://")):
            raise ValueError("use an address that begins with http:// or https://")
        return value.rstrip("/") if value else value

    @field_validator("web_networks")
    @classmethod
    def _web_networks_named(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for each in value:
            try:
                ipaddress.ip_network(each)
            except ValueError:
                raise ValueError(f"{each} is not a network; write it like 10.1.0.0/16") from None
        return value

    @field_validator("mcp_tokens")
    @classmethod
    def _tokens(cls, value: SecretStr | None) -> SecretStr | None:
        for each in value.get_secret_value().split(",") if value else ():
            if not re.fullmatch(r"\s*[a-z][a-z0-9_-]{0,30}=[!-~]+\s*", each):
                raise ValueError("write name=token for each server of SAYSO_MCP that wants one, with commas between")
        return value

    def mcp_token(self, name: str) -> str | None:
        """The token for the MCP server `name`, if it was given one."""
        told = self.mcp_tokens.get_secret_value() if self.mcp_tokens else ""
        pairs = (each.strip().partition("=") for each in told.split(","))
        return next((token for known, _, token in pairs if known == name), None)
