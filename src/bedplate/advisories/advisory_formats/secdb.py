"""The secdb of Alpine, Wolfi and Chainguard: which version of a package fixed what.

Source: gitlab.alpinelinux.org/alpine/infra/alpine-secdb; the secfixes comment of APKBUILD.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from bedplate.advisories.identifiers import split_names
from bedplate.advisories.json_lines import is_json
from bedplate.advisories.record import Record
from bedplate.errors import InvalidDocument
from bedplate.model.advisory import Advisory, AffectedPackage, Status
from bedplate.model.skipped import Skipped
from bedplate.model.version_range import VersionRange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.advisories.record import Wanted

NAME = "secdb"

_NEVER = "0"
"""The version under which a branch lists what it never was affected by."""
_ID = re.compile(r"[A-Za-z]{2,12}[-_][A-Za-z0-9._:-]*\d[A-Za-z0-9._:-]*")
_BRANCH = re.compile(r"v?(\d+\.\d+|edge)")
_MAX_TEXT = 300


class _Package(msgspec.Struct):
    name: str
    secfixes: dict[str, list[str] | None] | None = None


class _Entry(msgspec.Struct):
    pkg: _Package


class _Document(msgspec.Struct):
    packages: list[msgspec.Raw] | None = None
    distroversion: str = ""
    urlprefix: str = ""
    reponame: str = ""


_DECODER = msgspec.json.Decoder(_Document)
_ENTRY = msgspec.json.Decoder(_Entry)


def claims(_name: str, head: bytes) -> bool:
    """Tell a secdb by its field for fixes."""
    return is_json(head) and b'"secfixes"' in head


def records(name: str, content: bytes, _wanted: Wanted) -> Iterator[Record | Skipped]:
    """Read every fix, one record for each vulnerability."""
    try:
        document = _DECODER.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidDocument(f"{name}: not a secdb: {error}", "fetch it again") from error
    feed, namespace = _publisher(document, name)
    advisories: dict[str, tuple[Advisory, list[AffectedPackage]]] = {}
    for number, raw in enumerate(document.packages or ()):
        try:
            package = _ENTRY.decode(raw).pkg
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            yield Skipped(f"{name}, package {number}", str(error)[:200])
            continue
        yield from _package(package, feed, namespace, advisories)
    for advisory, affected in advisories.values():
        yield Record(advisory, tuple(affected))


def _publisher(document: _Document, name: str) -> tuple[str, str]:
    """Give the feed and the namespace that a document is of.

    Raises:
        InvalidDocument: of nobody that bedplate knows.
    """
    for host, feed in (("wolfi.dev", "wolfi"), ("cgr.dev", "chainguard")):
        if host in document.urlprefix:
            return feed, f"apk:{feed}"
    branch = _BRANCH.fullmatch(document.distroversion)
    if branch is None:
        raise InvalidDocument(f"{name}: a secdb of no distribution that bedplate knows")
    return "alpine", f"apk:alpine:{branch[1]}"


def _package(
    package: _Package,
    feed: str,
    namespace: str,
    advisories: dict[str, tuple[Advisory, list[AffectedPackage]]],
) -> Iterator[Skipped]:
    for version, lines in (package.secfixes or {}).items():
        if not _usable(version) or not _usable(package.name):
            yield Skipped(f"{package.name!r:.80} {version!r:.80}", "not a name or version")
            continue
        for line in lines or ():
            advisory = _advisory(line, feed)
            if advisory is None:
                yield Skipped(f"{package.name} {version}", f"no id in {line!r:.80}")
                continue
            _, affected = advisories.setdefault(advisory.id, (advisory, []))
            affected.append(_affected(namespace, package.name, version))


def _affected(namespace: str, name: str, version: str) -> AffectedPackage:
    if version == _NEVER:
        return AffectedPackage(namespace, name, Status.NOT_AFFECTED)
    return AffectedPackage(namespace, name, Status.FIXED, (VersionRange(fixed=version),))


def _advisory(line: str, feed: str) -> Advisory | None:
    """Read `CVE-2017-2616 (+ regression fix)`, `CVE_2019-1 XSA-326`: the CVE is the name."""
    if len(line) > _MAX_TEXT:
        return None
    cves, others = split_names(word for word in re.split(r"[\s,()]+", line) if _ID.fullmatch(word))
    if not cves and not others:
        return None
    name = cves[0] if cves else others[0]
    identity = f"ALPINE-{name}" if feed == "alpine" else name
    return Advisory(identity, feed, cves, others)


def _usable(text: Any) -> bool:
    return 0 < len(text) <= _MAX_TEXT and text.isprintable()
