"""How a report with a model compares with one without: `make bench-model`.

The scripted model of the tests is the default endpoint, so the tests' folder is on the path.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))
