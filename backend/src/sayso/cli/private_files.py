"""What Sayso stores is its owner's alone: questions, reports and the text of documents."""

import logging
import os
import stat
from pathlib import Path

from sayso.cli.operator import FILE as OPERATOR
from sayso.settings import Settings

log = logging.getLogger("sayso")
OTHERS = stat.S_IRWXG | stat.S_IRWXO
SQLITE = ("", "-wal", "-shm", "-journal")
FOLDERS = ("index", "documents", "cache")
"""The search index, what was added on the page, and what sources keep of the web."""


def keep_private(settings: Settings) -> None:
    """Whatever this process makes from now on has the mode 0600, folders 0700, and so does what it made before.

    A data folder that holds other things too keeps its mode: it may be somebody's home, or a folder that is shared on
    purpose. So does all that belongs to another user, who has set it up so.
    """
    os.umask(OTHERS)
    folder = settings.data_dir
    ours = {"serve.lock", "judge.json", OPERATOR, *FOLDERS, *(f"sayso.db{suffix}" for suffix in SQLITE)}
    if not settings.shared:
        for suffix in SQLITE:
            _close(Path(f"{settings.database}{suffix}"))
    if not folder.is_dir():
        return
    for path in [*(folder / name for name in ours), *(each for name in FOLDERS for each in (folder / name).rglob("*"))]:
        _close(path)
    if {path.name for path in folder.iterdir()} <= ours:
        _close(folder)


def _close(path: Path) -> None:
    """Take the rights of others away, if it is there and is ours."""
    try:
        status = path.stat()
        if status.st_uid == os.geteuid() and status.st_mode & OTHERS:
            path.chmod(stat.S_IMODE(status.st_mode) & ~OTHERS)
    except FileNotFoundError:
        return
    except OSError as error:
        log.warning("%s cannot be closed to other users of this machine (%s)", path, error.strerror)
