from __future__ import annotations

from dataclasses import replace

import pytest

from bedplate.dockerfile import parse
from bedplate.matching.build_steps import lines_of
from bedplate.matching.origin import with_origin
from bedplate.model.base_facts import BaseFacts, BaseMatch, LayerFacts
from bedplate.testing.sample_scan import sample_findings

FOUND = replace(sample_findings()[0], origin="", layer=None)
STEPS = (
    "RUN # debian.sh --arch 'amd64'",
    "RUN /bin/sh -c apt-get update && apt-get install -y curl # buildkit",
    "WORKDIR /app",
    "COPY /out/app /usr/local/bin/app # buildkit",
    "RUN |1 VERSION=2 /bin/sh -c make install VERSION=$VERSION # buildkit",
)
DOCKERFILE = """\
FROM golang AS build
RUN go build -o /out/app

FROM debian:12 AS tools
RUN apt-get update && \\
    apt-get install -y curl

FROM tools
WORKDIR /app
COPY --from=build /out/app /usr/local/bin/app
ARG VERSION=1
RUN make install VERSION=$VERSION
"""


def facts(*, bases: tuple[BaseMatch, ...] = (), steps: tuple[str, ...] = STEPS) -> BaseFacts:
    layers = tuple(LayerFacts(None, created_by=step) for step in steps)
    return BaseFacts("app", layers=layers, bases=bases)


def test_layers_lead_to_lines() -> None:
    assert lines_of(STEPS, parse(DOCKERFILE)) == {1: 5, 2: 9, 3: 10, 4: 12}


def test_the_classic_builder_writes_steps_otherwise() -> None:
    steps = (
        "/bin/sh -c #(nop) ADD file:aa in / ",
        "/bin/sh -c apt-get update && apt-get install -y curl",
        "/bin/sh -c #(nop) WORKDIR /app",
        "/bin/sh -c #(nop) COPY file:bb in /usr/local/bin/app ",
        "/bin/sh -c make install VERSION=$VERSION",
    )
    assert lines_of(steps, parse(DOCKERFILE)) == {1: 5, 2: 9, 3: 10, 4: 12}


@pytest.mark.parametrize("text", ["FROM debian\nRUN something else\n", "FROM a AS a\nFROM a\n"])
def test_another_file_leads_nowhere(text: str) -> None:
    assert lines_of(STEPS, parse(text)) == {}


@pytest.mark.parametrize(("layer", "origin"), [(0, "base"), (1, "base"), (2, "app"), (None, "")])
def test_the_base_ends_with_its_layers(layer: int | None, origin: str) -> None:
    image = facts(bases=(BaseMatch("debian:12", layers=2), BaseMatch("scratch", layers=0)))
    (found,) = with_origin([replace(FOUND, layer=layer)], image)
    assert found.origin == origin
    assert found.created_by == (STEPS[layer] if layer is not None else "")


def test_without_a_known_base_the_file_tells_where_it_ends() -> None:
    document = parse(DOCKERFILE)
    (below,) = with_origin([replace(FOUND, layer=0)], facts(), document)
    (above,) = with_origin([replace(FOUND, layer=4)], facts(), document)
    assert (below.origin, below.line) == ("base", None)
    assert (above.origin, above.line) == ("app", 12)


def test_nothing_is_known_of_an_image_without_base_and_file() -> None:
    (found,) = with_origin([replace(FOUND, layer=0)], facts())
    assert found.origin == ""


def test_all_of_a_base_image_is_the_base() -> None:
    image = facts(bases=(BaseMatch("app", layers=len(STEPS)),))
    (found,) = with_origin([FOUND], image)
    assert found.origin == "base"
