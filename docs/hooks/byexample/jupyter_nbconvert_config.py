"""Jupyter's own configuration for the notebooks of the site; notebooks.py says where it is found."""

from byexample.notebooks import CELL_SECONDS

c = get_config()  # type: ignore[name-defined]  # noqa: F821 - Jupyter defines it
c.NotebookClient.timeout = CELL_SECONDS
c.NotebookClient.shutdown_kernel = "immediate"  # a stuck kernel does not answer a polite request
c.NotebookClient.extra_arguments = ["--IPKernelApp.log_level=ERROR"]  # else it warns of its loopback sockets
