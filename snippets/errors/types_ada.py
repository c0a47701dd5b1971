"""Types Ada twice into whatever asks, as a user would."""

import subprocess
import sys

program = [sys.executable, *sys.argv[1:]]
subprocess.run(program, input="Ada\nAda\n", text=True)
