"""Errata of rpm distributions, as their repositories carry them: `updateinfo.xml`.

Source: createrepo_c, `updateinfo.xml`; Amazon Linux 2 and 2023, Fedora.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from bedplate.advisories.identifiers import feed_of, split_names, usable
from bedplate.advisories.levels import level_of
from bedplate.advisories.namespaces import place_of
from bedplate.advisories.record import LeftOut, Record
from bedplate.errors import InvalidDocument
from bedplate.model.advisory import Advisory, AffectedPackage, Status
from bedplate.model.rating import Level, Rating
from bedplate.model.skipped import Skipped
from bedplate.model.version_range import VersionRange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.advisories.record import Wanted

NAME = "updateinfo"
_CVE = re.compile(r"CVE-\d{4}-\d{4,19}")
_RELEASE = re.compile(r"(Amazon Linux|Fedora)[ -]+(\d{1,4})")
_AMAZON = re.compile(r"ALAS(2023|2(?!0))")
_SECURITY = "security"
_MAX_PACKAGES = 20_000  # of one erratum, all architectures together


def claims(_name: str, head: bytes) -> bool:
    """Tell by the element that all is in, and by that of an erratum."""
    return b"<updates" in head and b"<update " in head


def records(name: str, content: bytes, wanted: Wanted) -> Iterator[Record | LeftOut | Skipped]:
    """Read every erratum.

    Raises:
        InvalidDocument: not XML, cut off, or with a DTD.
    """
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise InvalidDocument(f"{name}: XML with a DTD", "fetch it again")
    try:
        for _, element in ET.iterparse(BytesIO(content), events=("end",)):  # noqa: S314 - no DTD
            if element.tag == "update":
                yield _read(name, element, wanted)
                element.clear()
    except ET.ParseError as error:
        raise InvalidDocument(f"{name}: not XML: {error}", "fetch it again") from error


def _read(name: str, update: ET.Element, wanted: Wanted) -> Record | LeftOut | Skipped:
    identity = (update.findtext("id") or "").strip()
    try:
        if not usable(identity):
            raise ValueError("an id that is none")  # noqa: TRY301 - told like any other fault
        if update.get("type") != _SECURITY:
            return LeftOut("updates without a vulnerability")
        namespace = _namespace(update, identity)
        if not namespace or not wanted(namespace):
            return LeftOut("records of other packages")
        return _record(update, identity, namespace)
    except ValueError as error:
        return Skipped(f"{name}, {identity!r:.100}", str(error)[:200])


def _namespace(update: ET.Element, identity: str) -> str:
    """Tell the release by the collection that the packages are in, else by the id."""
    texts = (update.findtext("pkglist/collection/name"), update.findtext("title"))
    found = next(filter(None, (_RELEASE.search(text or "") for text in texts)), None)
    if found:
        place = place_of(f"{found[1]}:{found[2]}")
    else:
        amazon = _AMAZON.match(identity)
        place = place_of(f"Amazon Linux:{amazon[1]}") if amazon else None
    return place.namespace if place else ""


def _record(update: ET.Element, identity: str, namespace: str) -> Record:
    feed = feed_of(identity, namespace.split(":")[1])
    texts = [
        text
        for reference in update.iterfind("references/reference")
        for text in (reference.get("id") or "", reference.get("title") or "")
    ]
    cves, _ = split_names(_CVE.findall(" ".join(texts)))
    level = level_of(update.findtext("severity") or "")
    advisory = Advisory(
        id=identity,
        feed=feed,
        cves=cves,
        published=_date(update, "issued"),
        modified=_date(update, "updated"),
        ratings=() if level is Level.UNKNOWN else (Rating(feed, level),),
    )
    packages = _packages(update)
    if not packages:
        raise ValueError("no packages")
    return Record(
        advisory,
        tuple(
            AffectedPackage(namespace, name, Status.FIXED, (VersionRange(fixed=version),))
            for name, version in packages
        ),
    )


def _packages(update: ET.Element) -> list[tuple[str, str]]:
    """List names and versions, once for all architectures."""
    found: dict[tuple[str, str], None] = {}
    for number, package in enumerate(update.iterfind("pkglist/collection/package")):
        if number >= _MAX_PACKAGES:
            raise ValueError("too many packages")
        name, version, release = (package.get(field) or "" for field in _FIELDS)
        epoch = package.get("epoch") or "0"
        full = f"{version}-{release}" if epoch == "0" else f"{epoch}:{version}-{release}"
        if not usable(name) or not version or not usable(full):
            raise ValueError("a package without a name or version")
        found[name, full] = None
    return sorted(found)


_FIELDS = ("name", "version", "release")


def _date(update: ET.Element, name: str) -> str:
    element = update.find(name)
    said = (element.get("date") or "")[:10] if element is not None else ""
    return said if re.fullmatch(r"\d{4}-\d\d-\d\d", said) else ""
