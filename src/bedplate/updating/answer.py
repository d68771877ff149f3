"""What a registry, the catalog or an engine says of a reference."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """A digest, or why there is none.

    Args:
        digest: `sha256:...` of the index, or of the manifest when there is no index.
        observed: ISO date on which it was true.
        note: what there is to know of it; may be empty.
        failure: why there is no digest; empty when there is one.
        gone: whoever was asked answered that there is no such image.
        dated: the answer is of an earlier day, so it proves no change.
    """

    digest: str = ""
    observed: str = ""
    note: str = ""
    failure: str = ""
    gone: bool = False
    dated: bool = False
