"""What a Dockerfile tells of a project: image, packages, shell, start, ports, platforms."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bedplate.advising.package_moves import runtime_packages
from bedplate.advising.package_uses import is_for_building, is_for_debugging
from bedplate.linting.package_installs import installed_names
from bedplate.model.needs import Evidence, Need, NeedKind, Start, WantedPackage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.advising.project_files import ProjectFiles
    from bedplate.linting.linted_file import LintedFile, Step

_LAUNCHERS = frozenset(("npm", "npx", "yarn", "pnpm", "sh", "bash", "ash"))
_SCRIPT = re.compile(r"(?:^|/)[\w.-]+\.(?:sh|bash)\Z")
_PLAIN_COMMAND = re.compile(r"[\w./:=@%+,-]+(?: [\w./:=@%+,-]+)*\Z")
_MAX_PORTS = 20
_GYP = ("python", "python3", "python3-setuptools", "py3-setuptools")
_CHECKERS = ("curl", "wget")


@dataclass(frozen=True, slots=True)
class DockerfileNeeds:
    """What the file says.

    Args:
        image: on which the last stage stands in the end; empty when variables hide it.
        evidence: where.
        needs, packages, platforms, start, ports: see `Needs`.
        stages: how many.
        user: of the last stage, as written; empty when none is named.
    """

    image: str = ""
    evidence: Evidence | None = None
    needs: tuple[Need, ...] = ()
    packages: tuple[WantedPackage, ...] = ()
    platforms: tuple[str, ...] = ()
    start: Start = field(default_factory=Start)
    ports: tuple[int, ...] = ()
    stages: int = 0
    user: str = ""


def dockerfile_needs(files: ProjectFiles) -> DockerfileNeeds:
    """Read the Dockerfile of a project; empty needs when there is none."""
    file = files.linted
    if file is None or not file.stages:
        return DockerfileNeeds()
    path = files.dockerfile
    final = [*file.lineage(len(file.stages) - 1)]
    base = file.bases[final[-1]]
    origin = file.origin(final[-1])
    image = base.text if base.text and not base.open else ""
    packages = tuple(_packages(files, file, frozenset(final)))
    start, needs = _start(file, path, final)
    needs += list(_debugging(packages))
    needs += list(_health(file, path, final))
    users = [step for step in file.direct("USER") if step.stage in final]
    return DockerfileNeeds(
        image=image,
        evidence=Evidence(path, origin.line, f"FROM {base.written}"),
        needs=tuple(needs),
        packages=tuple(one for one in packages if not is_for_debugging(one.name)),
        platforms=_platforms(file),
        start=start,
        ports=tuple(_ports(file, final)),
        stages=len(file.stages),
        user=users[-1].words[0] if users and users[-1].words else "",
    )


def _packages(
    files: ProjectFiles, file: LintedFile, final: frozenset[int]
) -> Iterator[WantedPackage]:
    seen: set[tuple[str, bool]] = set()
    for one in installed_names(file):
        to_build = one.stage not in final or is_for_building(one.name)
        # what Node.js compiles addons with
        to_build = to_build or (one.name in _GYP and files.has("package.json"))
        if one.name in _CHECKERS and one.stage in final:
            # fetched with in RUN lines, and of no use afterwards unless a check asks with it
            asked = any(one.name in step.instruction.value for step in file.direct("HEALTHCHECK"))
            to_build = not asked
        place = Evidence(files.dockerfile, one.line)
        wanted = [WantedPackage(one.manager, one.name, place, to_build)]
        if one.stage in final and to_build:
            # headers bring their library along, which the final image keeps needing
            names = runtime_packages(one.name, one.manager) or ()
            wanted += [WantedPackage(one.manager, name, place) for name in names]
        for package in wanted:
            if (package.name, package.to_build) not in seen:
                seen.add((package.name, package.to_build))
                yield package


def _debugging(packages: tuple[WantedPackage, ...]) -> Iterator[Need]:
    for one in packages:
        if is_for_debugging(one.name) and not one.to_build:
            yield Need(NeedKind.DEBUGGING, one.name, one.evidence)


def _start(file: LintedFile, path: str, final: list[int]) -> tuple[Start, list[Need]]:
    """Tell how the last stage is started, and what shell that takes."""
    needs: list[Need] = []
    words: list[str] = []
    evidence: Evidence | None = None
    for keyword in ("ENTRYPOINT", "CMD"):
        step = _last(file, keyword, final)
        if step is None:
            continue
        value = step.instruction.value
        evidence = Evidence(path, step.line, f"{keyword} {value}"[:120])
        if step.instruction.json:
            own = [word.text for word in step.instruction.arguments]
            needs += _launched(own, evidence)
        else:
            plain = _PLAIN_COMMAND.match(value.strip())
            own = value.split() if plain else ["sh", "-c", value]
            what = f"shell form of {keyword}"
            needs.append(Need(NeedKind.SHELL, what, evidence, avoidable=plain is not None))
            needs += _launched(own, evidence) if plain else ()
        words += own
    return Start(tuple(words), evidence), needs


def _launched(words: list[str], evidence: Evidence) -> Iterator[Need]:
    first = words[0] if words else ""
    if first.rpartition("/")[2] in _LAUNCHERS:
        yield Need(NeedKind.SHELL, f"started by {first}", evidence)
    elif _SCRIPT.search(first):
        yield Need(NeedKind.SHELL, f"the script {first}", evidence)


def _last(file: LintedFile, keyword: str, final: list[int]) -> Step | None:
    """Give the instruction that holds in the end: that of the nearest stage."""
    for stage in final:
        steps = [step for step in file.direct(keyword) if step.stage == stage]
        if steps:
            return steps[-1]
    return None


def _health(file: LintedFile, path: str, final: list[int]) -> Iterator[Need]:
    step = _last(file, "HEALTHCHECK", final)
    value = step.instruction.value if step else ""
    if step is not None and "CMD" in value and "[" not in value:
        evidence = Evidence(path, step.line, f"HEALTHCHECK {value}"[:120])
        yield Need(NeedKind.SHELL, "shell form of HEALTHCHECK", evidence)


def _ports(file: LintedFile, final: list[int]) -> Iterator[int]:
    found = 0
    for step in file.direct("EXPOSE"):
        for word in step.words if step.stage in final else ():
            number = word.partition("/")[0]
            if number.isdecimal() and 0 < int(number[:6]) < 65536 and found < _MAX_PORTS:
                found += 1
                yield int(number)


def _platforms(file: LintedFile) -> tuple[str, ...]:
    given = file.stages[-1].platform or ""
    return (given,) if given and "$" not in given else ()
