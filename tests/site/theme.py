"""The modules beside the build's hook, for tests that call them without a build."""

import sys
from importlib import import_module

from .conftest import ROOT


def module(name: str):
    """docs/.theme/NAME.py; these import each other by their bare names."""
    folder = str(ROOT / "docs/.theme")
    if folder not in sys.path:
        sys.path.append(folder)
    return import_module(name)
