"""What is known of the parts of `shop`, checked by hand against the feeds that are named.

Real CVEs and versions, in the shapes of the Debian tracker, Node.js and OSV. Each part has one
that it has, and most have one that it had no more, or never.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rig.osv_records import affected, record

if TYPE_CHECKING:
    from pathlib import Path

_HIGH = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"  # 7.5

# component -> its one vulnerability, and the version that mends it
FOUND = {
    ("CVE-2024-56433", "shadow"): "",
    ("CVE-2025-15284", "qs"): "6.14.1",
    ("CVE-2024-35195", "requests"): "2.32.0",
    ("CVE-2025-22870", "golang.org/x/net"): "0.36.0",
    ("CVE-2025-22870", "stdlib"): "1.23.7",
    ("CVE-2022-44570", "rack"): "2.2.6.2",
    ("CVE-2021-44228", "org.apache.logging.log4j:log4j-core"): "2.15.0",
    ("CVE-2022-24713", "regex"): "1.5.5",
    ("CVE-2022-29248", "guzzlehttp/guzzle"): "7.4.3",
    ("CVE-2024-21907", "newtonsoft.json"): "13.0.1",
    ("CVE-2023-24329", "python"): "3.11.4",
}
# fixed in what is installed, or never there: CVE-2024-3094 (xz) was in no stable Debian
ABSENT = {
    "CVE-2023-4911",
    "CVE-2024-3094",
    "CVE-2024-47764",
    "CVE-2025-27516",
    "CVE-2023-24539",
    "CVE-2020-8184",
    "CVE-2017-5645",
    "CVE-2021-25900",
    "CVE-2025-27209",
}
# Debian calls it unimportant: its util-linux is not built with readline
UNIMPORTANT = "CVE-2022-0563"
_MINOR = {"status": "open", "urgency": "not yet assigned", "nodsa": "Minor issue"}


def write_feeds(folder: Path) -> None:
    """Write all feeds into a folder, as `bedplate db build --from` takes them."""
    folder.mkdir(parents=True)
    documents: dict[str, Any] = {"tracker.json": _tracker(), "node.json": _NODE}
    for name, document in documents.items():
        (folder / name).write_text(json.dumps(document), encoding="utf-8")
    lines = "".join(f"{json.dumps(row)}\n" for row in _osv())
    (folder / "osv.jsonl").write_text(lines, encoding="utf-8")


def _tracker() -> dict[str, Any]:
    """Tell of Debian 12 and 13 what its tracker tells."""
    states: dict[str, dict[str, dict[str, dict[str, str]]]] = {
        "shadow": {"CVE-2024-56433": {"bookworm": _MINOR, "trixie": _MINOR}},
        "glibc": {
            "CVE-2023-4911": {
                "bookworm": _fixed("2.36-9+deb12u3"),
                "trixie": _fixed("2.37-12"),
            }
        },
        "xz-utils": {
            "CVE-2024-3094": {
                "bookworm": _fixed("0"),
                "trixie": _fixed("5.6.1+really5.4.5-1"),
            }
        },
        "util-linux": {
            UNIMPORTANT: {
                name: {"status": "open", "urgency": "unimportant"}
                for name in ("bookworm", "trixie")
            }
        },
    }
    return {
        package: {
            cve: {
                "scope": "local",
                "releases": {
                    name: {"repositories": {name: "1"}, **state} for name, state in releases.items()
                },
            }
            for cve, releases in cves.items()
        }
        for package, cves in states.items()
    }


def _fixed(version: str) -> dict[str, str]:
    return {"status": "resolved", "fixed_version": version, "urgency": "not yet assigned"}


# nodejs/security-wg, vuln/core/index.json
_NODE = {
    "155": {
        "cve": ["CVE-2025-27209"],
        "vulnerable": "24.x",
        "patched": "^24.4.1",
        "severity": "high",
        "affectedEnvironments": ["all"],
    }
}


def _osv() -> list[dict[str, Any]]:
    """Tell of languages and Python what the GitHub, Go, RustSec and Bitnami databases tell."""
    return [
        _row("GHSA-6rw7-vpxm-498p", "CVE-2025-15284", ("npm", "qs", "<6.14.1")),
        _row("GHSA-pxg6-pf52-xh8x", "CVE-2024-47764", ("npm", "cookie", "<0.7.0")),
        _row("GHSA-9wx4-h78v-vm56", "CVE-2024-35195", ("PyPI", "requests", "<2.32.0")),
        _row("GHSA-cpwx-vrp4-4pq7", "CVE-2025-27516", ("PyPI", "jinja2", "<3.1.6")),
        _row(
            "GO-2025-3503",
            "CVE-2025-22870",
            ("Go", "stdlib", "<1.23.7", ">=1.24.0-0", "<1.24.1"),
            ("Go", "golang.org/x/net", "<0.36.0"),
        ),
        _row(
            "GO-2023-1751",
            "CVE-2023-24539",
            ("Go", "stdlib", "<1.19.9", ">=1.20.0-0", "<1.20.4"),
        ),
        _row(
            "GHSA-65f5-mfpf-vfhj", "CVE-2022-44570", ("RubyGems", "rack", ">=2.2.0.0", "<2.2.6.2")
        ),
        _row("GHSA-j6w9-fv6q-3q52", "CVE-2020-8184", ("RubyGems", "rack", ">=2.2.0", "<2.2.3")),
        _row("GHSA-jfh8-c2jp-5v3q", "CVE-2021-44228", ("Maven", _LOG4J, ">=2.13.0", "<2.15.0")),
        _row("GHSA-fxph-q3j8-mv87", "CVE-2017-5645", ("Maven", _LOG4J, ">=2.0", "<2.8.2")),
        _row("RUSTSEC-2022-0013", "CVE-2022-24713", ("crates.io", "regex", "<1.5.5")),
        _row("RUSTSEC-2021-0003", "CVE-2021-25900", ("crates.io", "smallvec", ">=1.0.0", "<1.6.1")),
        _row(
            "GHSA-cwmx-hcrq-mhc3",
            "CVE-2022-29248",
            ("Packagist", "guzzlehttp/guzzle", ">=7.0.0", "<7.4.3"),
        ),
        _row("GHSA-5crp-9r3c-p9vr", "CVE-2024-21907", ("NuGet", "Newtonsoft.Json", "<13.0.1")),
        _row(
            "BIT-python-2023-24329", "CVE-2023-24329", ("Bitnami", "python", ">=3.11.0", "<3.11.4")
        ),
    ]


_LOG4J = "org.apache.logging.log4j:log4j-core"


def _row(name: str, cve: str, *parts: tuple[str, ...]) -> dict[str, Any]:
    severity = [{"type": "CVSS_V3", "score": _HIGH}]
    packages = [affected(*part) for part in parts]
    return record(name, *packages, aliases=[cve], published="2025-01-02", severity=severity)
