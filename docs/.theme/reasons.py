"""Says from a program's source why it cannot run in a page; worked out at build time, so that no button breaks."""


def cannot(source: str, words: list[str], programs: dict[str, str]) -> str:
    """The reason in words for the reader; empty if it can run. `words` are Python's arguments."""
    return ""
