"""What is known about documents without loading the parsers, which take a second that a start can do without."""

SUFFIXES = frozenset({".docx", ".htm", ".html", ".md", ".mdx", ".pdf", ".rst", ".txt"})
"""Of the names of files that can be read, in lower case."""
HEADING_SEPARATOR = " › "
"""Between the headings of a path, outermost first."""
SECONDS_PER_FILE = 60
"""Time to read one file in."""


class Unreadable(Exception):
    """A file without text that could be read. The message is a reason, fit to follow the file's name."""
