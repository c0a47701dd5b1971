"""Lets all tests import the build's package, which is not installed."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "docs/hooks"))
