from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.model.reference import Reference

if TYPE_CHECKING:
    from bedplate.facts.catalog import Catalog


def siblings(catalog: Catalog, name: str) -> list[str]:
    found = catalog.siblings(Reference.parse(name))
    return [summary.reference.removeprefix("docker.io/library/") for summary in found]


def test_the_same_cycle_comes_first_then_others_then_distroless(embedded: Catalog) -> None:
    found = siblings(embedded, "node:20")
    assert found[:2] == ["node:20-slim", "node:20-alpine"]
    assert "node:20" not in found
    assert found.index("node:20.10.0-alpine3.18") < found.index("node:24-alpine")
    assert found[-2:] == [
        "gcr.io/distroless/nodejs20-debian12:latest",
        "gcr.io/distroless/nodejs20-debian13:latest",
    ]


def test_an_alias_has_the_siblings_of_its_image(embedded: Catalog) -> None:
    assert siblings(embedded, "node:iron") == siblings(embedded, "node:20")


def test_compiled_programs_can_stand_on_nothing(embedded: Catalog) -> None:
    found = siblings(embedded, "golang:1.26-alpine")
    assert found[-1] == "scratch"
    assert "gcr.io/distroless/static-debian13:latest" in found
    assert "scratch" not in siblings(embedded, "python:3.13-slim")


def test_an_unknown_tag_still_has_the_images_of_its_repository(embedded: Catalog) -> None:
    assert "node:24-alpine" in siblings(embedded, "node:99")
    assert siblings(embedded, "example.test/none:1") == []
