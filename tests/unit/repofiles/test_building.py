from __future__ import annotations

import pytest

from bedplate.errors import BadInput
from bedplate.model.skipped import Skipped
from bedplate.repofiles import inline_dockerfiles, placed_builds
from bedplate.repofiles.building import InlineDockerfile

COMPOSE = """\
services:
  a:
    build: ./app
  b:
    build:
      context: ../x
      dockerfile: docker/Dockerfile
  c:
    build: {dockerfile: Dockerfile.dev}
  d:
    build: "https://git.example/x.git"
  e:
    build: ${FOLDER}
  f:
    build: ../../outside
  g:
    image: a:1
"""
BAKE = """\
target "a" {
  context = "svc"
  dockerfile = "../Dockerfile"
}
target "b" {
  dockerfile-inline = "FROM a:1\\nRUN \\"x\\""
  context = "b"
}
"""
SKAFFOLD = """\
apiVersion: skaffold/v4beta1
build:
  artifacts:
  - image: a
    context: web
  - image: b
    docker:
      dockerfile: d/Dockerfile
  - image: c
    jib: {}
"""


def dockerfiles(path: str, text: str) -> list[InlineDockerfile]:
    found = inline_dockerfiles(path, text)
    return [one for one in found if isinstance(one, InlineDockerfile)]


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        (
            "deploy/compose.yaml",
            COMPOSE,
            {
                ("deploy/app/Dockerfile", "deploy/app"),
                ("x/docker/Dockerfile", "x"),
                ("deploy/Dockerfile.dev", "deploy"),
            },
        ),
        ("docker-bake.hcl", BAKE, {("Dockerfile", "svc")}),
        ("docker-bake.json", '{"target": {"a": {"context": "x"}}}', {("x/Dockerfile", "x")}),
        ("s/skaffold.yaml", SKAFFOLD, {("s/web/Dockerfile", "s/web"), ("s/d/Dockerfile", "s")}),
        ("values.yaml", "image: a:1\n", set()),
        ("docker-bake.json", '{"target"', set()),
    ],
)
def test_dockerfiles_and_their_contexts(
    path: str, text: str, expected: set[tuple[str, str]]
) -> None:
    assert {tuple(one) for one in placed_builds(path, text)} == expected


def test_an_inline_dockerfile_has_a_context_and_no_escapes() -> None:
    [one] = dockerfiles("x/docker-bake.hcl", BAKE)
    assert (one.value.text, one.context) == ('FROM a:1\nRUN "x"', "x/b")


def test_a_dollar_written_twice_is_one() -> None:
    text = "services:\n  a:\n    build:\n      dockerfile_inline: |\n        RUN $$A $$$$B $C\n"
    [one] = dockerfiles("compose.yaml", text)
    assert one.value.text == "RUN $A $$B $C"
    places = [text[one.value.starts[i] : one.value.ends[i]] for i in range(4, 7)]
    assert places == ["$$", "A", " "]


def test_bytes_that_are_no_text_are_kept_at_their_place() -> None:
    text = b"services: {a: {build: {dockerfile_inline: '# \xff'}}}".decode(errors="surrogateescape")
    [one] = dockerfiles("compose.yaml", text)
    assert one.value.starts[2] == text.index("\udcff")


def test_a_folded_dockerfile_is_skipped_with_its_line() -> None:
    text = (
        "services:\n  a:\n    build:\n      dockerfile_inline: >\n        FROM a\n\n        RUN b\n"
    )
    [one] = inline_dockerfiles("compose.yaml", text)
    assert isinstance(one, Skipped)
    assert (one.what, one.reason) == (
        "compose.yaml",
        "inline Dockerfile at line 4: spans several lines",
    )


def test_what_is_too_large_is_refused() -> None:
    with pytest.raises(BadInput):
        inline_dockerfiles("compose.yaml", "build:" + " " * 9_000_000)
