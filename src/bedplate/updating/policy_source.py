"""The contract of a policy source: a file of a repository that says how images are updated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bedplate.model.update_policy import UpdateSettings


class PolicySource(Protocol):
    """One kind of file: a module with these names.

    NAME is what users call it. PLACES are its paths from the top of a repository, the first one
    that is there counts.
    """

    NAME: str
    PLACES: tuple[str, ...]

    def read(self, path: str, text: str, /) -> UpdateSettings:
        """Read what a file says; what can't be honoured is in `skipped` of the answer.

        Raises:
            InvalidDocument: not of the form that its name promises.
            InvalidConfiguration: a key or value of ours that nobody knows.
        """
        ...
