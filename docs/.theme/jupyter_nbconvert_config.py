"""Jupyter's own configuration for the notebooks of the site; notebooks.py says where it is found."""

import notebooks

c = get_config()  # noqa: F821: Jupyter defines it
c.NotebookClient.timeout = notebooks.CELL_SECONDS
c.NotebookClient.shutdown_kernel = "immediate"  # a stuck kernel does not answer a polite request
c.NotebookClient.on_cell_start = notebooks.began
c.NotebookClient.extra_arguments = ["--IPKernelApp.log_level=ERROR"]  # else it warns of its loopback sockets
