"""The settings that are about people: how they sign in, who is asked, and what each may have going."""

from ipaddress import ip_network
from typing import Annotated, Any, Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode

Most = Annotated[int, Field(ge=0)]
Names = Annotated[tuple[str, ...], NoDecode]


class PeopleSettings(BaseSettings):
    """A part of `Settings`."""

    auth: Literal["none", "tokens", "oidc", "proxy"] = "none"
    open: bool = False
    token: SecretStr | None = None
    public_url: str | None = None
    oidc_issuer: str | None = None
    oidc_client_id: str | None = None
    oidc_client_secret: SecretStr | None = None
    oidc_groups: str = "groups"
    proxies: Names = ()
    proxy_header: str = "X-Forwarded-User"
    new_role: Literal["asker", "reviewer", "admin"] = "asker"
    reviewers: Names = ()
    four_eyes: Names = ()
    max_open_runs: Most = 200
    max_runs_an_hour: Most = 500
    max_frames: Most = 50
    max_connections: Most = 100

    @field_validator("proxies", "reviewers", "four_eyes", mode="before")
    @classmethod
    def _in_parts(cls, value: Any) -> Any:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("public_url", "oidc_issuer")
    @classmethod
    def _web_address(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("http://", "https://")):
            raise ValueError("use an address that begins with http:// or https://")
        return value.rstrip("/") if value else value

    @field_validator("proxies")
    @classmethod
    def _networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for each in value:
            try:
                ip_network(each)
            except ValueError as error:
                raise ValueError(f"{each} is no address or network; write it like 10.0.0.7 or 10.0.0.0/24") from error
        return value

    @property
    def alone(self) -> bool:
        """Whether it is one's own machine: nobody signs in, and nobody else can reach it."""
        return self.auth == "none" and not self.open
