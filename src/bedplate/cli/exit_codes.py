"""What a process of bedplate ends with; documented in docs/cli.md."""

from __future__ import annotations

CLEAN = 0
FINDINGS = 1  # findings or changes, where the command was asked for them
BAD_INPUT = 2  # usage, or something given that can't be used
NOT_EXAMINED = 3  # could not be examined, or nothing was recognised
BUG = 70  # EX_SOFTWARE of sysexits.h
INTERRUPTED = 130  # 128 + SIGINT
