"""Dockerfile text -> instructions, flags, arguments, here-documents, lines and stages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bedplate.dockerfile import parse
from bedplate.dockerfile.arguments import KEYWORDS
from bedplate.errors import InvalidDockerfile

if TYPE_CHECKING:
    from bedplate.dockerfile import Instruction

KIND = "kind"
KINDS: frozenset[str] = frozenset()


def _instruction(instruction: Instruction) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "keyword": instruction.keyword,
        "flags": [flag.text for flag in instruction.flags],
        "json": instruction.json,
    }
    if instruction.keyword in ("ENV", "LABEL"):
        shown["pairs"] = [
            {"name": pair.name, "value": pair.value, "sep": pair.separator}
            for pair in instruction.pairs
        ]
    elif instruction.keyword in KEYWORDS:
        shown["args"] = [word.text for word in instruction.arguments]
    else:
        shown["args"] = [""]
    if instruction.onbuild:
        shown["onbuild"] = _instruction(instruction.onbuild)
    return shown


def _placed(instruction: Instruction) -> dict[str, Any]:
    shown = _instruction(instruction) | {"lines": [instruction.line, instruction.end_line]}
    if instruction.heredocs:
        shown["heredocs"] = [
            {
                "name": heredoc.name,
                "fd": heredoc.descriptor,
                "expand": heredoc.expand,
                "chomp": heredoc.chomp,
                "content": heredoc.content,
            }
            for heredoc in instruction.heredocs
        ]
    return shown


def test_dockerfile_is_read_as_buildkit_reads_it(row: dict[str, Any]) -> None:
    expect = row["expect"]
    try:
        parsed = parse(row["dockerfile"])
    except InvalidDockerfile as error:
        if expect["ok"]:
            pytest.fail(f"refused: {error}", pytrace=False)
        return
    assert str(parsed) == row["dockerfile"]
    assert bytes(parse(row["dockerfile"].encode())) == row["dockerfile"].encode()
    assert expect["ok"], expect["error"]
    assert [_placed(one) for one in parsed.instructions] == expect["instructions"]
    assert parsed.escape == expect.get("escape", parsed.escape)
    assert len(parsed.warnings) == expect.get("empty_continuation_warnings", 0)
    if "syntax" in expect:
        assert parsed.syntax is not None
        assert parsed.syntax.value == expect["syntax"]
    if "stages" in expect:
        stages = [
            {"name": stage.name, "base": stage.base.text, "platform": stage.platform}
            for stage in parsed.stages
        ]
        assert stages == expect["stages"]
    errors = [problem.message for problem in parsed.problems if not problem.warning]
    assert bool(errors) == ("instruction_error" in expect), errors
