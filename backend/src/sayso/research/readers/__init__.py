"""LlamaIndex readers that keep titles, headings and pages, and tell prose from code."""
