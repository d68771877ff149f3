"""The examples of docs/dockerfile.md."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from bedplate.dockerfile import parse
from bedplate.errors import InvalidDockerfile

_PAGE = (Path(__file__).parents[3] / "docs" / "dockerfile.md").read_text(encoding="utf-8")


def _blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", _PAGE, re.MULTILINE | re.DOTALL)


def test_example_of_the_library_runs() -> None:
    (code,) = _blocks("python")
    names: dict[str, Any] = {
        "text": "FROM node:20 AS a\r\nFROM b:20\r\nCOPY --from=node:20 / /\r\n"
    }
    exec(compile(code, "docs/dockerfile.md", "exec"), names)
    expected = "FROM node:22-alpine AS a\r\nFROM b:20\r\nCOPY --from=node:22-alpine / /\r\n"
    assert names["changed"] == expected


def test_example_of_an_argument_is_as_described() -> None:
    (example,) = _blocks("dockerfile")
    text = re.sub(r" +#.*", "", example)
    (use,) = parse(text).images()
    assert getattr(use, "name_span", None) == (text.index("node"), text.index(":${TAG}"))
    assert getattr(use, "tag_span", None) == (text.index("20"), text.index("\nFROM"))


def test_error_looks_as_shown() -> None:
    with pytest.raises(InvalidDockerfile) as caught:
        parse("FROM a\nENV A=1 oops\n")
    assert f"{caught.value}\n{caught.value.excerpt}\n" in _blocks("")
