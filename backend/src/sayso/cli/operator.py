"""The operator's key: whoever may read the data folder may tell the server on it what to do."""

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from sayso.errors import SettingsError

FILE = "operator.json"


@dataclass(frozen=True)
class Operator:
    """Where the server of a data folder listens, and the key to it."""

    url: str
    key: str

    def __repr__(self) -> str:
        return f"Operator(url={self.url!r})"


def new_operator(folder: Path, url: str) -> Operator:
    """A new key for the server that starts on `folder`; the one before is good no more.

    Raises:
        SettingsError: it cannot be written.
    """
    operator = Operator(url, secrets.token_urlsafe(32))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f"{FILE}.new"
        draft.unlink(missing_ok=True)
        # Made with its mode, and put in its place whole: nobody else gets to read it, not even for a moment.
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            json.dump({"url": operator.url, "key": operator.key}, file)
        draft.replace(folder / FILE)
    except OSError as error:
        raise SettingsError(f"SAYSO_DATA_DIR: {folder} cannot be written ({error.strerror}).") from error
    return operator


def read_operator(folder: Path) -> Operator | None:
    """The key of the server that works on `folder`, or worked on it last; `None` if there never was one.

    Raises:
        SettingsError: it is there and cannot be read.
    """
    try:
        found = json.loads((folder / FILE).read_text("utf-8"))
        return Operator(str(found["url"]), str(found["key"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SettingsError(f"SAYSO_DATA_DIR: {folder / FILE} cannot be read ({type(error).__name__}).") from error
