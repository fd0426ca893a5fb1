"""Sayso: research reports in which a human's decision binds."""

__version__ = "0.1.0"
