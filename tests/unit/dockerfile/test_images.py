"""Images that a Dockerfile takes from outside, and where each part can be edited."""

from __future__ import annotations

import pytest

from bedplate.dockerfile import Build, parse
from bedplate.errors import InvalidDockerfile
from bedplate.model.image_use import ImageUse, SkippedUse

_DIGEST = "sha256:" + "0" * 64


def _uses(text: str, build: Build | None = None) -> list[ImageUse]:
    return [one for one in parse(text).images(build) if isinstance(one, ImageUse)]


def _skipped(text: str) -> list[SkippedUse]:
    return [one for one in parse(text).images() if isinstance(one, SkippedUse)]


def test_every_role() -> None:
    text = (
        "# syntax=docker/dockerfile:1\n"
        "FROM --platform=$TARGETPLATFORM golang:1.22 AS build\n"
        "RUN --mount=type=bind,from=busybox:1,target=/b --mount=from=build,target=/c \\\n"
        "    --mount=type=cache,from=alpine:3,target=/d --mount=type=tmpfs,from=no,target=/e x\n"
        "FROM scratch AS files\n"
        "COPY --from=0 /a /a\n"
        "COPY --from=later /a /a\n"
        "COPY --from=ghcr.io/x/y /a /a\n"
        "FROM Files AS later\n"
        "ONBUILD COPY --from=quay.io/z:1 /a /a\n"
    )
    uses = _uses(text)
    assert [(one.role, one.text, one.stage, one.line) for one in uses] == [
        ("syntax", "docker/dockerfile:1", None, 1),
        ("from", "golang:1.22", 0, 2),
        ("mount-from", "busybox:1", 0, 3),
        ("mount-from", "alpine:3", 0, 4),
        ("copy-from", "ghcr.io/x/y", 1, 8),
        ("onbuild", "quay.io/z:1", 2, 10),
    ]
    assert all(one.span.of(text) == one.text for one in uses)
    assert uses[1].platform == "linux/amd64"
    assert not _skipped(text)


@pytest.mark.parametrize(
    "text",
    [
        "FROM localhost:5000/a/b:1@" + _DIGEST + "\n",
        "FROM 'localhost:5000/a/b:1@" + _DIGEST + "'\n",
        "from \\\n  localhost:5000/a/b:1@" + _DIGEST + "\\\n  as x\n",
        "ARG I=localhost:5000/a/b:1@" + _DIGEST + "\nFROM $I\n",
        'ARG R="localhost:5000"\nARG N=${R}/a/b\nARG T=1\nFROM ${N}:$T@' + _DIGEST + "\n",
        "ARG T=v1\nFROM localhost:5000/a/b:${T#v}@" + _DIGEST + "\n",
        "FROM localhost:5000/a/b${NONE:-:1@" + _DIGEST + "}\n",
    ],
)
def test_parts_stand_where_their_spans_say(text: str) -> None:
    (use,) = _uses(text)
    assert use.text == "localhost:5000/a/b:1@" + _DIGEST
    assert (use.name, use.tag, use.digest) == ("localhost:5000/a/b", "1", _DIGEST)
    for part, span in ((use.tag, use.tag_span), (use.digest, use.digest_span)):
        assert span is not None
        assert span.of(text) == part
    assert use.name_span is None or use.name_span.of(text) == use.name


def test_reference_lives_in_the_argument() -> None:
    text = "ARG BASE=node:20\nARG ALIAS=$BASE\nFROM ${ALIAS} AS x\n"
    (use,) = _uses(text)
    assert (use.argument, use.written, use.line) == ("BASE", "${ALIAS}", 3)
    assert use.span == (text.index("node"), text.index("\nARG ALIAS"))
    assert use.use_span is not None
    assert use.use_span.of(text) == "${ALIAS}"


def test_part_lives_in_the_argument() -> None:
    text = "ARG TAG=20\nFROM node:${TAG}-alpine\n"
    (use,) = _uses(text)
    assert (use.tag, use.argument, use.tag_span) == ("20-alpine", "TAG", None)
    assert use.name_span is not None
    assert use.name_span.of(text) == "node"
    assert use.span.of(text) == "node:${TAG}-alpine"


def test_only_arguments_before_the_first_from_count() -> None:
    text = "ARG V=1\nFROM a:$V\nARG V=2\nFROM b:$V\n"
    assert [one.text for one in _uses(text)] == ["a:1", "b:1"]


def test_build_arguments_go_before_defaults() -> None:
    text = "ARG V=1\nARG W\nFROM a:$V-$W\n"
    (use,) = _uses(text, Build(arguments={"V": "9", "W": "x"}))
    assert (use.text, use.tag_span, use.argument) == ("a:9-x", None, "")


def test_platform_arguments() -> None:
    text = "FROM --platform=${BUILDPLATFORM} a:${TARGETARCH}${TARGETVARIANT}\n"
    (use,) = _uses(text, Build(platform="linux/arm/v7", build_platform="linux/arm64"))
    assert (use.text, use.platform) == ("a:armv7", "linux/arm64")


def test_final_is_what_the_last_stage_starts_from() -> None:
    text = "FROM a AS x\nFROM b AS y\nFROM x\nCOPY --from=y / /\n"
    assert [(one.text, one.final) for one in _uses(text)] == [("a", True), ("b", False)]


@pytest.mark.parametrize(
    ("target", "texts"),
    [("x", ["a"]), ("Y", ["b", "c"]), ("2", ["a"]), ("last", ["a", "b", "c", "d"])],
)
def test_target_needs_only_its_own(target: str, texts: list[str]) -> None:
    text = (
        "FROM a AS x\nFROM b AS y\nCOPY --from=c / /\nFROM x\n"
        "FROM d AS last\nCOPY --from=2 / /\nRUN --mount=from=y,target=/y z\n"
    )
    assert [one.text for one in _uses(text, Build(target=target))] == texts


def test_target_that_is_not_there() -> None:
    with pytest.raises(InvalidDockerfile, match="no stage 'nope'"):
        parse("FROM a AS x\n").images(Build(target="nope"))


def test_stage_is_known_only_below_its_definition() -> None:
    assert [one.text for one in _uses("FROM x\nFROM a AS x\nFROM x\n")] == ["x", "a"]


def test_build_contexts_are_no_images() -> None:
    text = "FROM Base\nCOPY --from=extra / /\n"
    assert _uses(text, Build(contexts=frozenset({"base", "extra"}))) == []


def test_scratch_is_no_image_also_through_an_argument() -> None:
    assert parse("ARG A=scratch\nFROM $A\nFROM scratch$B\n").images() == ()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("FROM a:$V\n", "no value for V"),
        ("ARG V\nFROM $V\n", "no value for V"),
        ("ARG V=\nFROM $V\n", "nothing is left"),
        ("FROM ${V:?needed}\n", "V: needed"),
        ("ARG V=${X:?no}\nFROM a:$V\n", "X: no"),
        ("FROM {{ image }}\n", "{{"),
        ("FROM a\nCOPY --from=$X / /\n", "variables are not expanded here"),
        ("FROM a\nRUN --mount=from=$X x\n", "variables are not expanded here"),
        ("FROM a\nCOPY --from=7 / /\n", "no stage of that number"),
        ("FROM a\nONBUILD COPY --from=assets / /\n", "ONBUILD"),
    ],
)
def test_what_cant_be_resolved_is_skipped_with_the_reason(text: str, reason: str) -> None:
    (skipped,) = _skipped(text)
    assert reason in skipped.reason
    assert skipped.span.of(text) == skipped.what


def test_wrong_but_readable_references_are_kept() -> None:
    (use,) = _uses("FROM quay.io/Upper/case:1@sha256:abc\n")
    assert (use.name, use.tag, use.digest) == ("quay.io/Upper/case", "1", "sha256:abc")


def test_argument_bomb_is_skipped() -> None:
    lines = ["ARG a0=" + "x" * 10, *[f"ARG a{i}=" + f"$a{i - 1}" * 10 for i in range(1, 40)]]
    (skipped,) = _skipped("\n".join([*lines, "FROM $a39\n"]))
    assert "too many characters" in skipped.reason


def test_many_long_arguments_are_skipped() -> None:
    lines = ["ARG a=" + "x" * 60_000, *[f"ARG b{i}=$a" for i in range(2_000)]]
    (skipped,) = _skipped("\n".join([*lines, "FROM $b1999\n"]))
    assert "too many characters" in skipped.reason
