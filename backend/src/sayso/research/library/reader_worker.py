"""The process that reads files: `python -m sayso.research.library.reader_worker`, driven by `ReaderProcess`.

One JSON object a line, both ways. In: `{"path", "known"}`, the digest under which the file is indexed or null.
Out, after a first line `{"ready": true}`: `{"digest"}` and one of
- `"unchanged": true`, the digest is the known one,
- `"title"`, `"date"` or null, `"language"`, `"text"`, `"passages"` (see `Analysed.to_json`),
- `"reason"`: why it cannot be read; with `"retry": true` if that may be different another time.
"""

import contextlib
import hashlib
import importlib
import json
import logging
import os
import signal
import sys
import warnings
from pathlib import Path
from typing import Any

from sayso.research.formats import SECONDS_PER_FILE, Unreadable

_MEMORY = 4 * 1024**3
"""Bytes of address space, where the system can limit it."""


def read(path: str, known: str | None) -> dict[str, Any]:
    """The reply about one file, as described above."""
    from sayso.research.library.documents import extract

    digest = ""
    try:
        data = Path(path).read_bytes()
        digest = hashlib.blake2b(data, digest_size=16).hexdigest()
        if digest == known:
            return {"digest": digest, "unchanged": True}
        document = extract(path, data)
    except Unreadable as error:
        return {"digest": digest, "reason": str(error)}
    except OSError as error:
        return {"digest": digest, "reason": f"cannot be opened ({error.strerror or error})", "retry": True}
    except MemoryError:
        return {"digest": digest, "reason": "needs too much memory to read"}
    return {
        "digest": digest,
        "title": document.title,
        "date": document.date,
        "text": document.text,
        "language": document.language,
        "passages": [passage.to_json() for passage in document.passages],
    }


def main() -> None:
    # Whatever a parser prints must not end up among the replies.
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    logging.disable()
    warnings.simplefilter("ignore")
    _be_modest()
    # Loaded before the first file comes, whose time it would cost.
    importlib.import_module("sayso.research.library.documents")
    print('{"ready": true}', file=replies, flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        # The parent gives up first; this is for a parser that hangs after the parent is gone.
        with _alarm(SECONDS_PER_FILE + 10):
            reply = read(request["path"], request["known"])
        print(json.dumps(reply), file=replies, flush=True)


def _be_modest() -> None:
    """Let the server go first, and fail alone when a file would take all memory."""
    with contextlib.suppress(AttributeError, OSError):
        os.nice(10)
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource  # not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


@contextlib.contextmanager
def _alarm(seconds: int) -> Any:
    if not hasattr(signal, "alarm"):
        yield
        return
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)


if __name__ == "__main__":
    main()
