"""A scan that never was, for tests of whatever reads or draws scans."""

from __future__ import annotations

from bedplate.model.advisory import Status
from bedplate.model.finding import Finding, Suppression, Witness
from bedplate.model.package import Package
from bedplate.model.rating import Level, Rating
from bedplate.model.scan_report import Scan, ScanReport, Verdict
from bedplate.model.skipped import Skipped
from bedplate.model.store_manifest import StoreManifest, StoreSource
from bedplate.testing.sample_facts import debian_sample

_OPENSSL = "3.0.17-1~deb12u3"
_BINARIES = tuple(
    Package(
        "deb",
        name,
        _OPENSSL,
        "amd64",
        "openssl",
        _OPENSSL,
        purl=f"pkg:deb/debian/{name}@{_OPENSSL}?arch=amd64&distro=debian-12.12",
        location="var/lib/dpkg/status",
        layer=0,
    )
    for name in ("libssl3", "openssl")
)
_TAR = Package(
    "npm",
    "tar",
    "6.2.1",
    purl="pkg:npm/tar@6.2.1",
    location="usr/local/lib/node_modules/npm/node_modules/tar/package.json",
    layer=1,
)
_STEP = "RUN apt-get install"


def sample_findings() -> tuple[Finding, ...]:
    """Give one finding of each kind that reports tell apart."""
    fixed = Finding(
        "CVE-2025-9230",
        "openssl",
        _OPENSSL,
        _BINARIES,
        Status.FIXED,
        aliases=("DEBIAN-CVE-2025-9230",),
        fixed=("3.0.17-1~deb12u4",),
        fix_date="2025-09-30",
        ratings=(Rating("debian", Level.HIGH), Rating("nvd", Level.CRITICAL, 9.8, "CVSS:3.1/X")),
        vendor=Rating("debian", Level.HIGH),
        cvss=Rating("nvd", Level.CRITICAL, 9.8, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"),
        epss=0.42,
        epss_percentile=0.97,
        kev="2025-10-02",
        witnesses=(
            Witness(
                "DEBIAN-CVE-2025-9230",
                "debian",
                "deb:debian:12",
                "openssl",
                Status.FIXED,
                "3.0.17-1~deb12u4",
                "< 3.0.17-1~deb12u4",
            ),
        ),
        origin="base",
        layer=0,
        created_by="ADD file:rootfs in /",
        summary="Out-of-bounds read and write in password-based decryption",
    )
    unfixed = Finding(
        "CVE-2023-45853",
        "zlib",
        "1:1.2.13.dfsg-1",
        (Package("deb", "zlib1g", "1:1.2.13.dfsg-1", "amd64", "zlib", "1:1.2.13.dfsg-1"),),
        Status.WILL_NOT_FIX,
        vendor=Rating("debian", Level.NEGLIGIBLE),
        cvss=Rating("nvd", Level.CRITICAL, 9.8),
        epss=0.004,
        witnesses=(Witness("CVE-2023-45853", "debian", "deb:debian:12", "zlib", Status.AFFECTED),),
        origin="base",
        layer=0,
    )
    bundled = Finding(
        "GHSA-8qq5-rm4j-mr97",
        "tar",
        "6.2.1",
        (_TAR,),
        Status.FIXED,
        aliases=("CVE-2026-23745",),
        fixed=("7.5.3",),
        vendor=Rating("ghsa", Level.HIGH, 8.2),
        cvss=Rating("ghsa", Level.HIGH, 8.2),
        witnesses=(
            Witness(
                "GHSA-8qq5-rm4j-mr97",
                "npm",
                "npm",
                "tar",
                Status.FIXED,
                "7.5.3",
                confidence="low",
                note="the range comes from a text",
            ),
        ),
        confidence="low",
        origin="app",
        layer=1,
        created_by=_STEP,
        line=7,
        bundled_in="npm@10.8.2",
    )
    unrated = Finding("CVE-2026-1", "zlib", "1:1.2.13.dfsg-1", (), Status.UNDER_INVESTIGATION)
    return (fixed, unfixed, bundled, unrated)


def sample_suppressed() -> tuple[Finding, ...]:
    """Give findings that do not count, one for each who may say so."""
    reasons = (
        Suppression("policy", "kernel headers are no kernel"),
        Suppression("policy", "kernel headers are no kernel"),
        Suppression("vex", "vulnerable_code_not_in_execute_path", "vex.json"),
        Suppression("ignore", "only in tests", "bedplate-ignore.toml", "team", "2027-01-01"),
        Suppression("baseline", "known by the baseline", "baseline.json"),
    )
    return tuple(
        Finding(f"CVE-2024-{number}", "linux", "6.1.1-1", (), Status.AFFECTED, suppression=why)
        for number, why in enumerate(reasons, 1000)
    )


def sample_stores() -> tuple[StoreManifest, ...]:
    """Give two stores, one that came with the program."""
    return (
        StoreManifest(
            "debian-12",
            "debian",
            "Debian security tracker, Debian 12",
            1,
            "none stated",
            redistributable=True,
            namespaces=("deb:debian:12",),
            built="2026-11-23T08:00:00Z",
            advisories=44_181,
            packages=3_000,
            sources=(StoreSource("tracker.json", "2026-11-22", "2026-11-23T07:00:00Z", 44_181),),
            embedded=True,
            covers="packages of the images of the catalog",
        ),
        StoreManifest(
            "npm",
            "github",
            "GitHub advisories, npm",
            1,
            "CC-BY-4.0",
            redistributable=True,
            namespaces=("npm",),
            built="2026-11-23T09:00:00Z",
            advisories=3_000,
            packages=2_000,
        ),
    )


def sample_scan() -> Scan:
    """Give the scan of a large image."""
    return Scan(
        debian_sample(),
        sample_findings(),
        sample_suppressed(),
        sample_stores(),
        unmatched=(Skipped("pypi: 3 packages", "no advisories for pypi here"),),
        warnings=("Debian 12: standard support has ended",),
        skipped=(Skipped("usr/lib/broken.jar", "not a zip"),),
        dockerfile="app/Dockerfile",
    )


def sample_report(*scans: Scan) -> ScanReport:
    """Give a report whose gate says no."""
    return ScanReport(
        scans or (sample_scan(),),
        Verdict(failed=True, reasons=("1 finding is high and fixable: CVE-2025-9230",)),
        today="2026-11-27",
    )
