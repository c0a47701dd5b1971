"""Tracebacks as CPython shows them: without frames of this package or of Pyodide."""

import traceback

HERE = __file__.rpartition("/")[0]
HIDDEN = (HERE, "/lib/python314.zip/_pyodide", "/lib/python314.zip/pyodide")


def install():
    extract = traceback.StackSummary._extract_from_extended_frame_gen.__func__

    def extract_shown(cls, frames, **options):
        shown = (frame for frame in frames if not frame[0].f_code.co_filename.startswith(HIDDEN))
        return extract(cls, shown, **options)

    traceback.StackSummary._extract_from_extended_frame_gen = classmethod(extract_shown)
