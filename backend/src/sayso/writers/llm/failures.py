"""What went wrong with a model, in words safe to show: no key, no address with a password, no exception text."""

from collections.abc import Mapping, Set

from sayso.writers.meter import OverBudget
from sayso.writers.port import UnusableAnswer, WriterError

MAX_RETRIES = 2
MAX_WAIT = 5.0
"""Seconds. An endpoint that asks for a longer pause is given up at once."""


class Cut(Exception):
    """A stream that ended before the model said that it was done."""


class SaidError(Exception):
    """An error that came with the status of a success. `message` is what the endpoint said, never to be shown."""

    def __init__(self, message: str) -> None:
        super().__init__()
        self.message = message


class PromptCut(UnusableAnswer):
    """The endpoint has read only a part of the prompt, and answered that. Less is sent from now on."""

    def __init__(self, model: str, read: int) -> None:
        super().__init__(
            f"The server of the model {model} reads only {read:,} tokens of a prompt and leaves out the rest",
            "give it a longer context (with Ollama: num_ctx), or set SAYSO_CONTEXT_WINDOW",
        )


class ThoughtOnly(UnusableAnswer):
    """The tokens of an answer were used up by thinking."""

    def __init__(self, model: str, tokens: int) -> None:
        super().__init__(
            f"The model {model} used up its {tokens:,} tokens by thinking and gave no answer",
            "set a higher SAYSO_MAX_OUTPUT_TOKENS, or let it think less",
        )


class OutOfBudget(WriterError):
    """The run's budget does not allow the call."""


class Busy(WriterError):
    """The endpoint has, or seems to have, too much to do: later, or with fewer calls side by side, it may answer."""


def status_of(error: Exception) -> int | None:
    """The HTTP status that `error` is about."""
    status = getattr(error, "status_code", None)
    return status if isinstance(status, int) else None


def details_of(error: Exception) -> str:
    """What the endpoint said, in lower case, to decide by and never to show."""
    return f"{getattr(error, 'message', '')} {getattr(error, 'body', '')}".lower()


def retry_delay(error: Exception, retries: int) -> float | None:
    """Seconds to wait before asking again, or `None` when that is no use.

    `Retry-After` (RFC 9110, section 10.2.3) is followed when it is given in seconds and short.
    """
    import openai

    if retries >= MAX_RETRIES or isinstance(error, openai.APITimeoutError):
        return None
    status = status_of(error)
    if status == 429 and _no_quota(error):
        return None
    if not isinstance(error, openai.APIConnectionError) and status not in (408, 409, 429, 500, 502, 503, 504):
        return None
    headers: Mapping[str, str] = getattr(getattr(error, "response", None), "headers", {})
    asked = headers.get("retry-after", "")
    try:
        delay = float(asked)
    except ValueError:
        delay = 0.25 * 2**retries
    return max(delay, 0.0) if delay <= MAX_WAIT else None


def explained(error: Exception, *, model: str, host: str, seconds: float) -> WriterError:
    """The `WriterError` that names the cause and the remedy. `seconds` is how long was waited."""
    import httpx
    import openai

    status = status_of(error)
    if isinstance(error, WriterError):
        return error
    if isinstance(error, OverBudget):
        return OutOfBudget(str(error))
    remedy = ""
    if silent(error):
        said = f"The model {model} at {host} did not answer within {seconds:g} seconds."
    elif status == 401:
        said, remedy = f"{host}: the key was refused (401)", "check OPENAI_API_KEY"
    elif status == 403:
        said = f"{host}: the key may not use the model {model} (403)"
        remedy = "check OPENAI_API_KEY and SAYSO_MODEL"
    elif status == 404 and "model" not in details_of(error):
        said = f"{host} has no chat completions at this address, or no model {model} (404)"
        remedy = "check OPENAI_BASE_URL, which mostly ends in /v1, and SAYSO_MODEL"
    elif status == 404 or (status == 400 and "model" in details_of(error) and "not found" in details_of(error)):
        said = f"The model {model} is not known at {host} ({status})"
        remedy = "check SAYSO_MODEL and OPENAI_BASE_URL"
    elif status == 429 and _no_quota(error):
        said, remedy = f"The account at {host} has no quota left (429)", "check its billing"
    elif status == 429:
        said, remedy = f"{host} has too many requests to answer now (429)", "try again later"
    elif status is not None and status >= 500:
        said, remedy = f"{host} failed to answer ({status})", "try again later"
    elif status is not None and too_long(error):
        said = f"The request is too long for the model {model} ({status})"
        remedy = "choose one with a larger context"
    elif status is not None:
        said = f"{host} refused the request for the model {model} ({status})."
    elif "api-version" in details_of(error) or "api version" in details_of(error):
        said, remedy = f"{host} wants to be told an api-version", "add ?api-version=... to OPENAI_BASE_URL"
    elif isinstance(error, SaidError) or _told_while_streaming(error):
        said = f"{host} answered with an error instead of text"
        if too_long(error):
            said, remedy = f"The request is too long for the model {model}", "choose one with a larger context"
        elif "model" in details_of(error):
            said = f"{host} answered with an error about the model {model} instead of text"
            remedy = "check SAYSO_MODEL, and the log of the model's server"
        else:
            remedy = "look into the log of the model's server"
    elif isinstance(error, (Cut, httpx.TransportError)):
        said = f"The answer of the model {model} at {host} broke off."
    elif isinstance(error, openai.APIConnectionError):
        said, remedy = f"{host} cannot be reached", "check OPENAI_BASE_URL, and that the model's server is running"
    else:
        said = f"{host} gave an answer that cannot be read as chat completions"
        remedy = "check OPENAI_BASE_URL"
    return (Busy if busy(error) or silent(error) else WriterError)(said, remedy)


def _told_while_streaming(error: Exception) -> bool:
    """Whether the endpoint sent an error amid its answer."""
    import openai

    plain = isinstance(error, openai.APIError) and status_of(error) is None
    return plain and not isinstance(error, (openai.APIConnectionError, openai.APIResponseValidationError))


def silent(error: Exception) -> bool:
    """Whether the endpoint let a request wait for too long."""
    import httpx
    import openai

    return isinstance(error, (TimeoutError, openai.APITimeoutError, httpx.TimeoutException))


def busy(error: Exception) -> bool:
    """Whether the endpoint refused a request because there are too many."""
    return status_of(error) in (429, 503) and not _no_quota(error)


def too_long(error: Exception) -> bool:
    """Whether the endpoint refused the length of the prompt."""
    said = details_of(error)
    return "context" in said and any(word in said for word in ("length", "size", "window", "exceed", "too long"))


def named_refusals(error: Exception, sent: Set[str]) -> set[str]:
    """Which of the options `sent` the endpoint refused and can do without; those that ask for a schema if it refused
    the request for no reason that we know."""
    if status_of(error) not in (400, 415, 422, 501) or too_long(error):
        return set()
    said = details_of(error)
    refused = {name for name in ("response_format", "temperature", "stream_options") if name in sent and name in said}
    if "tools" in sent and ("tool" in said or "function" in said):
        refused.add("tools")
    if "max_tokens" in sent and "max_completion_tokens" in said:
        refused.add("max_tokens")
    return refused or set(sent & {"response_format", "tools"})


def _no_quota(error: Exception) -> bool:
    return "insufficient_quota" in details_of(error)
