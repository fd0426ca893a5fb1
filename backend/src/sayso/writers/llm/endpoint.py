"""Where a model lives: the connection to an OpenAI-compatible endpoint, and LlamaIndex's model on top of it."""

import asyncio
import re
from contextvars import ContextVar
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from sayso.writers.llm.exchange import is_json
from sayso.writers.port import WriterError

if TYPE_CHECKING:  # importing these takes a second, which a server without a model need not wait for
    from httpx import Response
    from llama_index.llms.openai import OpenAI
    from openai import AsyncOpenAI

OPENAI_URL = "https://api.openai.com/v1"
_CONNECT_SECONDS = 10.0
_NO_CHAT = re.compile(r"embed|whisper|tts|speech|audio|rerank|moderation|dall-e|image|transcri|\bbge\b|\be5\b", re.I)
_responses: ContextVar[list["Response"] | None] = ContextVar("responses", default=None)


class Endpoint:
    """An OpenAI-compatible API. The connection is made at the first use and kept until `aclose`.

    Args:
        api_key: sent as bearer token; local servers take any, or none.
        base_url: such as `http://127.0.0.1:11434/v1`, see `as_base`; `None` is OpenAI's own.
        timeout: seconds of silence after which a call has failed.
        official: whether to use LlamaIndex's class for OpenAI's own models; `None` decides by the host.
    """

    def __init__(
        self, *, api_key: str | None, base_url: str | None, timeout: float, official: bool | None = None
    ) -> None:
        self._api_key = api_key or "none"
        self._base_url, self._query = as_base(base_url or OPENAI_URL)
        self.timeout = timeout
        self.official = self.host == "api.openai.com" if official is None else official
        self._building = asyncio.Lock()
        self._client: AsyncOpenAI | None = None

    @property
    def host(self) -> str:
        """Host and port, without anything secret."""
        parts = urlsplit(self._base_url)
        return f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)

    async def models(self) -> list[str] | None:
        """Names of the models there; `None` where they are not listed, or not for this key.

        Raises:
            openai.OpenAIError: the endpoint cannot be reached, fails, or refuses the key.
        """
        import openai

        client = await self.client()
        try:
            return [model.id async for model in client.models.list()]
        except openai.APIStatusError as error:
            if error.status_code in (401, 429) or error.status_code >= 500:
                raise
            return None
        except (AttributeError, TypeError, ValueError):
            return None

    async def client(self) -> "AsyncOpenAI":
        async with self._building:
            if self._client is None:
                self._client = await asyncio.to_thread(self._connect)
            return self._client

    async def llm(self, model: str, context_window: int) -> "OpenAI":
        """LlamaIndex's object for `model`.

        Raises:
            WriterError: LlamaIndex knows that `model` has no chat completions.
        """
        return await asyncio.to_thread(self._llm, await self.client(), model, context_window)

    def watch_responses(self) -> list["Response"]:
        """A list that the HTTP responses to this task's requests are put into from now on.

        Closing LlamaIndex's iterator leaves the HTTP response open, and the model at work, until the garbage
        collector comes by; with the response at hand it can be closed at once.
        """
        seen: list[Response] = []
        _responses.set(seen)
        return seen

    async def aclose(self) -> None:
        if self._client is not None:
            await self._client.close()

    def _connect(self) -> "AsyncOpenAI":
        from httpx import Timeout
        from openai import AsyncOpenAI, DefaultAsyncHttpxClient

        timeout = Timeout(self.timeout, connect=min(self.timeout, _CONNECT_SECONDS))
        http = DefaultAsyncHttpxClient(timeout=timeout, event_hooks={"response": [_remember]})
        return AsyncOpenAI(
            api_key=self._api_key,
            base_url=self._base_url,
            default_query=self._query or None,
            timeout=timeout,
            max_retries=0,
            http_client=http,
        )

    def _llm(self, client: "AsyncOpenAI", model: str, context_window: int) -> "OpenAI":
        from llama_index.llms.openai import OpenAI
        from llama_index.llms.openai.utils import CHAT_MODELS
        from llama_index.llms.openai_like import OpenAILike  # type: ignore[import-untyped]  # ships no types

        given: dict[str, Any] = {
            "model": model,
            "api_key": self._api_key,
            "api_base": self._base_url,
            "max_retries": 0,  # `ChatModel` is the one place that asks again
            "async_openai_client": client,
        }
        try:
            if self.official and model in CHAT_MODELS:
                return OpenAI(**given)
            like: OpenAI = OpenAILike(**given, is_chat_model=True, context_window=context_window)
            return like
        except ValueError:
            raise WriterError(f"The model {model} does not speak chat completions", "set another SAYSO_MODEL") from None


def as_base(address: str) -> tuple[str, dict[str, str]]:
    """The base URL and the query of all requests, from an address as people write it: without a scheme or `/v1`, with
    the path of one call behind it, or with `?api-version=...`. Without a scheme a host of one's own network is asked
    over plain HTTP, and any other over HTTPS, since the key goes through the internet."""
    address = address.strip()
    parts = urlsplit(address if "://" in address else f"//{address}")
    if not parts.scheme:
        parts = parts._replace(scheme="http" if _own_network(parts.hostname or "") else "https")
    path = re.sub(r"/(?:chat/completions|completions|models|responses)$", "", parts.path.rstrip("/")).rstrip("/")
    return urlunsplit((parts.scheme, parts.netloc, path or "/v1", "", "")), dict(parse_qsl(parts.query))


def _own_network(host: str) -> bool:
    try:
        return ip_address(host).is_private
    except ValueError:
        return "." not in host or host.endswith((".local", ".internal", ".localhost"))


def chat_models(listed: list[str]) -> list[str]:
    """Those of `listed` that may be for chat, as their names tell."""
    return [name for name in listed if not _NO_CHAT.search(name)]


async def _remember(response: "Response") -> None:
    if is_json(response):
        # No stream, whatever was asked for: read here, while the connection is open.
        await response.aread()
    seen = _responses.get()
    if seen is not None:
        seen.append(response)
