"""A small Alpine image with an application in it, and advisories on both: for tests of scans.

Of `musl` and `left-pad` something is known that is in the image, of `busybox` something that was
fixed. The base is the lowest layer.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bedplate.advisories.build import BuildOptions, build_stores
from bedplate.testing.layer_builder import layer_tar
from bedplate.testing.layout_builder import LayoutBuilder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

IN_MUSL = "CVE-2026-1000"
FIXED_IN_BUSYBOX = "CVE-2026-1001"
IN_LEFT_PAD = "CVE-2026-1002"
"""Without a fix; 7.5 by CVSS."""

_OS_RELEASE = b'ID=alpine\nNAME="Alpine Linux"\nVERSION_ID=3.24.2\n'
_INSTALLED = b"""P:musl
V:1.2.6-r2
A:x86_64
o:musl
F:lib
R:ld-musl-x86_64.so.1

P:busybox
V:1.37.0-r31
A:x86_64
o:busybox
F:bin
R:busybox

"""
BASE = layer_tar(
    {
        "etc/os-release": _OS_RELEASE,
        "lib/apk/db/installed": _INSTALLED,
        "lib/ld-musl-x86_64.so.1": b"\x7fELF" + b"m" * 1000,
        "bin/busybox": b"\x7fELF" + b"b" * 2000,
    },
    folders=["etc", "lib", "bin"],
)
APP = layer_tar(
    {"srv/node_modules/left-pad/package.json": b'{"name": "left-pad", "version": "1.3.0"}'}
)
STEPS = ("ADD rootfs.tar / # base", "COPY node_modules /srv/node_modules # buildkit")


def vulnerable_image(
    folder: Path,
    *,
    statements: Mapping[str, bytes] | None = None,
    architectures: Sequence[str] = ("amd64",),
) -> str:
    """Write the image as a layout, and give its name.

    Args:
        folder: for the layout.
        statements: predicate type -> in-toto statement that is attested of each image.
        architectures: of the images in the index.
    """
    builder = LayoutBuilder(folder)
    entries: list[dict[str, Any]] = []
    for architecture in architectures:
        image = builder.add_image(
            [BASE, APP], architecture=architecture, created_by=STEPS, listed=False
        )
        entries.append(image)
        if statements:
            entries.append(builder.add_attestation(image, statements))
    builder.add_index(entries)
    return f"oci:{folder}"


def drop_layers(folder: Path) -> None:
    """Take the layers away, so that nothing but documents can be read."""
    for blob in (folder / "blobs/sha256").iterdir():
        if not blob.read_bytes().startswith(b"{"):
            blob.unlink()


def write_advisories(folder: Path, built: str = "2026-11-20") -> None:
    """Build the stores that the image needs.

    Args:
        folder: for the stores.
        built: ISO date.
    """
    feeds = folder.with_name(f"{folder.name}-feeds")
    feeds.mkdir(parents=True)
    (feeds / "main.json").write_text(json.dumps(secdb()))
    osv = {
        "id": "GHSA-aaaa-bbbb-cccc",
        "aliases": [IN_LEFT_PAD],
        "modified": f"{built}T00:00:00Z",
        "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"}],
        "affected": [
            {
                "package": {"ecosystem": "npm", "name": "left-pad"},
                "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}]}],
            }
        ],
    }
    (feeds / "npm.json").write_text(json.dumps(osv))
    build_stores([feeds], folder, BuildOptions(built=f"{built}T00:00:00Z", as_of=built))


def secdb() -> dict[str, Any]:
    """Give what Alpine publishes of the base."""
    fixes = {
        "musl": {"1.2.6-r3": [IN_MUSL]},
        "busybox": {"1.37.0-r31": [FIXED_IN_BUSYBOX]},
    }
    packages = [{"pkg": {"name": name, "secfixes": fixed}} for name, fixed in fixes.items()]
    return {"distroversion": "v3.24", "reponame": "main", "packages": packages}
