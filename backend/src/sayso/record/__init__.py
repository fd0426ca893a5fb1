"""A record: a chain of hashes over what happened, that shows afterwards whether any of it was changed.

Nothing in here knows a database, a server or what the contents mean, but for `run.py` and `check.py`, which know runs.
"""
