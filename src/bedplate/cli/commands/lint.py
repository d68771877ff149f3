"""`bedplate lint [PATH...]`."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bedplate.cli.exit_codes import BAD_INPUT, CLEAN, FINDINGS
from bedplate.cli.output import write_file
from bedplate.errors import InvalidDocument

if TYPE_CHECKING:
    from collections import Counter

    from bedplate.cli.context import Context
    from bedplate.cli.lint_request import LintRequest
    from bedplate.cli.world import World
    from bedplate.flows.lint import Facts
    from bedplate.linting import LintSettings
    from bedplate.model.lint_report import LintReport

NAME = "lint"
HELP = "find what should not be built like that in Dockerfiles, and repair it"
FORMATS = ("terminal", "json", "sarif", "github", "gitlab", "junit")


class _Fix(argparse.Action):
    """`--fix` or `--fix=unsafe`; what else stands behind it is a path: `--fix Dockerfile`."""

    def __call__(
        self,
        _parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: Any,
        _option: str | None = None,
    ) -> None:
        """Keep the word, or a path beside it."""
        is_word = values in ("safe", "unsafe")
        namespace.fix = values if is_word else "safe"
        namespace.path_behind_fix = "" if is_word else values


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare paths, repairs and the baseline."""
    parser.add_argument("path", metavar="PATH", nargs="*", help="file or folder (default: .)")
    parser.add_argument(
        "--fix",
        nargs="?",
        const="safe",
        default="",
        action=_Fix,
        metavar="unsafe",
        help="repair what keeps the image as it is; --fix=unsafe: all that can be repaired",
    )
    parser.set_defaults(path_behind_fix="")
    parser.add_argument(
        "--facts",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="ask registries about the images too, with --offline the catalog; or read texts alone",
    )
    parser.add_argument(
        "--enable", metavar="RULE", action="append", default=[], help="run RULE, which is off"
    )
    parser.add_argument(
        "--context", metavar="DIR", default="", help="build context of all Dockerfiles"
    )
    parser.add_argument("--diff", action="store_true", help="show repairs, write nothing")
    parser.add_argument("--baseline", metavar="FILE", help="leave out violations that FILE names")
    parser.add_argument(
        "--write-baseline", metavar="FILE", help="write all violations of this run to FILE"
    )


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Lint, and repair when asked."""
    # lazy: rules and file kinds are not for --help
    from bedplate.cli.lint_request import read_lint_request  # noqa: PLC0415
    from bedplate.flows.lint import lint_paths, write_repairs  # noqa: PLC0415
    from bedplate.linting.baseline import write_baseline  # noqa: PLC0415
    from bedplate.reporting.render_lint import render_lint  # noqa: PLC0415

    world = context.world
    request = read_lint_request(arguments, world)
    settings = replace(request.settings, enable=request.settings.enable.union(arguments.enable))
    report = lint_paths(
        world.folder,
        [*filter(None, [arguments.path_behind_fix]), *arguments.path],
        settings,
        known=_baseline(arguments.baseline, world),
        fix=arguments.fix or ("safe" if arguments.diff else ""),
        facts=_facts(request, context, settings) if arguments.facts else None,
        context=arguments.context,
    )
    if arguments.write_baseline:
        text = write_baseline(report.violations, report.texts)
        write_file(world.folder / arguments.write_baseline, text)
        return CLEAN
    if arguments.diff:
        context.write(_diff(report))
        return FINDINGS if report.repaired else CLEAN
    context.write(render_lint(report, arguments.format, context.look()))
    written, failed = write_repairs(report, world.folder)
    for name in written:
        context.notice(f"{name}: repaired")
    for one in failed:
        context.notice(f"{one.what}: not repaired: {one.reason}")
    if failed:
        return BAD_INPUT
    return FINDINGS if report.violations else CLEAN


def _facts(request: LintRequest, context: Context, settings: LintSettings) -> Facts:
    from bedplate.flows.file_facts import file_facts  # noqa: PLC0415 - lazy: only when asked

    own, packages = request.facts, request.packages
    return lambda texts, named: file_facts(texts, context.session, settings, own, packages, named)


def _baseline(name: str | None, world: World) -> Counter[str] | None:
    from bedplate.linting.baseline import read_baseline  # noqa: PLC0415 - lazy: only when asked

    if name is None:
        return None
    try:
        text = (world.folder / name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidDocument(f"{name}: can't be read", "make it by --write-baseline") from error
    return read_baseline(text, name)


def _diff(report: LintReport) -> str:
    from difflib import unified_diff  # noqa: PLC0415 - lazy: only when asked

    parts: list[str] = []
    for name, new in (report.repaired or {}).items():
        old = report.texts[name]
        lines = unified_diff(
            old.splitlines(keepends=True), new.splitlines(keepends=True), f"a/{name}", f"b/{name}"
        )
        parts += (line if line.endswith("\n") else f"{line}\n\\ No newline\n" for line in lines)
    return "".join(parts)
