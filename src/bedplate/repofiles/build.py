"""A build that a file describes: which Dockerfile, with which folder as its context."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedplate.model.skipped import Skipped
    from bedplate.repofiles.located import Located


@dataclass(frozen=True, slots=True)
class Build:
    """One build, as its file writes it.

    Args:
        context: the folder, from that of the file; empty when it is the folder of the file.
        dockerfile: from the context; empty for `Dockerfile`.
        inline: the Dockerfile itself, when it stands in the file, or why it can't be read;
            `dockerfile` has no say then.
    """

    context: str = ""
    dockerfile: str = ""
    inline: Located | Skipped | None = None
