"""Rules whose evidence the catalog gives: offline, and beside a registry."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, NoReturn

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bedplate.errors import RegistryUnreachable
from bedplate.facts.catalog import Catalog
from bedplate.linting.fact_rules.smaller_variant import amount
from bedplate.linting.fixing import apply_fixes
from bedplate.model.base_facts import BaseFacts, Libc
from bedplate.model.reference import Reference
from bedplate.model.skipped import Skipped


@pytest.fixture(name="node")
def fixture_node() -> BaseFacts:
    """What the embedded catalog knows of node:20."""
    facts = Catalog.open(None).find(Reference.parse("node:20"))
    assert facts is not None
    return facts


def test_a_smaller_variant_with_both_sizes_on_disk(linter: Any) -> None:
    text = "FROM node:20\n"
    [found] = linter.violations(text, "smaller-variant", offline=True)
    assert found.message == (
        "node:20 ~1.10 GB on disk -> node:20-alpine ~136 MB, 8 x (musl in the place of glibc)"
    )
    assert len(found.evidence) == 2
    assert all("catalog, as of 20" in line for line in found.evidence)
    assert apply_fixes(text, [found], unsafe=False) == text
    assert apply_fixes(text, [found], unsafe=True) == "FROM node:20-alpine\n"


@pytest.mark.parametrize(
    "text",
    [
        "FROM node:20 AS build\nFROM scratch\nCOPY --from=build /a /a\n",
        "FROM node:20-alpine\n",
        "FROM registry.example/node:20\n",
    ],
)
def test_no_smaller_variant_where_none_is_known_or_none_would_help(linter: Any, text: str) -> None:
    assert linter.violations(text, "smaller-variant", offline=True) == []


def test_the_tag_beside_a_digest_is_not_changed(linter: Any, node: BaseFacts) -> None:
    text = f"FROM node:20@{node.index_digest}\n"
    [found] = linter.violations(text, "smaller-variant", offline=True)
    assert found.fix is None


def test_sizes_are_held_against_each_other_on_one_measure_alone(linter: Any, tmp_path: Any) -> None:
    catalog = Catalog.open(tmp_path)
    fields: dict[str, Any] = {"observed": "2026-05-01", "platform": "linux/amd64"}
    own = BaseFacts("a", reference="registry.example/app:1", disk_size=10**9, **fields)
    other = replace(own, reference="registry.example/app:1-slim", disk_size=None)
    catalog.add(own)
    catalog.add(replace(other, compressed_size=10**6))
    linter.session = replace(linter.session, catalog=catalog)
    text = "FROM registry.example/app:1\n"
    assert linter.violations(text, offline=True) == []
    catalog.add(replace(own, compressed_size=3 * 10**6, libcs=(Libc("glibc"),)))
    [found] = linter.violations(text, offline=True)
    assert "3.00 MB compressed -> registry.example/app:1-slim 1.00 MB, 3.0 x" in found.message
    assert "place of" not in found.message


@pytest.mark.parametrize(
    ("count", "text"),
    [(999, "999 B"), (1_100_000_000, "1.10 GB"), (135_670_000, "136 MB"), (99_960, "100 kB")],
)
def test_amounts_have_three_digits(count: int, text: str) -> None:
    assert amount(count, exact=True) == text
    assert amount(count, exact=False) == f"~{text}"


def test_a_digest_of_one_platform_that_the_catalog_knows(linter: Any, node: BaseFacts) -> None:
    text = f"FROM node:20@{node.manifest_digest}\n"
    [found] = linter.violations(text, "single-platform-digest", offline=True)
    assert apply_fixes(text, [found], unsafe=False) == f"FROM node:20@{node.index_digest}\n"
    assert any(f"as of {node.observed}" in line for line in found.evidence)


def test_offline_says_so_and_what_was_not_asked(linter: Any, node: BaseFacts) -> None:
    text = f"FROM node:20@{node.index_digest}\nFROM registry.example/unknown:1\nFROM node:20\n"
    skipped = [one for one in linter.run(text, offline=True) if isinstance(one, Skipped)]
    assert [one.what for one in skipped] == [
        f"node:20@{node.index_digest}",
        "registry.example/unknown:1",
    ]
    assert "not asked" in skipped[0].reason
    assert "catalog does not know" in skipped[1].reason
    assert any("offline" in line for line in linter.notices)
    assert linter.clients == []


@pytest.mark.parametrize(
    ("image", "ended"),
    [
        ("node:18-bullseye", ["Node.js 18", "Debian 11"]),
        ("python:3.8.20-alpine3.19", ["Python 3.8", "Alpine Linux 3.19"]),
        ("debian:buster-20240110-slim", ["Debian 10"]),
        ("debian:10.13", ["Debian 10"]),
        ("centos:centos7", ["CentOS 7"]),
        ("mcr.microsoft.com/dotnet/sdk:6.0-jammy", [".NET 6"]),
        ("golang:1.19.5", ["Go 1.19"]),
        ("node:latest", []),
        ("python:3", []),
        ("registry.example/node:8-buster", []),
    ],
)
def test_the_tag_says_what_has_ended(linter: Any, image: str, ended: list[str]) -> None:
    found = linter.violations(f"FROM {image}\n", "end-of-life-base", offline=True)
    assert len(found) == len(ended)
    for one, words in zip(found, ended, strict=True):
        assert f"{words} reached its end of life" in one.message
        assert "end-of-life table, as of 20" in one.evidence[0]


def test_an_end_of_life_that_is_near(linter: Any) -> None:
    text = "FROM alpine:3.20\n"
    last_day = dt.date(2026, 4, 1)
    for days, words in ((91, None), (90, "in 90 days"), (0, "today"), (-1, "reached")):
        linter.session = replace(linter.session, today=last_day - dt.timedelta(days=days))
        found = linter.violations(text, "end-of-life-base", offline=True)
        assert len(found) == (words is not None)
        assert words is None or words in found[0].message
    linter.session = replace(linter.session, today=last_day - dt.timedelta(days=91))
    assert linter.violations(text, "end-of-life-base", offline=True, end_of_life_days=91)


def test_age_is_held_against_the_day_of_the_catalog(linter: Any, node: BaseFacts) -> None:
    linter.session = replace(linter.session, today=dt.date(2030, 1, 1))
    assert linter.violations("FROM node:20\n", "stale-tag", offline=True) == []
    [found] = linter.violations("FROM node:20\n", "stale-tag", offline=True, stale_months=0)
    assert f"as of {node.observed}" in found.message


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("bitnami/redis:7.2", "bitnamilegacy/redis:7.2"),
        ("docker.io/bitnami/redis:7.2", "docker.io/bitnamilegacy/redis:7.2"),
        ("k8s.gcr.io/sig/pause:3.9", "registry.k8s.io/sig/pause:3.9"),
        ("openjdk:99", None),
        ("bitnamilegacy/redis:7.2", None),
    ],
)
def test_deprecated_images(linter: Any, before: str, after: str | None) -> None:
    text = f"FROM {before}\n"
    [found] = linter.violations(text, "deprecated-image", offline=True)
    assert found.evidence
    assert apply_fixes(text, [found], unsafe=False) == text
    assert apply_fixes(text, [found], unsafe=True) == f"FROM {after or before}\n"
    assert linter.violations(text, "deprecated-image", offline=True, ignore={found.rule}) == []


def test_an_image_in_a_file_of_another_kind(linter: Any) -> None:
    text = "services:\n  db:\n    image: bitnami/postgresql:16\n"
    found = linter.violations(text, "deprecated-image", path="compose.yaml", offline=True)
    assert [(one.line, one.path) for one in found] == [(3, "compose.yaml")]
    assert "bitnamilegacy/postgresql:16" in apply_fixes(text, found, unsafe=True)


def test_the_empty_base_and_names_that_are_none(linter: Any) -> None:
    assert linter.run("FROM scratch\n", offline=True) == []
    [found] = linter.run("FROM Debian:12\n", offline=True)
    assert isinstance(found, Skipped)


def test_the_catalog_answers_for_a_registry_out_of_reach(linter: Any, node: BaseFacts) -> None:
    def silent(_reference: object) -> NoReturn:
        raise RegistryUnreachable("docker.io: no answer within 3 s")

    client = SimpleNamespace(get_manifest=silent)
    access = replace(linter.session.access, registry=lambda: client)
    linter.session = replace(linter.session, access=access)
    found = linter.run("FROM node:20\n")
    rules = [one.rule for one in found if not isinstance(one, Skipped)]
    assert rules == ["end-of-life-base", "end-of-life-base", "smaller-variant"]
    assert found[-1] == Skipped("node:20", "docker.io: no answer within 3 s")
    assert node.observed in found[0].evidence[0]


def test_facts_of_a_build_definition_hold_for_every_digest(linter: Any) -> None:
    name = "gcr.io/distroless/nodejs20-debian12"
    for image in (name, f"{name}:latest", f"{name}@sha256:{'0' * 64}"):
        found = linter.violations(f"FROM {image}\n", "end-of-life-base", offline=True)
        assert any("Node.js 20 reached" in one.message for one in found)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    st.sampled_from(["node", "alpine", "debian", "centos", "bitnami/x", "a.example/b"]),
    st.from_regex(r"[\w][\w.-]{0,40}", fullmatch=True),
    st.sampled_from(["", "@sha256:" + "0" * 64]),
)
def test_any_tag_can_be_asked_for(linter: Any, name: str, tag: str, digest: str) -> None:
    text = f"FROM {name}:{tag}{digest}\n"
    for one in linter.run(text, offline=True):
        if not isinstance(one, Skipped):
            assert 0 <= one.span.start < one.span.end <= len(text)
            assert "\n" not in one.message
            assert one.evidence
