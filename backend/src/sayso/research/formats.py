"""What is known about documents without loading the parsers, which take a second that a start can do without."""

SUFFIXES = frozenset(
    {".csv", ".docx", ".eml", ".epub", ".htm", ".html", ".markdown", ".md", ".mdx", ".ods", ".odt", ".pdf", ".pptx"}
    | {".rst", ".rtf", ".tsv", ".txt", ".xlsx"}
)
"""Of the names of files that can be read, in lower case."""
HEADING_SEPARATOR = " › "
"""Between the headings of a path, outermost first."""
MOST_PASSAGES = 20_000
"""Of one file that are searched, some 5,000 pages."""
MOST_CHARACTERS = 20_000_000
"""Of one file that are kept."""
SECONDS_PER_FILE = 60.0
"""Time to read one file in, at most."""
_SECONDS_AT_LEAST = 5.0
_SECONDS_PER_MEGABYTE = 10.0


class Unreadable(Exception):
    """A file without text that could be read. The message is a reason, fit to follow the file's name."""


def seconds_for(size: int) -> float:
    """Time to read a file of `size` bytes in: what takes longer for so little is broken or means harm."""
    return min(SECONDS_PER_FILE, _SECONDS_AT_LEAST + _SECONDS_PER_MEGABYTE * size / 1_000_000)
