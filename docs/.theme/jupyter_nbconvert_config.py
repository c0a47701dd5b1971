"""Jupyter's own configuration for the notebooks of the site; notebooks.py says where it is found."""

import os

import notebooks

c = get_config()  # noqa: F821: Jupyter defines it
c.NotebookClient.timeout = notebooks.CELL_SECONDS
c.NotebookClient.shutdown_kernel = "immediate"  # a stuck kernel does not answer a polite request
c.NotebookClient.on_cell_start = notebooks.began
if os.name == "posix":
    c.KernelManager.transport = "ipc"  # sockets of this machine only, and no warning about open ones
