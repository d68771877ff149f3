"""Options and `[scan]` of bedplate.toml -> what is asked of a scan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bedplate.cli.configuration import find_configuration, read_configuration
from bedplate.cli.output import write_file
from bedplate.errors import BadInput, ImageNotFound
from bedplate.flows.scan_request import ScanRequest
from bedplate.matching.baseline import read_baseline, write_baseline
from bedplate.matching.gate import parse_gate
from bedplate.matching.gates import parse_grace
from bedplate.matching.ignore import ignores_of, read_ignores
from bedplate.matching.matching import MatchOptions
from bedplate.matching.policy import POLICIES
from bedplate.matching.reading import READINGS, VENDOR
from bedplate.matching.vex import MAX_SIZE, read_vex
from bedplate.model.rating import Level
from bedplate.registry.toml_table import TomlTable

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from bedplate.cli.world import World
    from bedplate.dockerfile.document import Dockerfile
    from bedplate.matching.ignore import IgnoreEntry
    from bedplate.model.scan_report import ScanReport

IGNORE_FILE = ".bedplate-ignore.toml"
_FIELDS = ("fail-on", "grace", "ignore", "max-db-age", "reading")
_MAX_FILE = 64 * 1024 * 1024
_MAX_DAYS = 36_500


def read_request(arguments: argparse.Namespace, world: World) -> ScanRequest:
    """Put together what the user wants; an option overrules its field in bedplate.toml.

    Raises:
        InvalidConfiguration: a gate, period, ignore file or field that can't be read.
        InvalidDocument: a VEX document or baseline that can't be read.
        ImageNotFound: a file that is not there.
    """
    if arguments.stages and not arguments.dockerfile:
        raise BadInput("--stages: whose stages?", "add --dockerfile FILE")
    tables, place = _tables(arguments, world)
    table = TomlTable(tables, place).table("scan")
    table.refuse_others(_FIELDS)
    known = _known(arguments.baseline, world)
    gates = arguments.fail_on or table.texts("fail-on")
    grace = arguments.grace or table.text("grace")
    oldest: int | None = arguments.max_db_age
    if oldest is None and "max-db-age" in table:
        oldest = int(table.number("max-db-age", 0, _MAX_DAYS))
    return ScanRequest(
        options=MatchOptions(frozenset(POLICIES) - frozenset(arguments.count)),
        vex=tuple(
            statement
            for name in arguments.vex
            for statement in read_vex(_content(world.folder / name, name, MAX_SIZE), name)
        ),
        attested_vex=not arguments.no_attested_vex,
        ignores=(
            *_ignores(arguments.ignore_file, world),
            *ignores_of(tables.get("scan", {}).get("ignore", []), place),
        ),
        known=known,
        baseline=arguments.baseline or "",
        gates=tuple(parse_gate(text, has_baseline=known is not None) for text in gates),
        grace=parse_grace(grace) if grace else None,
        reading=arguments.reading or _reading(table),
        only=frozenset(arguments.only),
        least=Level[arguments.severity.upper()] if arguments.severity else Level.UNKNOWN,
        max_age=oldest,
        dockerfile=_dockerfile(arguments.dockerfile, world),
        dockerfile_name=arguments.dockerfile or "",
        stages=arguments.stages,
    )


def _reading(table: TomlTable) -> str:
    reading = table.text("reading") or VENDOR
    if reading not in READINGS:
        raise table.refuse("reading", f"must be one of {', '.join(READINGS)}")
    return reading


def write_known(report: ScanReport, path: Path) -> None:
    """Write a baseline of all that a run found.

    Raises:
        StorageError: the file can't be written.
    """
    write_file(path, write_baseline(each for one in report.scans for each in one.findings))


def _tables(arguments: argparse.Namespace, world: World) -> tuple[dict[str, Any], str]:
    """Give the tables of bedplate.toml, and its name."""
    named: str | None = arguments.config
    path = world.folder / named if named else find_configuration(world.folder)
    return read_configuration(path) if path else {}, str(path or "bedplate.toml")


def _known(name: str | None, world: World) -> frozenset[tuple[str, str]] | None:
    if name is None:
        return None
    content = _content(world.folder / name, name, _MAX_FILE)
    return read_baseline(content.decode("utf-8", "replace"), name)


def _ignores(name: str | None, world: World) -> tuple[IgnoreEntry, ...]:
    path = world.folder / (name or IGNORE_FILE)
    if name is None and not path.is_file():
        return ()
    content = _content(path, name or IGNORE_FILE, _MAX_FILE)
    return read_ignores(content.decode("utf-8", "replace"), name or IGNORE_FILE)


def _dockerfile(name: str | None, world: World) -> Dockerfile | None:
    if name is None:
        return None
    from bedplate.dockerfile import parse  # noqa: PLC0415 - lazy: only when asked

    content = _content(world.folder / name, name, _MAX_FILE)
    return parse(content.decode("utf-8", "surrogateescape"))


def _content(path: Path, name: str, limit: int) -> bytes:
    """Read a file whole.

    Raises:
        ImageNotFound: it is not there, can't be read, or is larger than it may be.
    """
    try:
        with path.open("rb") as file:
            content = file.read(limit + 1)
    except OSError as error:
        raise ImageNotFound(f"{name}: {error.strerror or error}") from error
    if len(content) > limit:
        raise ImageNotFound(f"{name}: larger than {limit // 1024**2} MiB")
    return content
