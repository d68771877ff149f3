from __future__ import annotations

import argparse
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import bedplate.flows.compare
import bedplate.flows.inspect
from bedplate.cli import options
from bedplate.cli.commands import COMMANDS
from bedplate.cli.parser import make_parser
from bedplate.errors import BedplateError, ImageNotFound, RegistryUnreachable
from bedplate.reporting import render
from bedplate.testing.sample_facts import alpine_sample, debian_sample, unknown_sample

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.base_facts import BaseFacts

DOCS = Path(__file__).parents[3] / "docs"


@pytest.fixture
def images(monkeypatch: pytest.MonkeyPatch) -> dict[str, BaseFacts | BaseException]:
    """What `inspect` answers, by name."""
    known: dict[str, BaseFacts | BaseException] = {
        "a": debian_sample("a"),
        "b": alpine_sample("b"),
    }

    def inspect(name: str, _session: object) -> tuple[BaseFacts, ...]:
        found = known[name]
        if isinstance(found, BaseException):
            raise found
        return (found,)

    monkeypatch.setattr(bedplate.flows.inspect, "inspect", inspect)
    monkeypatch.setattr(bedplate.flows.compare, "inspect", inspect)
    return known


def test_help_and_version_end_well(shell: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert shell.run("--help") == 0
    assert all(command.NAME in capsys.readouterr().out for command in COMMANDS[:1])
    assert shell.run("--version") == 0
    assert re.fullmatch(r"bedplate \d+\.\d+.*\n", capsys.readouterr().out)


@pytest.mark.parametrize(
    "argv",
    [
        (),
        ("nonsense",),
        ("inspect",),
        ("inspect", "a", "--format", "nonsense"),
        ("inspect", "a", "--nonsense"),
        ("inspect", "a", "--off"),
        ("compare",),
        ("compare", "a"),
        ("inspect", "a", "--platform", "no/such/platform/at/all"),
        ("inspect", ""),
        ("inspect", "--offline", "UPPER"),
    ],
)
@pytest.mark.usefixtures("images")
def test_a_wrong_command_line_is_one_line_and_two(
    shell: Any, argv: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()  # the last rows need the real flow
    assert shell.run(*argv) == 2
    assert shell.out == ""
    assert shell.err.startswith("bedplate: error: ")
    assert shell.err.count("\n") == 1


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ImageNotFound("no image x", "look again"), 2),
        (RegistryUnreachable("registry.example does not answer"), 3),
        (BedplateError("of no kind"), 70),
        (OSError(28, "No space left on device", "/disk/file"), 3),
        (KeyboardInterrupt(), 130),
        (ZeroDivisionError("division by zero"), 70),
    ],
)
def test_every_failure_has_its_code_and_one_line(
    shell: Any, images: dict[str, Any], error: BaseException, code: int
) -> None:
    images["a"] = error
    assert shell.run("inspect", "a") == code
    assert shell.out == ""
    assert shell.err.count("\n") == 1
    assert "Traceback" not in shell.err


def test_the_line_of_an_error_says_what_and_what_to_do(shell: Any, images: dict[str, Any]) -> None:
    images["a"] = ImageNotFound("no image x", "look again")
    shell.run("inspect", "a")
    assert shell.err == "bedplate: error: no image x (look again)\n"


def test_a_bug_leaves_a_log_to_paste(shell: Any, images: dict[str, Any]) -> None:
    images["a"] = ZeroDivisionError("division by zero")
    shell.run("inspect", "a")
    path = Path(shell.environment["HOME"], ".cache/bedplate/bug.log")
    assert f"ZeroDivisionError: division by zero (please report it with {path})" in shell.err
    log = path.read_text(encoding="utf-8")
    assert "command: bedplate inspect a" in log
    assert "Traceback (most recent call last)" in log


def test_a_bug_without_a_place_for_its_log_says_how_to_see_it(
    shell: Any, images: dict[str, Any]
) -> None:
    images["a"] = ZeroDivisionError()
    shell.environment = {}
    assert shell.run("inspect", "a") == 70
    assert "BEDPLATE_DEBUG=1" in shell.err
    shell.environment = {"BEDPLATE_DEBUG": "1"}
    shell.run("inspect", "a")
    assert "Traceback (most recent call last)" in shell.err


def test_errors_do_not_act_on_the_terminal(shell: Any, images: dict[str, Any]) -> None:
    images["a"] = ImageNotFound("no \x1b[2J\nimage \udcff")
    shell.run("inspect", "a")
    assert shell.err == "bedplate: error: no \\x1b[2J\\x0aimage \\xff\n"


def test_an_image_in_which_nothing_was_recognised_is_not_clean(
    shell: Any, images: dict[str, Any]
) -> None:
    empty = replace(unknown_sample("a"), depth="layers", packages=(), runtimes=(), libcs=())
    images["a"] = empty
    assert shell.run("inspect", "a") == 3
    assert "sample" in shell.out or "a - linux/amd64" in shell.out
    assert shell.run("compare", "a", "b") == 3
    images["a"] = unknown_sample("a")
    assert shell.run("inspect", "a") == 0


def test_a_reader_that_has_seen_enough_is_no_error(
    shell: Any, images: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    images["a"] = BrokenPipeError()
    monkeypatch.setattr("bedplate.cli.main._drop_stdout", lambda: None)
    assert shell.run("inspect", "a") == 0
    assert shell.err == ""


@pytest.mark.usefixtures("images")
def test_results_go_to_stdout_alone(shell: Any) -> None:
    assert shell.run("compare", "a", "b") == 0
    assert "398 MB" in shell.out
    assert shell.err == ""


@pytest.mark.usefixtures("images")
def test_verbose_tells_the_requests(shell: Any) -> None:
    shell.run("inspect", "a", "--verbose")
    assert shell.err == "bedplate: no requests\n"


@pytest.mark.usefixtures("images")
@pytest.mark.parametrize(
    ("environment", "terminal", "colored"),
    [
        ({}, True, True),
        ({}, False, False),
        ({"NO_COLOR": "1"}, True, False),
        ({"NO_COLOR": ""}, True, True),
        ({"TERM": "dumb"}, True, False),
    ],
)
def test_colour_is_for_terminals_that_want_it(
    shell: Any, environment: dict[str, str], *, terminal: bool, colored: bool
) -> None:
    shell.environment |= environment
    shell.stdout._terminal = terminal
    shell.run("inspect", "a", "--no-progress")
    assert ("\x1b[" in shell.out) is colored


@pytest.mark.usefixtures("images")
def test_the_width_is_that_of_columns(shell: Any) -> None:
    shell.environment["COLUMNS"] = "60"
    shell.run("inspect", "a")
    assert max(map(len, shell.out.splitlines())) == 60
    shell.environment["COLUMNS"] = "99999999999999999999"
    shell.run("inspect", "a")
    assert max(map(len, shell.out.splitlines())) == 80


def test_a_terminal_without_unicode_gets_ascii(shell: Any, images: dict[str, Any]) -> None:
    images["a"] = replace(debian_sample("a"), user="Zoë")
    shell.stdout = type(shell.stdout)(encoding="ascii")
    assert shell.run("inspect", "a") == 0
    assert r"Zo\xeb" in shell.out


def test_the_configuration_above_is_found_and_unknown_tables_are_refused(shell: Any) -> None:
    (shell.folder.parent / "bedplate.toml").write_text("[regsitry]\n", encoding="utf-8")
    assert shell.run("inspect", "--offline", "node:20") == 2
    assert "unknown table [regsitry]" in shell.err
    assert str(shell.folder.parent / "bedplate.toml") in shell.err


@pytest.mark.parametrize("content", [b"\xff", b"[[", b"registry = 1", b"x = " + b"[" * 100_000])
def test_a_broken_configuration_is_one_line(shell: Any, content: bytes) -> None:
    (shell.folder / "other.toml").write_bytes(content)
    assert shell.run("inspect", "--offline", "node:20", "--config", "other.toml") == 2
    assert "other.toml" in shell.err
    assert shell.err.count("\n") == 1


def test_a_configuration_that_was_named_must_be_there(shell: Any) -> None:
    assert shell.run("inspect", "--offline", "node:20", "--config", "none.toml") == 2
    assert "none.toml" in shell.err


def test_the_catalog_answers_offline_with_its_date(shell: Any) -> None:
    assert shell.run("compare", "--offline", "node:20", "node:20-alpine", "scratch") == 0
    assert "catalog, as of" in shell.out
    assert "398 MB" in shell.out


def test_variants_come_from_the_catalog_offline(shell: Any) -> None:
    assert shell.run("compare", "--offline", "--variants", "node:20") == 0
    assert "node:20-alpine" in shell.out
    assert "the same image as node:20" in shell.out


def options_of(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in parser._actions:
        yield from action.option_strings
        if isinstance(action, argparse._SubParsersAction):
            for nested in action.choices.values():
                yield from options_of(nested)


def test_the_formats_of_the_command_line_are_those_of_the_reports() -> None:
    assert options.FORMAT_NAMES == render.FORMAT_NAMES


def test_docs_describe_every_command_and_option() -> None:
    text = "".join((DOCS / name).read_text(encoding="utf-8") for name in ("cli.md", "catalog.md"))
    words = set(re.findall(r"[\w-]+", text))
    assert {command.NAME for command in COMMANDS} <= words
    assert set(options_of(make_parser())) - words == set()


@pytest.mark.parametrize("shell_name", ["bash", "zsh", "fish"])
def test_completion_knows_every_command(shell: Any, shell_name: str) -> None:
    assert shell.run("completion", shell_name) == 0
    for word in ("inspect", "compare", "catalog", "markdown", "platform"):
        assert word in shell.out
