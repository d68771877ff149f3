"""What BuildKit can parse but will not build."""

from __future__ import annotations

import pytest

from bedplate.dockerfile import parse


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("FORM x", "unknown instruction FORM: FROM?"),
        ("ENV", "ENV needs an argument"),
        ("LABEL =x", "LABEL with an empty name"),
        ("ADD x", "needs a source and a destination"),
        ("COPY a <<E\nE", "here-document"),
        ("FROM a b", "FROM takes"),
        ("FROM a AS 1x", "is no name for a stage"),
        ("ONBUILD", "ONBUILD needs an instruction"),
        ("ONBUILD ONBUILD RUN x", "another ONBUILD"),
        ("ONBUILD FROM x", "can't put off FROM"),
        ("HEALTHCHECK", "HEALTHCHECK needs an argument"),
        ("HEALTHCHECK NONE x", "takes no arguments"),
        ("HEALTHCHECK CMD", "needs a command"),
        ("HEALTHCHECK PING x", "CMD or NONE"),
        ("HEALTHCHECK --interval=often CMD x", "duration"),
        ("HEALTHCHECK --timeout=-5s CMD x", "duration"),
        ("HEALTHCHECK --retries=-1 CMD x", "number"),
        ("SHELL", "SHELL needs an argument"),
        ("SHELL bash", "JSON array"),
        ('VOLUME [""]', "empty path"),
        ("WORKDIR", "WORKDIR needs an argument"),
        ("CMD --x y", "CMD has no flag --x"),
        ("COPY --link=maybe a b", "true or false"),
        ("COPY --chown a b", "--chown needs a value"),
        ("COPY --chmod=1 --chmod=2 a b", "a second --chmod"),
        ("RUN --network=moon x", "--network takes"),
        ("RUN --mount=from=$x,target=/a y", "takes no variables"),
    ],
)
def test_problem(line: str, message: str) -> None:
    problems = parse(f"FROM base\n{line}\n").problems
    assert [one.line for one in problems] == [2]
    assert message in problems[0].message


@pytest.mark.parametrize(
    "line",
    [
        "RUN --mount=type=cache,target=/a --mount=type=secret,id=b x",
        "COPY --link --parents=true --exclude=a --exclude=b c d",
        "ADD --checksum=sha256:0 --keep-git-dir=false a b",
        "HEALTHCHECK --interval=1m30s --timeout=.5s --retries=3 CMD x",
        "HEALTHCHECK NONE",
        "ARG --x a",
        'SHELL ["a"]',
        "ONBUILD RUN x",
    ],
)
def test_no_problem(line: str) -> None:
    assert parse(f"FROM base\n{line}\n").problems == ()


def test_instructions_before_from() -> None:
    problems = parse("ARG a\nRUN x\nFROM b\n").problems
    assert [(one.line, one.message) for one in problems] == [(2, "RUN before the first FROM")]


def test_empty_continuation_lines_are_warnings() -> None:
    (problem,) = parse("FROM a\nRUN x \\\n\n y\n").problems
    assert (problem.line, problem.warning) == (4, True)
