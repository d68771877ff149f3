"""`bedplate lint --offline`: answers of the embedded catalog in the reports of lint."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bedplate.cli.exit_codes import BAD_INPUT, CLEAN, FINDINGS


@pytest.fixture(name="files")
def fixture_files(shell: Any) -> Any:
    """A Dockerfile and a compose file in the shell's folder."""
    (shell.folder / "Dockerfile").write_text("FROM node:20\nUSER 1000\n")
    (shell.folder / "compose.yaml").write_text("services:\n  a:\n    image: openjdk:99\n")
    return shell.folder


def _rules(shell: Any, *words: str) -> dict[str, list[str]]:
    shell.run("lint", "--format=json", *words)
    found: dict[str, list[str]] = {}
    for one in json.loads(shell.out)["violations"]:
        found.setdefault(one["path"], []).append(one["rule"])
    return found


def test_facts_are_asked_for_unless_texts_alone_are_wished(shell: Any, files: Any) -> None:
    plain = _rules(shell, "--no-facts")
    assert list(plain) == ["Dockerfile"]
    assert "smaller-variant" not in plain["Dockerfile"]
    asked = _rules(shell, "--offline")
    assert "smaller-variant" in asked["Dockerfile"]
    assert asked["compose.yaml"] == ["deprecated-image"]
    assert "catalog" in shell.err


def test_the_report_says_what_was_not_asked(shell: Any, files: Any) -> None:
    assert shell.run("lint", "--offline") == FINDINGS
    assert "skipped openjdk:99: offline, and the catalog does not know it" in shell.out


@pytest.mark.parametrize("name", ["sarif", "github", "gitlab", "junit"])
def test_every_format_knows_the_rules(shell: Any, files: Any, name: str) -> None:
    assert shell.run("lint", "--offline", f"--format={name}") == FINDINGS
    assert "smaller-variant" in shell.out


def test_unsafe_fixes_change_files_of_every_kind(shell: Any, files: Any) -> None:
    (files / "compose.yaml").write_text("services:\n  a:\n    image: bitnami/redis:7\n")
    shell.run("lint", "--offline", "--fix")
    assert "bitnami/redis" in (files / "compose.yaml").read_text()
    shell.run("lint", "--offline", "--fix=unsafe")
    assert "bitnamilegacy/redis:7" in (files / "compose.yaml").read_text()
    assert (files / "Dockerfile").read_text().startswith("FROM node:20-alpine\n")


def test_settings(shell: Any, files: Any) -> None:
    settings = (
        '[lint]\nselect = ["platform-missing"]\n[lint.facts]\nplatforms = ["linux/riscv64"]\n'
    )
    (files / "bedplate.toml").write_text(settings)
    assert _rules(shell, "--offline") == {"Dockerfile": ["platform-missing"]}
    assert shell.run("lint", "--no-facts") == CLEAN
    (files / "bedplate.toml").write_text("[lint.facts]\nstale = 1\n")
    assert shell.run("lint", "--offline") == 2
    assert "lint.facts.stale" in shell.err


def test_a_baseline_hides_facts_too(shell: Any, files: Any) -> None:
    shell.run("lint", "--offline", "--write-baseline", "known.json")
    assert shell.run("lint", "--offline", "--baseline", "known.json") == CLEAN


def test_package_indexes_come_from_the_configuration(shell: Any) -> None:
    (shell.folder / "Dockerfile").write_text("FROM debian:12\nRUN apt-get install -y x\n")
    settings = shell.folder / "bedplate.toml"
    for table, said in (
        ("", ""),
        ("[lint.packages]\n", "no package index is configured: set lint.packages.debian"),
        ('[lint.packages]\ndebian = "http://a.example"\n', "no index of Debian 12 is in the cache"),
    ):
        settings.write_text(table)
        assert shell.run("lint", "--offline") == FINDINGS
        assert ("package names" in shell.out) == bool(said)
        assert said in shell.out
    settings.write_text("[lint]\npackages = 1\n")
    assert shell.run("lint", "--offline") == BAD_INPUT
    assert "lint.packages is not a table" in shell.err


def test_a_deprecated_base_is_told_once(shell: Any, files: Any) -> None:
    (files / "Dockerfile").write_text("FROM openjdk:17\nUSER 1000\n")
    rules = _rules(shell, "--offline", "Dockerfile")["Dockerfile"]
    assert len({"deprecated-image", "deprecated-publisher"} & set(rules)) == 1


def test_a_compose_file_named_by_itself_is_no_dockerfile(shell: Any, files: Any) -> None:
    assert _rules(shell, "--offline", "compose.yaml") == {"compose.yaml": ["deprecated-image"]}
