"""Image references: what is one, and what it means.

`normalized`, `any`, `docker_ref`, `canonical` and `match` are what bedplate does with every
reference; `parse`, `name`, `fullname`, `domain`, `identifier` and `reference_regexp` are the
grammar below it. `ggcr_*`, `docker_transport` and `renovate_*` are conventions of other tools:
their own defaults and prohibitions are added here, on the same grammar.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from bedplate.errors import BadInput, BedplateError, InvalidReference
from bedplate.model import reference_grammar as grammar
from bedplate.model.digest import Digest
from bedplate.model.reference import DOCKER_HUB, Reference
from bedplate.model.reference_pattern import matches_pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

KIND = "mode"
KINDS: frozenset[str] = frozenset()
_HUB_OF_GGCR = "index.docker.io"

Fields = dict[str, Any]


def _check(*, ok: bool, why: str) -> None:
    if not ok:
        raise InvalidReference(why)


def _of_reference(reference: Reference) -> Fields:
    return {
        "domain": reference.registry,
        "path": reference.repository,
        "name": reference.name,
        "tag": reference.tag or None,
        "digest": str(reference.digest) if reference.digest else None,
        "string": str(reference),
        "familiar": reference.familiar,
        "familiar_name": reference.familiar_name,
    }


def _of_written(written: grammar.WrittenReference | None) -> Fields:
    _check(ok=written is not None, why="does not follow the grammar")
    assert written is not None
    _check(ok=len(written.path) <= grammar.MAX_PATH_LENGTH, why="too long")
    digest = str(Digest.parse(written.digest)) if written.digest else None
    name = "/".join(part for part in (written.domain, written.path) if part)
    return {
        "domain": written.domain or None,
        "path": written.path,
        "name": name,
        "tag": written.tag or None,
        "digest": digest,
        "string": name
        + (f":{written.tag}" if written.tag else "")
        + (f"@{digest}" if digest else ""),
    }


def _any(text: str) -> Fields:
    if grammar.is_identifier(text):
        text = f"sha256:{text}"
    try:
        return {"string": str(Digest.parse(text)), "digest": text}
    except BadInput:
        return _of_reference(Reference.parse(text))


def _canonical(text: str) -> Fields:
    reference = Reference.parse(text)
    _check(ok=str(reference) == text, why="is not fully written")
    return _of_reference(reference)


def _holds(test: Callable[[str], bool]) -> Callable[[str, Mapping[str, Any]], Fields]:
    def check(text: str, _options: Mapping[str, Any]) -> Fields:
        _check(ok=test(text), why="is not one")
        return {}

    return check


def _match(text: str, options: Mapping[str, Any]) -> Fields:
    return {"match": matches_pattern(Reference.parse(text), options["pattern"])}


def _ggcr(text: str, options: Mapping[str, Any], *, strict: bool = False) -> Fields:
    """Docker Hub by its old name, sha256 only; strict: nothing may be left to a default."""
    domain, _ = grammar.split_domain(text)
    reference = Reference.parse(text)
    if strict:
        _check(ok=bool(domain), why="names no registry")
        _check(ok=bool(reference.tag or reference.digest), why="has neither tag nor digest")
    digest = reference.digest
    _check(ok=digest is None or digest.algorithm == "sha256", why="not sha256")
    registry = reference.registry if domain else options.get("default_registry", DOCKER_HUB)
    registry = _HUB_OF_GGCR if registry == DOCKER_HUB else registry
    tag = None if digest else reference.tag or options.get("default_tag", "latest")
    end = f"@{digest}" if digest else f":{tag}"
    return {
        "kind": "digest" if digest else "tag",
        "registry": registry,
        "repository": reference.repository,
        "tag": tag,
        "digest": str(digest) if digest else None,
        "name": f"{registry}/{reference.repository}{end}",
    }


def _docker_transport(text: str, _options: Mapping[str, Any]) -> Fields:
    """What skopeo and podman take after `docker://`: a tag or a digest, not both."""
    reference = Reference.parse(text.removeprefix("//"))
    _check(ok=not (reference.tag and reference.digest), why="has a tag and a digest")
    return _of_reference(reference.with_default_tag())


def _renovate(text: str, options: Mapping[str, Any]) -> Fields:
    """A registry address with a path in it: the path goes in front of the repository, once."""
    address = options["registry_url"]
    base = urlsplit(address if "://" in address else f"https://{address}")
    host = base.netloc
    prefix = base.path.strip("/")
    domain, repository = grammar.split_domain(text)
    if text.startswith(f"{host}/{prefix}/" if prefix else f"{host}/"):
        repository = text.partition("/")[2]
    elif domain:
        host = domain
    elif prefix:
        repository = f"{prefix}/{repository}"
    if host in (DOCKER_HUB, _HUB_OF_GGCR):
        host = _HUB_OF_GGCR
        repository = repository if "/" in repository else f"library/{repository}"
    return {"registry": f"{base.scheme}://{host}", "repository": repository}


_MODES: dict[str, Callable[[str, Mapping[str, Any]], Fields]] = {
    "parse": lambda text, _: _of_written(grammar.split_reference(text)),
    "name": lambda text, _: _of_written(grammar.split_name(text)),
    "fullname": lambda text, _: _of_written(grammar.split_name(text)),
    "reference_regexp": lambda text, _: _of_written(grammar.split_reference(text)),
    "domain": _holds(grammar.is_domain),
    "identifier": _holds(grammar.is_identifier),
    "normalized": lambda text, _: _of_reference(Reference.parse(text)),
    "docker_ref": lambda text, _: _of_reference(Reference.parse(text).to_pull()),
    "any": lambda text, _: _any(text),
    "canonical": lambda text, _: _canonical(text),
    "match": _match,
    "ggcr_weak": _ggcr,
    "ggcr_strict": lambda text, options: _ggcr(text, options, strict=True),
    "docker_transport": _docker_transport,
    "renovate_registry_repository": _renovate,
}


def test_reference_means_the_same(row: dict[str, Any]) -> None:
    outcome: Fields
    try:
        outcome = {"ok": True, **_MODES[row["mode"]](row["input"], row.get("options") or {})}
    except BedplateError as error:
        outcome = {"ok": False, "why": str(error)}
    expected = {key: value for key, value in row["expect"].items() if key != "error"}
    assert {key: outcome.get(key) for key in expected} == expected, outcome
