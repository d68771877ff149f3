"""The console entry: parse, dispatch, and end with the right code and one clear line."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from bedplate.cli.commands import COMMANDS
from bedplate.cli.context import Context
from bedplate.cli.exit_codes import BUG, CLEAN, INTERRUPTED, NOT_EXAMINED
from bedplate.cli.output import write_stream
from bedplate.cli.parser import make_parser
from bedplate.cli.world import World
from bedplate.errors import BedplateError, InvalidDockerfile
from bedplate.reporting.harmless import harmless

if TYPE_CHECKING:
    from collections.abc import Sequence


def run() -> None:
    """Run this process's command line, and exit."""
    code = main(sys.argv[1:], World.real())
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_stdout()
    sys.exit(code)


def main(argv: Sequence[str], world: World) -> int:
    """Run one command line.

    Args:
        argv: what stands after `bedplate`.
        world: environment and streams.

    Returns:
        one of `exit_codes`; nothing that goes wrong leaves as an exception.
    """
    try:
        return _dispatch(argv, world)
    except SystemExit as done:  # argparse, after --help and --version
        return CLEAN if not done.code else int(done.code)
    except KeyboardInterrupt:
        return _fail(world, "interrupted", INTERRUPTED)
    except BrokenPipeError:
        _drop_stdout()
        return CLEAN  # whoever read us has seen enough
    except InvalidDockerfile as error:
        _debug(world)
        code = _fail(world, str(error), error.exit_code)
        write_stream(world.stderr, _below(error.excerpt))
        return code
    except BedplateError as error:
        _debug(world)
        return _fail(world, str(error), error.exit_code)
    except OSError as error:
        _debug(world)
        place = f"{error.filename}: " if error.filename else ""
        return _fail(world, f"{place}{error.strerror or error}", NOT_EXAMINED)
    except Exception as error:  # noqa: BLE001 - the last line of defence: a bug is one line too
        return _bug(world, argv, error)


def _dispatch(argv: Sequence[str], world: World) -> int:
    words = (word for word in argv if not word.startswith("-"))
    arguments = make_parser(next(words, "none")).parse_args(argv)
    command = next(entry for entry in COMMANDS if arguments.command == entry.NAME)
    context = Context(arguments, world)
    try:
        return command.run(arguments, context)
    finally:
        context.close()


def _fail(world: World, message: str, code: int) -> int:
    write_stream(world.stderr, f"bedplate: error: {harmless(message)}\n")
    return code


def _below(excerpt: str) -> str:
    """Indent the line with its marker, made harmless line by line."""
    return "".join(f"  {harmless(line)}\n" for line in excerpt.splitlines())


def _debug(world: World) -> None:
    """Show where an expected error comes from, to those who ask for it."""
    if world.variable("BEDPLATE_DEBUG"):
        import traceback  # noqa: PLC0415 - lazy: only on errors

        write_stream(world.stderr, traceback.format_exc())


def _bug(world: World, argv: Sequence[str], error: Exception) -> int:
    from bedplate.cli.bug_log import write_bug_log  # noqa: PLC0415 - lazy: only on bugs

    _debug(world)
    path = write_bug_log(argv, error, world.cache_folder)
    hint = f"please report it with {path}" if path else "set BEDPLATE_DEBUG=1 to see where"
    what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return _fail(world, f"this is a bug: {what} ({hint})", BUG)


def _drop_stdout() -> None:
    """Keep Python from complaining, at its end, that nobody reads any more."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
