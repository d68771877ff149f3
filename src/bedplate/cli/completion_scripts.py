"""Completion scripts, made from the parser: they can't know other words than it does."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


class _Option(NamedTuple):
    name: str
    help: str
    choices: tuple[str, ...]
    takes_file: bool
    takes_value: bool


def _commands(parser: argparse.ArgumentParser) -> Mapping[str, argparse.ArgumentParser]:
    for action in parser._actions:  # noqa: SLF001 - argparse has no public way to ask
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            return dict(action.choices)
    return {}


def _options(parser: argparse.ArgumentParser) -> Iterator[_Option]:
    for action in parser._actions:  # noqa: SLF001
        choices = tuple(map(str, action.choices or ()))
        for name in action.option_strings:
            if name.startswith("--"):
                yield _Option(
                    name, action.help or "", choices, action.metavar == "FILE", action.nargs != 0
                )


def _bash(parser: argparse.ArgumentParser) -> str:
    cases: list[str] = []
    values: dict[str, _Option] = {}
    for name, command in _commands(parser).items():
        options = list(_options(command))
        cases.append(f"    {name}) words='{' '.join(option.name for option in options)}' ;;")
        values |= {option.name: option for option in options if option.takes_value}
    after = [
        f"    {name}) {_bash_values(option)}; return ;;" for name, option in sorted(values.items())
    ]
    return "\n".join(
        [
            "_bedplate() {",
            '  local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}"',
            "  local words=''",
            '  case "$previous" in',
            *after,
            "  esac",
            '  case "${COMP_WORDS[1]}" in',
            *cases,
            "  esac",
            '  if [ "$COMP_CWORD" -eq 1 ]; then',
            f"    words='{' '.join(_commands(parser))} --help --version'",
            "  fi",
            '  if [ "$COMP_CWORD" -gt 1 ] && [ "${current#-}" = "$current" ]; then',
            '    COMPREPLY=($(compgen -f -- "$current"))',
            "  else",
            '    COMPREPLY=($(compgen -W "$words" -- "$current"))',
            "  fi",
            "}",
            "complete -o filenames -F _bedplate bedplate",
            "",
        ]
    )


def _bash_values(option: _Option) -> str:
    if option.choices:
        return f"COMPREPLY=($(compgen -W '{' '.join(option.choices)}' -- \"$current\"))"
    return 'COMPREPLY=($(compgen -f -- "$current"))' if option.takes_file else "COMPREPLY=()"


def _zsh(parser: argparse.ArgumentParser) -> str:
    return "\n".join(
        ["#compdef bedplate", "autoload -U +X bashcompinit && bashcompinit", _bash(parser)]
    )


def _fish(parser: argparse.ArgumentParser) -> str:
    commands = _commands(parser)
    lines = ["complete -c bedplate -n __fish_use_subcommand -f -a " + f"'{' '.join(commands)}'"]
    for name, command in commands.items():
        for option in _options(command):
            line = f"complete -c bedplate -n '__fish_seen_subcommand_from {name}'"
            line += f" -l {option.name.removeprefix('--')} -d {_quoted(option.help)}"
            if option.choices:
                line += f" -x -a '{' '.join(option.choices)}'"
            elif option.takes_value:
                line += " -r"
            lines.append(line)
    return "\n".join([*lines, ""])


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


SCRIPTS: Mapping[str, Callable[[argparse.ArgumentParser], str]] = {
    "bash": _bash,
    "zsh": _zsh,
    "fish": _fish,
}
