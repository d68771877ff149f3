"""The Debian security tracker's JSON: the state of every CVE in every release.

Source: security-tracker.debian.org/tracker/data/json; the words are those of the tracker's
`data/CVE/list`, doc/security-team.d.o/security_tracker in its repository.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from bedplate.advisories.identifiers import CVE, usable
from bedplate.advisories.json_lines import is_json
from bedplate.advisories.record import LeftOut, Record
from bedplate.advisories.row import NO_FIX
from bedplate.distros.codenames import releases_of
from bedplate.errors import InvalidDocument
from bedplate.model.advisory import Advisory, AffectedPackage, Status
from bedplate.model.skipped import Skipped
from bedplate.model.version_range import VersionRange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.advisories.record import Wanted

NAME = "debian-tracker"

_NEVER = "0"
_UNSTABLE = "sid"
_NAMESPACES = {
    codename: f"deb:debian:{number}"
    for codename, number in {**releases_of("debian"), _UNSTABLE: _UNSTABLE}.items()
}
_EVERY = (VersionRange(),)
_GRAVE = {"low", "medium", "high"}
_MAX_TEXT = 200
_OTHERS = LeftOut("records of other packages")


class _Release(msgspec.Struct, gc=False):
    status: str = ""
    fixed_version: str = ""
    urgency: str = ""
    nodsa: str | None = None
    nodsa_reason: str | None = None


class _Cve(msgspec.Struct):
    releases: dict[str, _Release] = {}


_DECODER = msgspec.json.Decoder(dict[str, dict[str, _Cve]])
_PACKAGES = msgspec.json.Decoder(dict[str, msgspec.Raw])
_CVES = msgspec.json.Decoder(dict[str, msgspec.Raw])
_ONE = msgspec.json.Decoder(_Cve)


def claims(_name: str, head: bytes) -> bool:
    """Tell the tracker's data by fields that only it has together."""
    return is_json(head) and b'"releases"' in head and b'"repositories"' in head


def records(name: str, content: bytes, wanted: Wanted) -> Iterator[Record | LeftOut | Skipped]:
    """Read every CVE of every source package, one record for each pair."""
    releases = {codename: place for codename, place in _NAMESPACES.items() if wanted(place)}
    try:
        packages = _DECODER.decode(content)
    except (msgspec.ValidationError, UnicodeDecodeError):
        yield from _with_faults(name, content, releases)
        return
    except (msgspec.DecodeError, RecursionError) as error:
        raise _not_whole(name, error) from error
    for package, cves in packages.items():
        for cve, entry in cves.items():
            yield _record(package, cve, entry, releases)


def _with_faults(
    name: str, content: bytes, releases: dict[str, str]
) -> Iterator[Record | LeftOut | Skipped]:
    """Read entry by entry a document in which some are wrong; slower."""
    try:
        packages = _PACKAGES.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _not_whole(name, error) from error
    for package, raw in packages.items():
        try:
            cves = _CVES.decode(raw)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            yield Skipped(f"{package:.80}", str(error)[:200])
            continue
        for cve, one in cves.items():
            try:
                yield _record(package, cve, _ONE.decode(one), releases)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
                yield Skipped(f"{package:.80} {cve:.80}", str(error)[:200])


def _not_whole(name: str, error: Exception) -> InvalidDocument:
    return InvalidDocument(f"{name}: not the tracker's data: {error}", "fetch it again")


def _record(
    package: str, cve: str, entry: _Cve, releases: dict[str, str]
) -> Record | LeftOut | Skipped:
    if not usable(cve) or not usable(package):
        return Skipped(f"{package!r:.80} {cve!r:.80}", "not a name")
    affected = []
    mended = _fixed_in(entry.releases.get(_UNSTABLE))
    for codename, release in entry.releases.items():
        namespace = releases.get(codename)
        if namespace is not None:
            state = _state(release, namespace, package, mended)
            if state is None:
                return Skipped(f"{package} {cve}", f"unknown state {release.status!r:.80}")
            affected.append(state)
    if not affected:
        return _OTHERS
    cves = (cve,) if CVE.fullmatch(cve) else ()
    return Record(Advisory(f"DEBIAN-{cve}", "debian", cves), tuple(affected))


def _fixed_in(release: _Release | None) -> str:
    """Give the version that fixes it in a release; empty when none does."""
    if release is None or release.status != "resolved" or release.fixed_version == _NEVER:
        return ""
    return release.fixed_version[: _MAX_TEXT + 1]


def _state(release: _Release, namespace: str, package: str, mended: str) -> AffectedPackage | None:
    """Read the state of one release; None for one that the tracker does not have.

    Args:
        release: its entry.
        namespace: of the release.
        package: name of the source.
        mended: the version that fixes it in unstable, if any: not in the release, but who has
            it from the backports is safe.
    """
    urgency = release.urgency.rstrip("*")
    qualifiers = (("urgency", urgency),) if urgency in _GRAVE else ()
    fixed = release.fixed_version
    if release.status == "resolved" and 0 < len(fixed) <= _MAX_TEXT:
        if fixed == _NEVER:
            return AffectedPackage(namespace, package, Status.NOT_AFFECTED)
        status = Status.UNIMPORTANT if urgency == "unimportant" else Status.FIXED
        return AffectedPackage(
            namespace, package, status, (VersionRange("0", fixed),), (), qualifiers
        )
    if release.status == "undetermined":
        return AffectedPackage(namespace, package, Status.UNDER_INVESTIGATION, _EVERY)
    if release.status != "open":
        return None
    status = _open(release, urgency)
    if not 0 < len(mended) <= _MAX_TEXT:
        return AffectedPackage(namespace, package, status, _EVERY, (), qualifiers)
    below = (VersionRange("0", mended),)
    return AffectedPackage(namespace, package, status, below, (), ((NO_FIX, mended), *qualifiers))


def _open(release: _Release, urgency: str) -> Status:
    if urgency == "unimportant":
        return Status.UNIMPORTANT
    if urgency == "end-of-life" or release.nodsa_reason == "end-of-life":
        return Status.END_OF_LIFE
    if release.nodsa_reason == "ignored":
        return Status.WILL_NOT_FIX
    if release.nodsa is not None or release.nodsa_reason:
        return Status.DEFERRED
    return Status.AFFECTED
