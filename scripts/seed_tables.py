"""Turns lists of tags and of support cycles into the project's own tables."""

from __future__ import annotations

import json
from typing import Any

from bedplate.facts.end_of_life import SCHEMA as CYCLES_SCHEMA
from bedplate.facts.tag_list import SCHEMA as TAGS_SCHEMA

_PLATFORMS = {
    "amd64": "linux/amd64",
    "arm32v5": "linux/arm/v5",
    "arm32v6": "linux/arm/v6",
    "arm32v7": "linux/arm/v7",
    "arm64v8": "linux/arm64/v8",
    "i386": "linux/386",
    "ppc64le": "linux/ppc64le",
    "riscv64": "linux/riscv64",
    "s390x": "linux/s390x",
    "windows-amd64": "windows/amd64",
}


def source_text(source: dict[str, Any]) -> str:
    """Write where a fact was read: repository, path and commit."""
    if not source.get("repo"):
        return "by definition"
    return f"{source['repo']} {source['path']} at {source['commit'][:12]}"


def tag_table(data: dict[str, Any]) -> dict[str, Any]:
    """Make `tags.json`; tags shared between operating systems stand in each of their groups."""
    repositories = {
        f"docker.io/library/{name}": [
            {
                "tags": list(dict.fromkeys((*group["tags"], *group["shared_tags"]))),
                "platforms": sorted(_PLATFORMS[word] for word in group["architectures"]),
            }
            for group in groups
        ]
        for name, groups in data["repositories"].items()
    }
    return {
        "schema": TAGS_SCHEMA,
        "observed": data["observed_at"],
        "source": source_text(data["source"]),
        "repositories": repositories,
    }


def cycle_table(data: dict[str, Any]) -> dict[str, Any]:
    """Make `end_of_life.json`."""
    return {
        "schema": CYCLES_SCHEMA,
        "observed": data["observed_at"],
        "source": source_text(data["source"]),
        "products": {
            key: {"title": product["title"], "cycles": _cycles(product["cycles"])}
            for key, product in sorted(data["products"].items())
        },
    }


def _cycles(cycles: list[dict[str, Any]]) -> dict[str, Any]:
    """Keep the end, the long-term mark and the extended end.

    The mark is left out where it is not set. A product that marks some cycles says `false` by
    that of the others; one that marks none says nothing.
    """
    told = any("lts" in cycle for cycle in cycles)
    table = {}
    for cycle in cycles:
        row: dict[str, Any] = {"eol": cycle["eol"]}
        if told:
            row["lts"] = bool(cycle.get("lts"))
        if isinstance(cycle.get("eoes"), str):
            row["extended"] = cycle["eoes"]
        table[cycle["releaseCycle"]] = row
    return table


def lay_out_cycles(table: dict[str, Any]) -> str:
    """Write the end-of-life table with a line for each cycle."""
    products = []
    for key, product in table["products"].items():
        cycles = ",\n".join(
            f"   {json.dumps(cycle)}: {json.dumps(row)}" for cycle, row in product["cycles"].items()
        )
        title = json.dumps(product["title"])
        products.append(f' {json.dumps(key)}: {{"title": {title}, "cycles": {{\n{cycles}}}}}')
    head = [f'"{key}": {json.dumps(table[key])}' for key in ("schema", "observed", "source")]
    return "{\n" + ",\n".join([*head, '"products": {\n' + ",\n".join(products) + "\n}"]) + "\n}\n"
