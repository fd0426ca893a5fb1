"""One POST to an address that somebody gave us: nothing it answers leads anywhere else, or is shown to anybody."""

import asyncio
import ssl
from collections.abc import Mapping

import httpx

from sayso import __version__
from sayso.addresses import Addresses, NotAllowed
from sayso.notify.port import Unsent

CONNECT = 5.0
"""Seconds to connect, and between two signs of life."""
WHOLE = 15.0
"""Seconds that all of it may take."""
LONGEST_WAIT = 3_600.0
"""Most seconds of a `Retry-After` that are heeded."""


class Poster:
    """Posts JSON.

    Args:
        addresses: which may be reached.
    """

    def __init__(self, addresses: Addresses) -> None:
        self._addresses = addresses
        self._tls: ssl.SSLContext | None = None

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> None:
        """Post `body`; the answer's head is all that is read.

        Raises:
            Unsent: it may not have arrived, or a 2xx did not say so.
        """
        try:
            async with asyncio.timeout(WHOLE):
                status, again = await self._post(httpx.URL(url), body, headers)
        except NotAllowed as error:
            raise Unsent(str(error)) from error
        except TimeoutError as error:
            raise Unsent("it took too long to answer") from error
        except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError, ssl.SSLError) as error:
            raise Unsent(_failure(error)) from error
        if not 200 <= status < 300:
            redirects = " (redirects are not followed)" if 300 <= status < 400 else ""
            raise Unsent(f"it answered {status}{redirects}", gone=status == httpx.codes.GONE, wait=again)

    async def _post(self, url: httpx.URL, body: bytes, headers: Mapping[str, str]) -> tuple[int, float | None]:
        encrypted = url.scheme == "https"
        address = await self._addresses.of(url.host, url.port or (443 if encrypted else 80), encrypted=encrypted)
        if self._tls is None:
            self._tls = await asyncio.to_thread(httpx.create_ssl_context)
        # The connection goes to the address that was checked; the name is for the certificate and the receiver. No
        # proxy of the environment, which would look the name up anew, and no connection that is kept for another name.
        async with httpx.AsyncClient(
            verify=self._tls, trust_env=False, follow_redirects=False, timeout=CONNECT * 2, limits=_ONE
        ) as client:
            request = client.build_request(
                "POST",
                url.copy_with(host=address),
                content=body,
                headers={
                    **headers,
                    "host": url.netloc.decode("ascii"),
                    "content-type": "application/json",
                    "user-agent": f"Sayso/{__version__}",
                },
                extensions={"sni_hostname": url.raw_host.decode("ascii"), "timeout": _TIMES},
            )
            response = await client.send(request, stream=True)
            await response.aclose()
            return response.status_code, _wait(response.headers.get("retry-after"))


_ONE = httpx.Limits(max_connections=1, max_keepalive_connections=0)
_TIMES = httpx.Timeout(CONNECT * 2, connect=CONNECT).as_dict()


def _wait(text: str | None) -> float | None:
    return min(float(text), LONGEST_WAIT) if text and text.isdecimal() and len(text) < 10 else None


def _failure(error: Exception) -> str:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return "its certificate is not trusted"
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, httpx.TimeoutException):
        return "it took too long to answer"
    if isinstance(error, httpx.ConnectError | OSError):
        return "it cannot be reached"
    return f"it did not answer as HTTP does ({type(error).__name__})"
