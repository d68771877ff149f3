"""What Git ignores: the `.gitignore` files from the root down to a folder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from pathspec import GitIgnoreSpec

_MAX_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Ignored:
    """The rules that hold in a folder.

    Args:
        rules: folder (empty, or with a final slash) and its patterns, the innermost last.
    """

    rules: tuple[tuple[str, GitIgnoreSpec], ...]

    @classmethod
    def none(cls) -> Ignored:
        """Give what ignores nothing."""
        return cls(())

    def enter(self, place: Path, folder: str) -> Ignored:
        """Add the rules of a folder, if it has some that can be read.

        Args:
            place: the folder.
            folder: its path from the root, with a final slash.
        """
        if any(prefix == folder for prefix, _ in self.rules):
            return self
        try:
            with (place / ".gitignore").open("rb") as file:
                text = file.read(_MAX_BYTES).decode("utf-8", "replace")
        except OSError:
            return self
        return Ignored((*self.rules, (folder, _compile(text))))

    def has(self, path: str) -> bool:
        """Say whether a path is ignored; folders have a final slash.

        The innermost file that has a say decides, as in gitignore(5).
        """
        for folder, spec in reversed(self.rules):
            verdict = spec.check_file(path[len(folder) :]).include
            if verdict is not None:
                return verdict
        return False


def _compile(text: str) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - lazy: only where there is a .gitignore

    try:
        return GitIgnoreSpec.from_lines(text.splitlines())
    except ValueError:
        # One line that is no pattern must not bring the others down.
        return GitIgnoreSpec.from_lines(line for line in text.splitlines() if _is_pattern(line))


def _is_pattern(line: str) -> bool:
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - lazy: see above

    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True
