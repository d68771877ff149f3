"""`[lint]` of bedplate.toml -> which rules run, and how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bedplate.cli.configuration import find_configuration, read_configuration
from bedplate.errors import InvalidConfiguration
from bedplate.linting import LintSettings, read_settings
from bedplate.linting.fact_settings import FactSettings, read_fact_settings
from bedplate.linting.package_settings import PackageSettings, read_package_settings

if TYPE_CHECKING:
    import argparse

    from bedplate.cli.world import World


@dataclass(frozen=True, slots=True)
class LintRequest:
    """What the user decided.

    Args:
        settings: which rules run, and how.
        facts: platforms, months and days of rules about images.
        packages: where package indexes are; None to look no package names up.
    """

    settings: LintSettings
    facts: FactSettings
    packages: PackageSettings | None


def read_lint_request(arguments: argparse.Namespace, world: World) -> LintRequest:
    """Read `[lint]` with what is below it.

    Raises:
        InvalidConfiguration: a key that nobody knows, or a value of another kind.
    """
    table = _table(arguments, world)
    facts, packages = table.pop("facts", {}), table.pop("packages", None)
    if not isinstance(facts, dict):
        raise InvalidConfiguration("lint.facts is not a table", "write [lint.facts]")
    return LintRequest(
        read_settings(table),
        read_fact_settings(facts),
        None if packages is None else read_package_settings(packages),
    )


def _table(arguments: argparse.Namespace, world: World) -> dict[str, Any]:
    named: str | None = arguments.config
    path = world.folder / named if named else find_configuration(world.folder)
    table = read_configuration(path).get("lint", {}) if path else {}
    if not isinstance(table, dict):
        raise InvalidConfiguration(f"{path}: lint is not a table", "write [lint]")
    contexts = table.get("contexts")
    if path is None or not isinstance(contexts, dict):
        return dict(table)
    # paths in a file are from its own folder, wherever bedplate runs
    folder = path.absolute().parent
    here = {
        f"{folder}/{glob}": str(folder / context) if isinstance(context, str) else context
        for glob, context in contexts.items()
    }
    return {**table, "contexts": here}
