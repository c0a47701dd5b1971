"""Wires the harness that executes the pages into pytest; it lives in tests/harness."""

pytest_plugins = ["tests.harness.plugin"]
