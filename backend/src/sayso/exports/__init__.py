"""The report as files: Markdown, a web page, Word, PDF and JSON. Knows the protocol and nothing else of Sayso."""
