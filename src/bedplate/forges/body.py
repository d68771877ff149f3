"""Bodies that we write: a hidden marker first, then Markdown, short enough for every forge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.forges.markers import write_marker

if TYPE_CHECKING:
    from bedplate.forges.markers import State

MAX_BODY = 60_000  # characters; GitHub takes 65,536, the others more
_CUT = "\n\n*This text was too long and has been cut here.*"


def marked_body(kind: str, state: State, text: str) -> str:
    """Give a body with a marker.

    The marker stands first: so no marker in the text, which may quote anybody, is taken for ours.

    Args:
        kind: of the marker.
        state: what to remember.
        text: Markdown; what is too long is cut at the end of a line.
    """
    text = text.strip()
    if len(text) > MAX_BODY:
        text = text[: text.rfind("\n", 0, MAX_BODY) if "\n" in text[:MAX_BODY] else MAX_BODY] + _CUT
    return f"{write_marker(kind, state)}\n{text}\n"


def same_text(ours: str, theirs: str) -> bool:
    """Tell whether a forge has a text: some change line ends and drop blanks at the end."""
    return _plain(ours) == _plain(theirs)


def _plain(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())
