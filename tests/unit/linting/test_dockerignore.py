from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.errors import LimitExceeded
from bedplate.flows.lint import lint_paths
from bedplate.linting import LintSettings, lint
from bedplate.linting.dockerignore import Dockerignore

if TYPE_CHECKING:
    from pathlib import Path

PATHS = st.lists(st.text("ab.", min_size=1, max_size=3), min_size=1, max_size=4).map("/".join)
PIECES = st.sampled_from(["a", "b", ".", "*", "**", "/", "?", "[ab]", "[^a]", "**/"])


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("a.log", "a.log"),
        ("a.log", "./x/../a.log"),
        ("a.log", "/a.log"),
        ("/a.log\r\n", "../a.log"),
        ("./a/", "a/b/c"),
        ("*", "a"),
        ("*", "*"),
        ("*.log", "a.log/b"),
        ("*/tmp", "x/tmp/y"),
        ("**/x", "x"),
        ("**/x", "a/b/x/c"),
        ("**.pyc", "a/b.pyc"),
        ("a/**", "a/b"),
        ("a/**/z", "a/z"),
        ("a/**/z", "a/b/c/z"),
        ("?.txt", "b.txt"),
        ("[a-c^].txt", "^.txt"),
        ("[^a-c].txt", "d.txt"),
        ("a[.]b", "a.b"),
        ("\ufeffa", "a"),
        ("a\n!b\n", "a"),
        ("!a/b\na", "a/b"),
        ("a\n!a/b", "a/c"),
        ("logs", "logs/*.txt"),
        ("logs", "logs/[ab]"),
        ("*.log", "b*.log"),
        ("a\n!a/b\na/b", "a/b"),
    ],
)
def test_what_is_excluded(text: str, source: str) -> None:
    assert Dockerignore(text).excludes(source)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("", "a"),
        ("# a\n#a", "#a"),
        ("a", "b/a"),
        ("*.log", "a/b.log"),
        ("a/b", "a"),
        ("a/**", "a"),
        ("*", "."),
        ("**", "/"),
        ("a\n!a", "a"),
        ("*\n! a", "a/b"),
        ("a\n!a/b", "a"),
        ("a\n!a/b", "a/*"),
        ("*\n!**/*.py", "src"),
        ("*.log\n!keep.log", "*.log"),
        ("a?", "a*"),
        ("a[b]", "a?"),
        ("*a*", "[ab]"),
        ("[a-", "a"),
        ("[]a]", "a"),
        ("a\\", "a"),
        ("!", "!"),
        ("A", "a"),
        ("a" * 2000, "a" * 2000),
        ("[^a-c].txt", "b.txt"),
    ],
)
def test_what_may_be_there(text: str, source: str) -> None:
    assert not Dockerignore(text).excludes(source)


def _expression(pattern: str) -> str:
    """A second reading of the patterns, by regular expressions."""
    if re.fullmatch(r"\*\*[ab.]+", pattern):
        return ".*" + re.escape(pattern[2:])
    found = ""
    for piece in re.findall(r"\*\*/?(?=.)|\*\*/?$|\[[^]]*\]|.", pattern):
        if piece in ("**", "**/"):
            found += "(.*/)?"
        else:
            found += {"*": "[^/]*", "?": "[^/]"}.get(piece, piece.replace(".", r"\."))
    return re.sub(r"\(\.\*/\)\?$", ".*", found)


@given(st.lists(PIECES, min_size=1, max_size=5).map("".join), PATHS)
def test_a_pattern_matches_a_path_or_a_folder_above_it(pattern: str, path: str) -> None:
    parts = path.split("/")
    if {".", ".."} & {*parts, *pattern.split("/")} or "//" in pattern or pattern.endswith("/"):
        return
    expression = re.compile(_expression(pattern.lstrip("/")))
    above = accumulate(parts, "{}/{}".format)
    wanted = bool(pattern.lstrip("/")) and any(expression.fullmatch(one) for one in above)
    assert Dockerignore(pattern).excludes(path) == wanted


@given(st.text("a*?[]!\\/#-^ \n."), st.text("ab*?[]\\/.^"))
def test_any_text_is_read_and_an_exception_brings_all_back(text: str, source: str) -> None:
    Dockerignore(text).excludes(source)
    assert not Dockerignore(text + "\n!**").excludes(source)


def test_work_is_bounded() -> None:
    ignored = Dockerignore("*a*a*a*a*a*b\n" * 200)
    with pytest.raises(LimitExceeded, match="too many COPY sources"):
        ignored.excludes("a" * 4000)


def test_patterns_that_are_passed_by_count_as_work() -> None:
    text = "FROM scratch\nCOPY " + "a? " * 10_000 + "/\n"
    with pytest.raises(LimitExceeded, match="too many COPY sources"):
        lint(text, dockerignore="b?\n" * 50_000)


def _found(folder: Path, *paths: str) -> list[tuple[str, int]]:
    report = lint_paths(folder, paths, LintSettings(select=frozenset({"copy-ignored-file"})))
    return [(one.path, one.line) for one in report.violations]


def test_the_file_of_the_dockerfile_goes_before_that_of_the_folder(tmp_path: Path) -> None:
    for name in ("Dockerfile", "app.Dockerfile"):
        (tmp_path / name).write_text("FROM scratch\nCOPY a /\nCOPY b /\n")
    assert _found(tmp_path) == []
    (tmp_path / ".dockerignore").write_text("a\n")
    (tmp_path / "app.Dockerfile.dockerignore").write_text("b\n")
    assert sorted(_found(tmp_path)) == [("Dockerfile", 2), ("app.Dockerfile", 3)]


def test_a_dockerignore_too_large_is_listed_as_skipped(tmp_path: Path) -> None:
    (tmp_path / "Dockerfile").write_text("FROM scratch\nCOPY a /\n")
    (tmp_path / ".dockerignore").write_text("a\n" * 300_000)
    report = lint_paths(tmp_path, ("Dockerfile",), LintSettings())
    assert [one.what for one in report.skipped] == [".dockerignore"]
    assert report.violations


def test_the_source_is_marked_and_can_be_suppressed() -> None:
    text = "FROM scratch\nCOPY b a /\n"
    [one] = [one for one in lint(text, dockerignore="a") if one.rule == "copy-ignored-file"]
    assert (one.span.of(text), one.twins) == ("a", ("CopyIgnoredFile",))
    skipping = "# check=skip=CopyIgnoredFile\n" + text
    assert "copy-ignored-file" not in {one.rule for one in lint(skipping, dockerignore="a")}
