"""`bedplate watch [FOLDER...]`."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from bedplate.cli.exit_codes import CLEAN, NOT_EXAMINED
from bedplate.errors import BadInput

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from types import FrameType

    from bedplate.cli.context import Context
    from bedplate.cli.watch_loop import WatchLoop

NAME = "watch"
HELP = "look at many repositories again and again, open change requests, tell what is new"
FORMATS = ("terminal", "json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare repositories, when they are looked at, and who is told."""
    parser.add_argument(
        "folder", metavar="FOLDER", nargs="*", help="a repository, or a folder of some (default: .)"
    )
    parser.add_argument(
        "--org", metavar="ADDRESS", default="", help="https://github.com/acme: all of its own"
    )
    parser.add_argument(
        "--pr", action="store_true", help="open and refresh change requests, as update --pr does"
    )
    parser.add_argument("--remote", default="origin", help="remote of git (default: origin)")
    parser.add_argument(
        "--forge", default="", help="github, gitlab or gitea, where its host may be any"
    )
    parser.add_argument("--api-url", metavar="URL", default="", help="address of the forge's API")
    group = parser.add_argument_group("when, and who is told")
    group.add_argument(
        "--interval", metavar="PERIOD", default="6h", help="from round to round (default: 6h)"
    )
    group.add_argument("--once", action="store_true", help="one round, for cron")
    group.add_argument(
        "--state", metavar="FILE", help="what is kept over a crash (default: in the cache)"
    )
    group.add_argument(
        "--metrics", metavar="[HOST:]PORT", default="", help="serve numbers to Prometheus"
    )


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Watch until told to stop; after one round with `--once`."""
    from bedplate.cli.watch_loop import WatchLoop  # noqa: PLC0415 - lazy: git, forges, threads

    if arguments.org and arguments.folder:
        raise BadInput("--org and folders can't be watched together", "run two watches")
    if arguments.pr and arguments.offline:
        raise BadInput("--pr needs a network", "leave --offline out")
    loop = WatchLoop(arguments, context)
    with _signals(loop), loop.alone(), loop.metrics():
        if not arguments.once:
            loop.forever()
            return CLEAN
        report = loop.round()
        if report.stopped:
            return CLEAN
        return NOT_EXAMINED if report.failed else CLEAN


@contextlib.contextmanager
def _signals(loop: WatchLoop) -> Iterator[None]:
    """Let the first signal end the watch after the current repository, the second one now."""
    import signal  # noqa: PLC0415 - lazy: only here
    import threading  # noqa: PLC0415

    def handle(_number: int, _frame: FrameType | None) -> None:
        if loop.stopping.is_set():
            raise KeyboardInterrupt
        loop.stopping.set()

    if threading.current_thread() is not threading.main_thread():
        yield  # of a program that has its own handlers
        return
    before = {one: signal.signal(one, handle) for one in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
