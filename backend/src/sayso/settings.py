"""Settings, from the environment or `.env`. `.env.example` describes each."""

import difflib
import os
import re
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import SettingsConfigDict

from sayso.channel_settings import ChannelSettings
from sayso.errors import SettingsError
from sayso.people_settings import PeopleSettings
from sayso.protocol.usage import Budget
from sayso.source_settings import AUTO, PREFIX, Names, SourceSettings, plain

__all__ = [
    "AUTO",
    "BUNDLED",
    "CHECKOUT",
    "PAGE_PORT",
    "PREFIX",
    "Settings",
    "duration",
    "read_settings",
    "unknown_settings",
]

CHECKOUT = Path(__file__).resolve().parents[3]
"""The repository that this code runs from, if it does."""
BUNDLED = Path(__file__).resolve().parent / "bundled"
"""What a wheel carries: the page in `page`, the documentation in `docs`."""
PAGE_PORT = 3000
"""Where `next dev`, and the page of LlamaIndex's websocket demo, run."""


class Settings(PeopleSettings, ChannelSettings, SourceSettings):
    """One server's settings. An empty value is the same as none."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_ignore_empty=True, extra="ignore", populate_by_name=True
    )

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    data_dir: Path = Path("data")
    database_url: str | None = None
    concurrency: Annotated[int, Field(ge=1, le=1_000)] = 64
    takeover: Annotated[float, Field(ge=1, le=600)] = 8.0
    semantic: Path | None = None
    model: str | None = None
    allowed_hosts: Names = ()
    allowed_origins: Names = ()
    openai_api_key: Annotated[SecretStr | None, Field(validation_alias=plain("openai_api_key"))] = None
    openai_base_url: Annotated[str | None, Field(validation_alias=plain("openai_base_url"))] = None
    context_window: Annotated[int | None, Field(ge=4_096)] = None
    max_output_tokens: Annotated[int | None, Field(ge=64)] = None
    model_first_token: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 300.0
    model_silence: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 60.0
    model_stage: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 120.0
    search_rounds: Annotated[int, Field(ge=0, le=10)] = 2
    model_parallel: Annotated[int, Field(ge=1, le=32)] = 4
    judge: bool = False
    budget_tokens: Annotated[int | None, Field(ge=1)] = None
    budget_calls: Annotated[int | None, Field(ge=1)] = None
    budget_seconds: Annotated[float | None, Field(gt=0, allow_inf_nan=False)] = None
    price_in: Annotated[float | None, Field(ge=0, allow_inf_nan=False)] = None
    price_out: Annotated[float | None, Field(ge=0, allow_inf_nan=False)] = None
    page: Path | None = None
    workflows: Names = ()
    task_workflow: str = "rewrite"
    review_due: timedelta | None = None
    review_reminder: timedelta | None = None
    review_past_due: Literal["wait", "cancel"] = "wait"
    keep_records: bool = False

    @field_validator("allowed_hosts", "allowed_origins", "workflows", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("semantic")
    @classmethod
    def _there(cls, value: Path | None) -> Path | None:
        if value is not None and not value.expanduser().exists():
            raise ValueError(f"there is no file or folder {value}")
        return value.expanduser().resolve() if value else None

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str | None) -> str | None:
        if value is not None and value.startswith("postgres://"):
            value = value.replace("postgres://", "postgresql://", 1)
        if value is not None and not value.startswith(("sqlite:///", "postgresql://")):
            raise ValueError("use postgresql://USER:PASSWORD@HOST/DATABASE or sqlite:///FILE, or leave it out")
        return value

    @field_validator("openai_base_url")
    @classmethod
    def _model_address(cls, value: str | None) -> str | None:
        if value is not None and not re.match(r"https?://[^/]|(?!.*://)[\w\[]", value.strip()):
            raise ValueError("use an address such as http://127.0.0.1:11434/v1")
        return value

    @field_validator("max_output_tokens")
    @classmethod
    def _room_for_a_prompt(cls, value: int | None, info: ValidationInfo) -> int | None:
        window = info.data.get("context_window")
        if value is not None and window is not None and value > window // 2:
            raise ValueError(f"use at most half of SAYSO_CONTEXT_WINDOW, which is {window:,}; the rest is the prompt's")
        return value

    @field_validator("allowed_hosts")
    @classmethod
    def _hosts(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for host in value:
            if host != "*" and not re.fullmatch(r"[\w-]+(\.[\w-]+)*\.?", host, re.ASCII):
                raise ValueError(f"{host} is not a host name; write it like sayso.example.org, or * for every name")
        return value

    @field_validator("allowed_origins")
    @classmethod
    def _origins(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for origin in value:
            if not origin.startswith(("http://", "https://")) or origin.count("/") != 2:
                raise ValueError(f"{origin} is not an origin; write it like https://sayso.example.org")
        return value

    @field_validator("workflows")
    @classmethod
    def _named(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for entry in value:
            if not re.fullmatch(r"[\w-]+=[\w.]+:[\w.]+(\(\w+\))?", entry):
                raise ValueError(f"{entry} does not read like name=package.module:Class or name=module:Class(field)")
        return value

    @field_validator("review_due", "review_reminder", mode="before")
    @classmethod
    def _duration(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        return duration(value)

    @property
    def shared(self) -> bool:
        """Whether the database is one that several processes can share."""
        return self.database_url is not None and self.database_url.startswith("postgresql://")

    @property
    def database(self) -> Path:
        """The SQLite file, if the database is none that is shared."""
        return Path(self.database_url.removeprefix("sqlite:///")) if self.database_url else self.data_dir / "sayso.db"

    @property
    def budget(self) -> Budget:
        """What one run may ask of a model."""
        return Budget(
            tokens=self.budget_tokens,
            calls=self.budget_calls,
            seconds=self.budget_seconds,
            stage_seconds=self.model_stage,
        )

    @property
    def hosts(self) -> frozenset[str]:
        """Names that this server goes by, besides loopback names and addresses."""
        named = {urlsplit(address).hostname for address in (*self.allowed_origins, self.public_url or "")}
        return frozenset({self.host, *self.allowed_hosts} | {name for name in named if name})

    @property
    def origins(self) -> frozenset[str]:
        """Browser origins that may open a websocket or change something."""
        hosts = ("localhost", "127.0.0.1", "[::1]")
        # Whatever runs on port 3000 is trusted where nobody signs in; with a session, only who was named.
        ports = (self.port, PAGE_PORT) if self.auth == "none" else (self.port,)
        own = {f"http://{host}:{port}" for host in hosts for port in ports}
        named = {f"{parts.scheme}://{parts.netloc}" for parts in [urlsplit(self.public_url or "")] if parts.netloc}
        return frozenset(own | named | set(self.allowed_origins))


def duration(text: str) -> timedelta:
    """ "90m", "12h" or "3d" as a length of time.

    Raises:
        ValueError: it is none, fit to show.
    """
    found = re.fullmatch(r"\s*(\d+)\s*([smhd])\s*", text)
    if not found or int(found[1]) == 0:
        raise ValueError("say how long, such as 90m, 12h or 3d")
    unit = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}[found[2]]
    return timedelta(**{unit: int(found[1])})


def read_settings(**given: Any) -> Settings:
    """Settings from the environment and `.env`, with `given` on top.

    Raises:
        SettingsError: one line that names the setting and says what it should be.
    """
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        field = str(first["loc"][0]) if first["loc"] else "settings"
        plainly = field.upper().startswith(("OPENAI_", "TAVILY_", "BRAVE_"))
        name = field.upper() if plainly or field.upper().startswith(PREFIX) else PREFIX + field.upper()
        raise SettingsError(f"{name}: {first['msg'].removeprefix('Value error, ')}.") from error


def unknown_settings() -> list[str]:
    """Names in the environment that look like settings of ours but are none, with the likeliest meant."""
    known = {PREFIX + field.upper() for field in Settings.model_fields} | {"SAYSO_BACKEND"}
    lines = []
    for name in sorted(os.environ):
        if name.startswith(PREFIX) and name not in known:
            close = difflib.get_close_matches(name, known, n=1)
            lines.append(f"{name} is not a setting{f'; did you mean {close[0]}?' if close else '.'}")
    return lines
