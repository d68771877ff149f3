"""The files of a project -> what it needs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.advising.dockerfile_needs import dockerfile_needs
from bedplate.advising.project_kinds import PROJECT_KINDS
from bedplate.advising.source_needs import source_needs
from bedplate.advising.wanted_platforms import wanted_platforms
from bedplate.advising.wanted_version import chosen_cycle
from bedplate.errors import BadInput
from bedplate.facts.end_of_life import load_table
from bedplate.linting.image_text import read_image
from bedplate.model.needs import Evidence, Need, NeedKind, Needs, Start, WantedVersion
from bedplate.tags import parse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from bedplate.advising.dockerfile_needs import DockerfileNeeds
    from bedplate.advising.project_files import ProjectFiles
    from bedplate.advising.project_kind import ProjectKind

KIND_NAMES = tuple(kind.NAME for kind in PROJECT_KINDS)
_HUB = ("docker.io/library/", "docker.io/", "index.docker.io/library/", "library/")
# images that serve files and load no code of the project
_SERVERS = frozenset(("nginx", "httpd", "caddy", "nginx-unprivileged"))


def kind_named(name: str) -> ProjectKind:
    """Give the kind of a name of `KIND_NAMES`."""
    return next(kind for kind in PROJECT_KINDS if name == kind.NAME)


def find_kind(files: ProjectFiles) -> ProjectKind:
    """Give the first kind that recognises a project; that of its image goes before others.

    Raises:
        BadInput: none does, or the image only serves files.
    """
    image = familiar(dockerfile_needs(files).image)
    name = read_image(image).name
    if name.rpartition("/")[2] in _SERVERS:
        raise BadInput(
            f"{files.dockerfile}: its last stage stands on {image}, which serves files",
            "there is no code whose needs could be held against a base: see `bedplate compare`",
        )
    found = [kind for kind in PROJECT_KINDS if kind.recognises(files)]
    found.sort(key=lambda kind: name not in kind.REPOSITORIES)
    if not found:
        raise BadInput(
            "no project of a known kind is here",
            f"known: {', '.join(kind.TITLE for kind in PROJECT_KINDS)};"
            " give the folder that has the manifest, such as package.json",
        )
    return found[0]


def read_needs(files: ProjectFiles, kind: ProjectKind, today: date) -> Needs:
    """Put together what the files of a project say.

    Args:
        files: the project.
        kind: which it is.
        today: against which ends of life are held.
    """
    docker = dockerfile_needs(files)
    start, needs = _start(files, kind, docker)
    needs += [*kind.needs(files), *source_needs(files, kind.SUFFIXES, kind.SIGNS)]
    embedded = getattr(kind, "embeds_zones", None)
    if embedded is not None and embedded(files):
        needs = [need for need in needs if need.kind is not NeedKind.TIME_ZONES]
    return Needs(
        kind=kind.NAME,
        title=kind.TITLE,
        versions=tuple(dict.fromkeys(_versions(files, kind, docker, today))),
        needs=tuple(needs),
        packages=docker.packages,
        platforms=docker.platforms or wanted_platforms(files),
        start=start,
        ports=docker.ports,
        image=familiar(docker.image),
        image_evidence=docker.evidence,
    )


def familiar(image: str) -> str:
    """Write an image of Docker Hub as people do."""
    for prefix in _HUB:
        if image.startswith(prefix):
            return image.removeprefix(prefix)
    return image


def _start(
    files: ProjectFiles, kind: ProjectKind, docker: DockerfileNeeds
) -> tuple[Start, list[Need]]:
    """Find a way to start the project that needs no shell, where there is one."""
    needs, start = list(docker.needs), docker.start
    plain = kind.start(files)
    launched = next((need for need in needs if need.what.startswith("started by ")), None)
    if launched is not None and _is_script(start.command) and _is_plain(plain.command):
        # `npm start` is `node server.js` once more, by a shell
        place = needs.index(launched)
        needs[place] = replace(launched, avoidable=True)
        return replace(plain, simplified=True), needs
    if not start.command:
        if not _is_plain(plain.command) and plain.command and plain.evidence is not None:
            needs.append(Need(NeedKind.SHELL, f"started by {plain.command[0]}", plain.evidence))
        return plain, needs
    return start, needs


def _is_script(words: tuple[str, ...]) -> bool:
    return words in (
        ("npm", "start"),
        ("npm", "run", "start"),
        ("yarn", "start"),
        ("pnpm", "start"),
    )


def _is_plain(words: tuple[str, ...]) -> bool:
    return bool(words) and words[0] not in ("npm", "npx", "yarn", "pnpm", "sh", "bash")


def _versions(
    files: ProjectFiles, kind: ProjectKind, docker: DockerfileNeeds, today: date
) -> Iterator[WantedVersion]:
    """Give today's version first: the major is kept unless somebody decides otherwise."""
    product = load_table().products.get(kind.PRODUCT)
    cycles = tuple(product.cycles) if product else ()
    for image, evidence in _images(files, docker):
        reference = read_image(familiar(image))
        if reference.name in kind.REPOSITORIES and reference.tag:
            version = parse(reference.name, reference.tag).version_text
            found = chosen_cycle(version, evidence, kind.PRODUCT, cycles, today)
            if found is not None:
                yield replace(found, exact=version)
    for text, evidence in kind.versions(files):
        found = chosen_cycle(text, evidence, kind.PRODUCT, cycles, today)
        if found is not None:
            yield found


def _images(files: ProjectFiles, docker: DockerfileNeeds) -> Iterator[tuple[str, Evidence]]:
    """Give the image of the last stage, then those of the others."""
    if docker.image and docker.evidence is not None:
        yield docker.image, docker.evidence
    file = files.linted
    for base in file.bases if file else ():
        if base.text and not base.open:
            line = file.origin(base.stage).line if file else 0
            yield base.text, Evidence(files.dockerfile, line, f"FROM {base.written}")
