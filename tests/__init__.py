"""Tests, and what executes the pages. The site's own packages are imported from where they lie."""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "docs/hooks"), str(ROOT / "docs/assets/run/python")]
