"""Images that their publishers gave up or moved: a table of facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from bedplate.model.reference import Reference


class Deprecation(NamedTuple):
    """What became of an image.

    Args:
        what: one clause, after "NAME ".
        since: ISO date or month; empty when the source gives none.
        source: where that is written.
        successors: what to use in its place, as people write it.
        moved_to: canonical name that holds the very same tags; empty when there is none.
    """

    what: str
    since: str
    source: str
    successors: tuple[str, ...] = ()
    moved_to: str = ""


_OFFICIAL = "docker-library/docs, {}/deprecated.md"


def _official(name: str, what: str, since: str, *successors: str) -> tuple[str, Deprecation]:
    source = _OFFICIAL.format(name)
    return f"docker.io/library/{name}", Deprecation(what, since, source, successors)


# By canonical repository. All read on 2026-11-23.
REPOSITORIES: dict[str, Deprecation] = dict(
    (
        _official(
            "openjdk",
            "gets early-access builds alone",
            "2022-07",
            "eclipse-temurin",
            "amazoncorretto",
            "ibm-semeru-runtimes",
            "sapmachine",
        ),
        _official("java", "was renamed and is no longer built", "2016-12-31", "eclipse-temurin"),
        _official("adoptopenjdk", "is no longer built", "2021-08-01", "eclipse-temurin"),
        _official(
            "centos",
            "is at its end of life with all its tags",
            "2024-06-30",
            "almalinux",
            "rockylinux/rockylinux",
            "quay.io/centos/centos",
        ),
        _official("jenkins", "is no longer built since LTS 2.60", "", "jenkins/jenkins"),
        _official("consul", "is no longer built since Consul 1.16", "", "hashicorp/consul"),
        _official("vault", "is no longer built since Vault 1.14", "", "hashicorp/vault"),
        _official("opensuse", "is no longer built", "", "opensuse/leap", "opensuse/tumbleweed"),
        _official("iojs", "was merged into Node.js", "", "node"),
        _official("nats-streaming", "gets no more security fixes", "2023-06", "nats"),
        _official("mono", "has no maintainer any more", "2022-06"),
        _official("sentry", "is no longer built", "2019-07"),
        _official("rockylinux", "gets no updates", "", "rockylinux/rockylinux"),
    )
)

# By the beginning of the canonical repository.
PREFIXES: dict[str, Deprecation] = {
    "docker.io/bitnami/": Deprecation(
        "moved its versioned tags to bitnamilegacy, an archive without updates",
        "2025-08-28",
        "bitnami/containers, issue 83267",
        moved_to="docker.io/bitnamilegacy/",
    ),
    "docker.io/bitnamilegacy/": Deprecation(
        "is an archive without updates",
        "2025-08-28",
        "bitnami/containers, issue 83267",
    ),
    "k8s.gcr.io/": Deprecation(
        "is of a registry that is frozen",
        "2023-04-03",
        "Kubernetes blog, k8s-gcr-io-freeze-announcement",
        moved_to="registry.k8s.io/",
    ),
    "gcr.io/google-containers/": Deprecation(
        "is of a registry that is frozen",
        "2023-04-03",
        "Kubernetes blog, k8s-gcr-io-freeze-announcement",
        moved_to="registry.k8s.io/",
    ),
    "docker.io/circleci/": Deprecation(
        "gets no updates", "2021-12-31", "CircleCI, legacy convenience images", ("cimg/...",)
    ),
    "docker.io/microsoft/dotnet": Deprecation(
        "is no longer built", "", "dotnet/dotnet-docker", ("mcr.microsoft.com/dotnet/...",)
    ),
}


def in_words(name: str, found: Deprecation) -> str:
    """Say what became of an image, since when, and what takes its place."""
    since = f" (since {found.since})" if found.since else ""
    instead = found.moved_to.removeprefix("docker.io/") or _either(found.successors)
    return f"{name} {found.what}{since}{f'; use {instead}' if instead else ''}"


def _either(names: tuple[str, ...]) -> str:
    *some, last = names or ("",)
    return f"{', '.join(some)} or {last}" if some else last


def deprecation_of(reference: Reference) -> Deprecation | None:
    """Say what became of an image, None when nothing is known.

    Returns:
        with `moved_to` as the whole name, where the image moved.
    """
    name = reference.name
    found = REPOSITORIES.get(name)
    if found is not None:
        return found
    for prefix, deprecation in PREFIXES.items():
        if name.startswith(prefix):
            moved = deprecation.moved_to
            return deprecation._replace(moved_to=moved and moved + name.removeprefix(prefix))
    return None
