from __future__ import annotations

import pytest

from bedplate.errors import BadInput
from bedplate.repofiles import inline_dockerfiles, placed_builds

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
    [one] = inline_dockerfiles("x/docker-bake.hcl", BAKE)
    assert (one.value.text, one.context) == ('FROM a:1\nRUN "x"', "x/b")


def test_a_dollar_written_twice_is_one() -> None:
    text = "services:\n  a:\n    build:\n      dockerfile_inline: |\n        RUN $$A $$$$B $C\n"
    [one] = inline_dockerfiles("compose.yaml", text)
    assert one.value.text == "RUN $A $$B $C"
    places = [text[one.value.starts[i] : one.value.ends[i]] for i in range(4, 7)]
    assert places == ["$$", "A", " "]


def test_what_is_too_large_is_refused() -> None:
    with pytest.raises(BadInput):
        inline_dockerfiles("compose.yaml", "build:" + " " * 9_000_000)
