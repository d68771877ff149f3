"""No command needs a shell that the base does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.model.verdict import Outcome, Proof

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.image_config import ImageConfig
    from bedplate.proving.situation import Situation

NAME = "shell"
# programs that hand the commands of package.json to sh
_RUN_SCRIPTS = frozenset(("npm", "npx", "yarn", "pnpm", "pnpx", "bunx"))


def check(config: ImageConfig, situation: Situation) -> Iterator[Proof]:
    """Look at runners of scripts; the shell form itself is a missing ENTRYPOINT or CMD."""
    command = (*config.entrypoint, *config.command)
    runner = command[0].rpartition("/")[2] if command else ""
    if runner in _RUN_SCRIPTS and situation.has("bin/sh") is False:
        yield Proof(
            "CMD",
            Outcome.FAILS,
            NAME,
            f"{runner} starts scripts by /bin/sh, which is not on this base",
            missing="/bin/sh",
            fix='start the program itself, as CMD ["node", "server.js"]',
        )
