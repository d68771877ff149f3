"""Starts one process and writes down what it used: `launcher.py REPORT PROGRAM [ARGUMENT...]`.

A process of its own, and small: Linux counts the memory of whoever starts a process as the
peak of that process, and the benchmarks themselves hold megabytes of results.
"""

from __future__ import annotations

import os
import sys
import time


def main(report: str, *command: str) -> int:
    began = time.perf_counter()
    process = os.posix_spawn(command[0], command, os.environ)
    # wait4: it tells what this one child used
    _, status, usage = os.wait4(process, 0)
    seconds = time.perf_counter() - began
    with open(report, "w", encoding="ascii") as file:  # noqa: PTH123 - pathlib would add to us
        file.write(f"{seconds} {usage.ru_utime + usage.ru_stime} {usage.ru_maxrss * 1024}")
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
