"""Which install scripts a project allows, by its `package.json` and `pnpm-workspace.yaml`.

npm asks from version 12 on, pnpm from 10 on, Bun always (its lock file tells).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.inventory.json_document import json_document
from bedplate.inventory.yaml_document import yaml_documents
from bedplate.model.want import Want
from bedplate.support.json_fields import mapping, texts

if TYPE_CHECKING:
    from collections.abc import Mapping

PACKAGE_JSON = "package.json"
WORKSPACE = "pnpm-workspace.yaml"
WANTS: tuple[Want, ...] = (Want(f"**/{PACKAGE_JSON}"), Want(f"**/{WORKSPACE}"))


def read_permissions(files: Mapping[str, bytes]) -> dict[str, bool]:
    """Read what a project says of install scripts.

    Args:
        files: content by name, of those of `WANTS` that stand beside the lock file.

    Returns:
        the answer by `name` or `name@version`; nothing is said of the others.

    Raises:
        BadInput: one of the files can't be read.

    Source: npm documentation, "npm-install-scripts"; pnpm documentation, "Settings".
    """
    allowed: dict[str, bool] = {}
    if PACKAGE_JSON in files:
        document = json_document(PACKAGE_JSON, files[PACKAGE_JSON])
        _of_pnpm(mapping(document.get("pnpm")), allowed)
        answers = mapping(document.get("allowScripts"))
        allowed.update((name, value) for name, value in answers.items() if isinstance(value, bool))
        allowed.update((name, True) for name in texts(document.get("trustedDependencies")))
    if WORKSPACE in files:
        for settings in yaml_documents(WORKSPACE, files[WORKSPACE]):
            _of_pnpm(mapping(settings), allowed)
    return allowed


def _of_pnpm(settings: Mapping[str, object], allowed: dict[str, bool]) -> None:
    allowed.update((name, True) for name in texts(settings.get("onlyBuiltDependencies")))
    allowed.update((name, False) for name in texts(settings.get("ignoredBuiltDependencies")))
    for name, value in mapping(settings.get("allowBuilds")).items():
        if value in (True, False, "true", "false"):
            allowed[name] = value in (True, "true")
