from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from bedplate.facts.complete import complete
from bedplate.facts.fingerprint import BASE_DIGEST, BASE_NAME, bases_of
from bedplate.facts.root_file_system import base_from_history
from bedplate.model.base_facts import BaseMatch
from bedplate.model.reference import Reference

if TYPE_CHECKING:
    from collections.abc import Callable

    from bedplate.facts.catalog import Catalog

TODAY = date(2026, 11, 23)


@pytest.fixture(name="team")
def fixture_team(catalog: Catalog, image: Any) -> Catalog:
    """A catalog with an image of a team on another one's, and a copy of that one."""
    catalog.add(image("docker.io/library/os:1", "root"))
    catalog.add(image("example.test/runtime:5", "root", "runtime", "tools"))
    catalog.add(image("example.test/copy/os:1", "root"))
    return catalog


def names(matches: tuple[BaseMatch, ...]) -> list[tuple[str, str, int | None]]:
    return [(match.reference, match.confidence, match.layers) for match in matches]


def test_the_chain_of_bases_nearest_first(team: Catalog, digest: Callable[[str], str]) -> None:
    layers = [digest(word) for word in ("root", "runtime", "tools", "app")]
    matches = bases_of(layers, (), {}, team)
    assert names(matches) == [
        ("example.test/runtime:5", "certain", 3),
        ("docker.io/library/os:1", "likely", 1),
    ]
    assert "one of 2 images" in matches[1].evidence
    assert matches[0].digest == digest("example.test/runtime:5")


def test_uncompressed_layers_tell_as_much(team: Catalog, digest: Callable[[str], str]) -> None:
    diff_ids = [digest(f"{word}, unpacked") for word in ("root", "runtime", "tools", "app")]
    matches = bases_of((), diff_ids, {}, team)
    assert [match.reference for match in matches] == [
        "example.test/runtime:5",
        "docker.io/library/os:1",
    ]
    assert "diff id" in matches[0].evidence


def test_an_image_is_not_its_own_base(team: Catalog, digest: Callable[[str], str]) -> None:
    layers = [digest(word) for word in ("root", "runtime", "tools")]
    assert names(bases_of(layers, (), {}, team)) == [("docker.io/library/os:1", "likely", 1)]
    assert bases_of(layers[:1], (), {}, team) == ()


def test_a_different_layer_ends_the_chain(team: Catalog, digest: Callable[[str], str]) -> None:
    layers = [digest(word) for word in ("root", "other", "tools", "app")]
    assert [match.layers for match in bases_of(layers, (), {}, team)] == [1]
    assert bases_of([digest("x"), digest("root")], (), {}, team) == ()
    assert bases_of((), (), {}, team) == ()


def test_the_builders_word_comes_before_what_it_stands_on(
    team: Catalog, digest: Callable[[str], str]
) -> None:
    annotations = {BASE_NAME: "example.test/unknown", BASE_DIGEST: digest("unknown")}
    matches = bases_of([digest("root"), digest("app")], (), annotations, team)
    assert names(matches) == [
        ("example.test/unknown:latest", "stated", None),
        ("docker.io/library/os:1", "likely", 1),
    ]
    assert matches[0].digest == digest("unknown")


def test_the_builders_word_confirmed_by_layers_is_said_once(
    team: Catalog, digest: Callable[[str], str]
) -> None:
    layers = [digest(word) for word in ("root", "runtime", "tools", "app")]
    by_name = bases_of(layers, (), {BASE_NAME: "example.test/runtime:5"}, team)
    renamed = {BASE_NAME: "mirror.test/r:1", BASE_DIGEST: digest("example.test/runtime:5")}
    by_digest = bases_of(layers, (), renamed, team)
    for matches in (by_name, by_digest):
        assert names(matches)[0] == ("example.test/runtime:5", "certain", 3)
        assert len(matches) == 2
        assert BASE_NAME in matches[0].evidence


@pytest.mark.parametrize("word", ["", "Not A Name", "a" * 5000, "\x1b[31m"])
def test_a_word_that_is_not_a_name_is_no_base(team: Catalog, word: str) -> None:
    assert bases_of((), (), {BASE_NAME: word}, team) == ()


def test_provenance_is_taken_with_the_annotations(team: Catalog) -> None:
    stated = BaseMatch("docker.io/library/node:20", confidence="stated", evidence="provenance")
    assert bases_of((), (), {}, team, stated=[stated]) == (stated,)


def test_scratch_as_a_stated_base(team: Catalog) -> None:
    assert names(bases_of((), (), {BASE_NAME: "scratch"}, team)) == [("scratch", "stated", None)]


@pytest.mark.parametrize(
    ("line", "reference"),
    [
        ("ADD alpine-minirootfs-3.23.4-x86_64.tar.gz / # buildkit", "alpine:3.23.4"),
        (
            "RUN # debian.sh --arch 'amd64' out/ 'bookworm' '@1775433600'",
            "debian:bookworm-20260406",
        ),
        ("# debian.sh --arch 'arm64' out/ 'trixie' '@1733097600'", "debian:trixie-20241202"),
        ("ADD almalinux-9-minimal-amd64.tar.xz / # buildkit", "almalinux:9-minimal"),
        ("ADD fedora-20260826.tar / # buildkit", "fedora"),
    ],
)
def test_history_names_the_root_file_system(line: str, reference: str) -> None:
    found = base_from_history(line)
    assert found is not None
    assert found.reference == f"docker.io/library/{reference}"
    assert found.confidence == "likely"


@pytest.mark.parametrize(
    "line",
    [
        "",
        "RUN apt-get update",
        "ADD file:fc71 in /",
        "debian.sh --arch 'amd64' out/ 'bookworm' '@" + "9" * 5000,
        "alpine-minirootfs-" + "3." * 5000,
    ],
)
def test_other_history_names_nothing(line: str) -> None:
    assert base_from_history(line) is None


def test_history_is_not_asked_when_layers_have_answered(embedded: Catalog) -> None:
    facts = embedded.find(Reference.parse("python:3.14-slim"))
    assert facts is not None
    found = complete(facts, embedded, TODAY).bases
    assert names(found) == [("docker.io/library/debian:trixie-slim", "certain", 1)]


def test_the_base_of_node_20_is_known_by_its_history(embedded: Catalog) -> None:
    facts = embedded.find(Reference.parse("node:20"))
    assert facts is not None
    found = complete(facts, embedded, TODAY).bases
    assert names(found) == [("docker.io/library/debian:bookworm-20260406", "likely", 1)]
    assert "full or slim" in found[0].evidence


def test_a_base_image_stands_on_nothing(embedded: Catalog) -> None:
    for name in ("debian:bookworm", "alpine:3.24", "scratch"):
        facts = embedded.find(Reference.parse(name))
        assert facts is not None
        assert complete(facts, embedded, TODAY).bases == ()


def test_an_application_on_a_seeded_image(embedded: Catalog, digest: Callable[[str], str]) -> None:
    node = embedded.find(Reference.parse("node:22-alpine"))
    assert node is not None
    layers = [layer.digest or "" for layer in node.layers or ()]
    matches = bases_of([*layers, digest("app")], (), {}, embedded)
    assert names(matches) == [
        ("docker.io/library/node:22-alpine", "certain", 4),
        ("docker.io/library/alpine:3.24", "certain", 1),
    ]
