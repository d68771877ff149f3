"""The contract of an entry on the shelf `repository_rules/`: a module with these names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bedplate.linting.settings import LintSettings
    from bedplate.model.edit import Fix
    from bedplate.model.image_use import ImageUse
    from bedplate.model.severity import Severity


class PlacedUse(NamedTuple):
    """A place that names an image, and the path of its file."""

    path: str
    use: ImageUse


class Find(NamedTuple):
    """One place that breaks a rule; `check_repository` makes a Violation of it.

    Args:
        place: the image.
        message: what is wrong, one line without a final stop.
        fix: how to repair it.
    """

    place: PlacedUse
    message: str
    fix: Fix | None = None


class RepositoryRule(Protocol):
    """One rule over the images that all files of a run name.

    Its id is the name of its module with dashes. The module's docstring is its documentation, as
    that of a text rule. BAD and GOOD are repositories: texts by path; the docs show the first of
    each, and tests run all of them, with the settings of the table SETTINGS.
    """

    __name__: str
    SEVERITY: Severity
    SETTINGS: Mapping[str, Any]
    BAD: tuple[Mapping[str, str], ...]
    GOOD: tuple[Mapping[str, str], ...]

    def check(self, places: Sequence[PlacedUse], settings: LintSettings, /) -> Iterator[Find]:
        """Find the places that break the rule, in any order."""
        ...
