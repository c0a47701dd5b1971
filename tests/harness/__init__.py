"""Executes the examples of the pages, and compares what they show to what came out.

One direction of imports, top to bottom: `plugin` (pytest) and `collect` (sybil) know `evaluate` and `imports`, which
know `page`, `legs`, `run` and `compare`; these know `fences`, `rendering` and `attributes`.
"""
