from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.linting.checking import linted_file
from bedplate.linting.fixing import apply_fixes
from bedplate.linting.inline_linting import InlinePlaces, check_inline
from bedplate.linting.rules import RULES
from bedplate.repofiles import inline_dockerfiles
from bedplate.repofiles.building import InlineDockerfile

if TYPE_CHECKING:
    from bedplate.model.violation import Violation

COMPOSE = """\
services:
  app:
    build:
      dockerfile_inline: |
        FROM node:22.1 as Build
        RUN apt-get install x \\
          && sudo y
        FROM debian:12
        USER 5
        RUN echo $$HOME
        EXPOSE 80/TCP
"""


def dockerfiles(path: str, text: str) -> list[InlineDockerfile]:
    found = inline_dockerfiles(path, text)
    return [one for one in found if isinstance(one, InlineDockerfile)]


def violations(path: str, text: str) -> list[Violation]:
    found = []
    for one in dockerfiles(path, text):
        places = InlinePlaces(one.value, text)
        found += check_inline(linted_file(one.value.text), places, RULES, path)
    return found


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_places_are_those_of_the_file_around(newline: str) -> None:
    text = COMPOSE.replace("\n", newline)
    found = {one.rule: one for one in violations("compose.yaml", text)}
    assert found["stage-name-casing"].line == 5
    assert found["stage-name-casing"].span.of(text) == "Build"
    assert found["sudo"].line == 6
    assert found["sudo"].span.of(text) == "sudo y"
    assert found["expose-protocol-casing"].line == 11
    assert {one.path for one in found.values()} == {"compose.yaml"}


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_fixes_change_the_inline_text_alone(newline: str) -> None:
    text = COMPOSE.replace("\n", newline)
    fixed = apply_fixes(text, violations("compose.yaml", text))
    expected = text.replace("as Build", "AS build").replace("80/TCP", "80/tcp")
    assert fixed == expected


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        (
            "docker-bake.json",
            '{"target": {"a": {"dockerfile-inline": "FROM a:1.2\\nEXPOSE 80/TCP\\n"}}}',
            '{"target": {"a": {"dockerfile-inline": "FROM a:1.2\\nEXPOSE 80/tcp\\n"}}}',
        ),
        (
            "docker-bake.hcl",
            'target "a" {\n  dockerfile-inline = <<EOT\nFROM a:1.2 as b\nEOT\n}\n',
            'target "a" {\n  dockerfile-inline = <<EOT\nFROM a:1.2 AS b\nEOT\n}\n',
        ),
        (
            "docker-bake.hcl",
            'target "a" {\n  dockerfile-inline = "FROM a:1.2\\nEXPOSE 80/TCP"\n}\n',
            'target "a" {\n  dockerfile-inline = "FROM a:1.2\\nEXPOSE 80/tcp"\n}\n',
        ),
        (
            "compose.yaml",
            'services: {a: {build: {dockerfile_inline: "FROM a:1.2\\nEXPOSE 80/TCP"}}}\n',
            'services: {a: {build: {dockerfile_inline: "FROM a:1.2\\nEXPOSE 80/tcp"}}}\n',
        ),
    ],
)
def test_quotations_of_every_kind(path: str, before: str, after: str) -> None:
    found = violations(path, before)
    assert apply_fixes(before, found) == after
    last = max(found, key=lambda one: one.span)
    assert "EXPOSE" in before[last.span.start - 9 :] or "as" in last.span.of(before)


def test_an_aliased_dockerfile_is_linted_once() -> None:
    text = (
        "services:\n  a:\n    build: &b\n      dockerfile_inline: |\n        FROM a:1.2 as b\n"
        "  c:\n    build: *b\n  d:\n    build:\n      <<: *b\n      context: x\n"
    )
    assert [one.line for one in violations("compose.yaml", text)].count(5) == len(
        violations("compose.yaml", text)
    )


_LINES = st.lists(
    st.sampled_from(
        ["FROM a as B", "from a:1", "run x $$Y", "RUN apt-get install c", "EXPOSE 1/TCP", "#", ""]
    ),
    min_size=1,
    max_size=8,
)


@given(_LINES)
def test_a_fix_of_the_file_is_a_fix_of_the_dockerfile(lines: list[str]) -> None:
    text = "services:\n  a:\n    build:\n      dockerfile_inline: |2\n" + "".join(
        f"        {line}\n" for line in ("FROM x:1.2 AS x", *lines)
    )
    for one in dockerfiles("compose.yaml", text):
        places = InlinePlaces(one.value, text)
        file = linted_file(one.value.text)
        fixed = apply_fixes(text, check_inline(file, places, RULES, "c"), unsafe=True)
        [after] = dockerfiles("compose.yaml", fixed)
        kept = [v for v in check_inline(file, places, RULES, "c") if v.fix]
        assert len(after.value.text.splitlines()) == len(one.value.text.splitlines())
        assert (after.value.text != one.value.text) == bool(kept)
