"""Sayso: research reports in which a human's decision binds."""

import os

__version__ = "0.1.0"

# Its products of matrices are small: a second thread would cost more than it gives. Read when numpy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
