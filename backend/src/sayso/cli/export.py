"""`sayso export`: fetches a finished report, or the record of a run, from the server as a file."""

import re
import sys
from pathlib import Path
from urllib.parse import quote, unquote

import httpx

from sayso.errors import SettingsError
from sayso.exports.formats import FORMATS as REPORT_FORMATS

SECONDS = 60.0
"""Longest wait for the server to set a report."""
STDOUT = "-"
RECORD = "record"
FORMATS = (*REPORT_FORMATS, RECORD)


def export(
    address: str, run_id: str, *, format: str | None, output: str | None, force: bool, token: str | None = None
) -> None:
    """Write the report of a run, or its record, and print where to.

    Args:
        format: one of `FORMATS`; left out, the suffix of `output`, or PDF.
        output: a file, a folder, or `-` for stdout; left out, a file in this folder that is named after the title.
        force: overwrite a file.
        token: of who asks for it, where people sign in.

    Raises:
        SettingsError: what was asked for cannot be had; one sentence says why.
    """
    suffix = Path(output).suffix.removeprefix(".").lower() if output and output != STDOUT else ""
    format = format or (suffix if suffix in REPORT_FORMATS else "pdf")
    if format not in FORMATS:
        raise SettingsError(f"export: --format is one of {', '.join(FORMATS)}.")
    wanted = RECORD if format == RECORD else f"report.{format}"
    answer = _fetch(f"{address.rstrip('/')}/api/runs/{quote(run_id, safe='')}/{wanted}", address, token)
    if output == STDOUT:
        sys.stdout.buffer.write(answer.content)
        sys.stdout.buffer.flush()
        return
    path = Path(output) if output else Path()
    if path.is_dir():
        path /= f"record-{_plain(run_id)}.json" if format == RECORD else _name(answer, format)
    try:
        with path.open("wb" if force else "xb") as file:
            file.write(answer.content)
    except FileExistsError:
        hint = "--force overwrites it, --output names another."
        raise SettingsError(f"export: {path} is there already. {hint}") from None
    except OSError as error:
        raise SettingsError(f"export: {path} cannot be written: {error.strerror}.") from error
    print(path)  # noqa: T201 - the result, for a pipe


def _plain(run_id: str) -> str:
    return re.sub(r"[^\w-]", "", run_id)


def _fetch(url: str, address: str, token: str | None) -> httpx.Response:
    try:
        answer = httpx.get(url, timeout=SECONDS, headers={"Authorization": f"Bearer {token}"} if token else {})
    except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
        raise SettingsError(f"export: --server {address} is no address such as http://HOST:PORT.") from error
    except httpx.TimeoutException as error:
        raise SettingsError(f"export: the server at {address} did not answer within {SECONDS:.0f} s.") from error
    except httpx.HTTPError as error:
        raise SettingsError(f"export: there is no server at {address}. Start one with: make run") from error
    if answer.status_code != httpx.codes.OK:
        raise SettingsError(f"export: {_said(answer)}")
    return answer


def _said(answer: httpx.Response) -> str:
    """What the server gave as its reason."""
    try:
        return str(answer.json()["error"]["message"])
    except (ValueError, KeyError, TypeError):
        return f"the server answered {answer.status_code}; is it Sayso?"


def _name(answer: httpx.Response, format: str) -> str:
    """The file's name as the server suggests it, if it is one that can do no harm."""
    found = re.search(r"filename\*=UTF-8''([^;\s]+)", answer.headers.get("content-disposition", ""))
    name = unquote(found[1]) if found else ""
    return name if re.fullmatch(rf"[^\W_][\w-]*\.{format}", name) else f"report.{format}"
