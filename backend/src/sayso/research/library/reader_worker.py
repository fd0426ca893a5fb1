"""The process that reads files: `python -m sayso.research.library.reader_worker PARENT`, driven by `ReaderProcess`.

One JSON object a line, both ways. In: `{"path", "known", "seconds", "memory"}`: the digest under which the file is
indexed or null, the processor time that it may take, and the bytes of memory beyond what the process has anyway.
Out, after a first line `{"ready": true}`: `{"digest"}` and one of
- `"unchanged": true`, the digest is the known one,
- `"title"`, `"date"` or null, `"language"`, `"text"`, `"notice"` or null, `"chunks"`: as many lines follow, each a list
  of passages (see `Analysed.to_json`),
- `"reason"`: why it cannot be read; with `"retry": true` if that may be different another time, with `"memory": true`
  if it was the memory.
With each comes `"grown"`: bytes that the process has beyond what it has for itself.
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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso.research.formats import SECONDS_PER_FILE, Unreadable

_LOADED_LATER = 125 * 1024 * 1024
"""Bytes of address space for parsers, and for telling languages, loaded with the first file that needs them."""
NO_MEMORY = "needs too much memory to read"


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said of one file: see above."""

    head: dict[str, Any]
    chunks: Sequence[bytes] = ()


def read(path: str, known: str | None) -> Reply:
    """The reply about one file."""
    from sayso.research.library.documents import extract

    digest = ""
    try:
        data = Path(path).read_bytes()
        digest = hashlib.blake2b(data, digest_size=16).hexdigest()
        if digest == known:
            return Reply({"digest": digest, "unchanged": True})
        document = extract(path, data)
        del data
        chunks = [_json([each.to_json() for each in passages]) for passages in document.chunks()]
    except Unreadable as error:
        return Reply({"digest": digest, "reason": str(error)})
    except OSError as error:
        return Reply({"digest": digest, "reason": f"cannot be opened ({error.strerror or error})", "retry": True})
    except MemoryError:
        return Reply({"digest": digest, "reason": NO_MEMORY, "memory": True})
    head = {
        "digest": digest,
        "title": document.title,
        "date": document.date,
        "text": document.text,
        "language": document.language,
        "notice": document.notice,
        "chunks": len(chunks),
    }
    return Reply(head, chunks)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def main() -> None:
    # Whatever a parser prints must not end up among the replies.
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    logging.disable()
    warnings.simplefilter("ignore")
    _be_modest()
    # Loaded before the first file comes, whose time it would cost.
    importlib.import_module("sayso.research.library.documents")
    replies.write(b'{"ready": true}\n')
    replies.flush()
    own = _address_space() + _LOADED_LATER
    for line in sys.stdin:
        request = json.loads(line)
        with _limited(request["seconds"], own + request["memory"]):
            reply = read(request["path"], request["known"])
            head = {**reply.head, "grown": _address_space() - own}
            replies.writelines(part + b"\n" for part in (_json(head), *reply.chunks))
            replies.flush()
            del reply


def _be_modest() -> None:
    """Let the server go first, and do not outlive it."""
    with contextlib.suppress(AttributeError, OSError):
        os.nice(10)
    with contextlib.suppress(ImportError, OSError, AttributeError):
        import ctypes

        kill_with_parent = 1  # PR_SET_PDEATHSIG, of Linux; elsewhere the limits of the file under way end it
        ctypes.CDLL(None).prctl(kill_with_parent, signal.SIGKILL)
        if os.getppid() != int(sys.argv[1]):
            sys.exit()


def _address_space() -> int:
    """Bytes of it that the process has now; none where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0


@contextlib.contextmanager
def _limited(seconds: float, memory: int) -> Iterator[None]:
    """End the process where one file takes more processor time, or hangs; refuse more memory."""
    if not hasattr(signal, "setitimer"):
        yield
        return
    import resource  # not on Windows, as the timers

    # The parent gives up first; the clock is for a parser that hangs after the parent is gone.
    signal.setitimer(signal.ITIMER_REAL, SECONDS_PER_FILE * 4)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (memory, most))
    try:
        yield
    finally:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_AS, (most, most))
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)


if __name__ == "__main__":
    main()
