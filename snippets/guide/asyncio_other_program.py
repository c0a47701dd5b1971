"""Runs another program, and reads what it prints."""

import asyncio
import sys


async def main():
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", "print(6 * 7)",
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await process.communicate()
    print("output:", output.decode().strip())
    print("exit status:", process.returncode)


if __name__ == "__main__":
    asyncio.run(main())
