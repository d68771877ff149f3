"""`bedplate scan TARGET...`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.cli.exit_codes import CLEAN, FINDINGS, NOT_EXAMINED

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from bedplate.cli.context import Context
    from bedplate.model.base_facts import BaseFacts

NAME = "scan"
HELP = "find the known vulnerabilities of images, SBOMs and root file systems"
FORMATS = (
    *("terminal", "json", "markdown", "html", "sarif"),
    *("cyclonedx", "spdx", "openvex", "gitlab", "junit"),
)
# names of matching.policy, which is not loaded for --help
POLICIES = ("kernel-headers", "unimportant", "under-investigation", "documentation")
_LEVELS = ("negligible", "low", "medium", "high", "critical")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare targets, what counts, what is shown, and what fails."""
    parser.add_argument(
        "target", metavar="TARGET", nargs="+", help="node:20, oci:DIR, dir:ROOTFS, sbom:FILE, ..."
    )
    parser.add_argument(
        "--from",
        dest="inventory",
        choices=("auto", "layers", "attestation"),
        default="auto",
        help="what tells the packages: layers, the attested SBOM, or that before layers are "
        "pulled (default: auto)",
    )
    parser.add_argument("--dockerfile", metavar="FILE", help="name the lines that brought findings")
    parser.add_argument(
        "--stages",
        action="store_true",
        help="scan the images of the Dockerfile's build stages too; they fail no gate",
    )
    _add_view(parser)
    _add_gates(parser)
    _add_exceptions(parser)


def _add_view(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("what is shown")
    group.add_argument(
        "--only",
        metavar="WHAT",
        action="append",
        choices=("fixable", "base", "app"),
        default=[],
        help="show findings that are fixable, of the base image, of the application; repeatable",
    )
    group.add_argument(
        "--severity", choices=_LEVELS, default="", help="show findings of this level or graver"
    )
    group.add_argument(
        "--reading",
        choices=("vendor", "cvss"),
        default="",
        help="whose level counts: the vendor's word or the CVSS score (default: vendor)",
    )
    group.add_argument(
        "--show-suppressed", action="store_true", help="list what does not count, and why"
    )


def _add_gates(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("what makes it fail (exit code 1)")
    group.add_argument(
        "--fail-on",
        metavar="GATE",
        action="append",
        default=[],
        help="'high,fixable', 'kev', 'epss>0.1', 'critical,base', 'new': all of the conditions "
        "on one finding; repeatable",
    )
    group.add_argument("--grace", metavar="7d", help="wait so long after a fix came out")
    group.add_argument("--baseline", metavar="FILE", help="findings that FILE names do not count")
    group.add_argument(
        "--write-baseline", metavar="FILE", help="write all findings of this run to FILE"
    )
    group.add_argument(
        "--max-db-age", metavar="DAYS", type=int, help="fail on advisories that are older"
    )


def _add_exceptions(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("advisories and exceptions")
    group.add_argument(
        "--vex", metavar="FILE", action="append", default=[], help="trust this VEX document"
    )
    group.add_argument(
        "--no-attested-vex", action="store_true", help="do not trust VEX that a builder attested"
    )
    group.add_argument(
        "--ignore-file",
        metavar="FILE",
        help="exceptions with reasons (default: .bedplate-ignore.toml, when it is there)",
    )
    group.add_argument(
        "--count",
        metavar="WHAT",
        action="append",
        choices=POLICIES,
        default=[],
        help=f"count what is left out by default: {', '.join(POLICIES)}; repeatable",
    )
    group.add_argument(
        "--no-update", action="store_true", help="take the advisories that are there, fetch none"
    )


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Scan, show, and ask the gates."""
    # lazy: layers, stores and matching are not for --help
    from bedplate.cli.scan_request import read_request, write_known  # noqa: PLC0415
    from bedplate.flows.scan import scan  # noqa: PLC0415
    from bedplate.reporting.render_scan import render_scan  # noqa: PLC0415

    request = read_request(arguments, context.world)
    if arguments.write_baseline:
        request = request.for_baseline()
    session = replace(context.session, inventory_from=arguments.inventory)
    report = scan(arguments.target, session, request, _refresher(arguments, context))
    unexamined = [one.facts.name for one in report.scans if not one.examined]
    if arguments.write_baseline:
        write_known(report, context.world.folder / arguments.write_baseline)
        for name in unexamined:
            context.notice(f"{name}: unknown: nothing was recognised")
        return NOT_EXAMINED if unexamined else CLEAN
    look = context.look(suppressed=arguments.show_suppressed)
    context.write(render_scan(report, arguments.format, look))
    for reason in report.verdict.reasons:
        context.notice(f"fails: {reason}")
    if report.verdict.failed:
        return FINDINGS
    return NOT_EXAMINED if unexamined else CLEAN


def _refresher(
    arguments: argparse.Namespace, context: Context
) -> Callable[[BaseFacts], None] | None:
    if arguments.no_update or context.session.offline:
        return None
    from bedplate.cli.db_settings import db_mirrors  # noqa: PLC0415 - lazy: feeds
    from bedplate.flows.refresh import refresher  # noqa: PLC0415 - lazy: feeds

    return refresher(context.session, db_mirrors(arguments, context.world))
