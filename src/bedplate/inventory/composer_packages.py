"""PHP packages as Composer writes them, in lock files and beside what it installed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bedplate.inventory.language_package import language_package
from bedplate.support.json_fields import items, mapping, text, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bedplate.model.package import Package


def composer_packages(
    path: str, listed: Any, is_development: Callable[[str], bool]
) -> Iterator[Package]:
    """Read a list of packages.

    Args:
        path: of the file.
        listed: the list; what is no package with name and version is passed over.
        is_development: tells of a name whether development alone needs it.

    Source: Composer documentation, "composer.lock" and "vendor/composer/installed.json".
    """
    for one in map(mapping, items(listed)):
        name = text(one.get("name"))
        if not name or not text(one.get("version")):
            continue
        licenses = one.get("license")
        yield language_package(
            "composer",
            path,
            name,
            text(one.get("version")),
            licenses=tuple(texts(licenses)) or ((text(licenses),) if text(licenses) else ()),
            development=is_development(name),
        )
