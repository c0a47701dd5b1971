"""Asks Python whether the GIL is on."""

import sys

if hasattr(sys, "_is_gil_enabled"):  # from Python 3.13
    enabled = sys._is_gil_enabled()
else:
    enabled = True  # no older build runs without it

print("The GIL is", "on." if enabled else "off.")
