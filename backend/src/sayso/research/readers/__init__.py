"""Readers of files that keep titles, headings, pages and offsets, and tell prose from code."""
