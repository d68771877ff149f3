"""Root file systems and packages of the Debian (or Ubuntu) release that this machine runs."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from rig.processes import run

if TYPE_CHECKING:
    from collections.abc import Sequence

# as the slim images of Docker Hub leave documentation out
_SLIM = (
    "path-exclude=/usr/share/doc/*",
    "path-include=/usr/share/doc/*/copyright",
    "path-exclude=/usr/share/man/*",
    "path-exclude=/usr/share/info/*",
    "path-exclude=/usr/share/locale/*",
)


# without both, apt pulls in the package that merges /usr, and all of Perl with it
_MERGED_USR = ("--hook-dir=/usr/share/mmdebstrap/hooks/merged-usr", "--include=usr-is-merged")


def release_name() -> str:
    """Give the code name of this machine's release, such as `bookworm`."""
    for line in Path("/etc/os-release").read_text(encoding="utf-8").splitlines():
        if line.startswith("VERSION_CODENAME="):
            return line.partition("=")[2].strip('"')
    raise RuntimeError("/etc/os-release names no VERSION_CODENAME: not a Debian-like machine")


def package_sources() -> list[str]:
    """Give this machine's own package sources for that release, as lines of sources.list."""
    release = release_name()
    targets = run(
        [
            "apt-get",
            "indextargets",
            "--format",
            "$(SITE) $(RELEASE) $(COMPONENT)",
            "Created-By: Packages",
        ]
    )
    lines = {
        f"deb {site} {suite} {component}"
        for site, suite, component in (line.split() for line in targets.splitlines())
        if suite.partition("-")[0] == release and component in {"main", "universe"}
    }
    return sorted(lines)


def bootstrap(
    folder: Path, variant: str, packages: Sequence[str] = (), *, slim: bool = True
) -> Path:
    """Make a root file system with mmdebstrap, once for the same wishes.

    Args:
        folder: where finished ones are kept.
        variant: of mmdebstrap: `minbase`, `essential`, ...
        packages: to install beside the variant's own.
        slim: leave documentation and translations out.

    Returns:
        path of an uncompressed tar.
    """
    sources = package_sources()
    wishes = repr((variant, sorted(packages), slim, sources, _MERGED_USR))
    target = folder / f"rootfs-{hashlib.sha256(wishes.encode()).hexdigest()[:12]}.tar"
    if target.exists():
        return target
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f"unfinished-{target.name}")
    command = ["mmdebstrap", "--quiet", "--mode=root", f"--variant={variant}", *_MERGED_USR]
    command += [f"--dpkgopt={option}" for option in _SLIM if slim]
    command += [f"--include={','.join(packages)}"] if packages else []
    run([*command, release_name(), unfinished, *sources])
    return unfinished.rename(target)


def unpack(archives: Sequence[Path], root: Path) -> None:
    """Unpack .deb archives into a folder, running none of their scripts."""
    root.mkdir(parents=True, exist_ok=True)
    for archive in archives:
        run(["dpkg-deb", "--extract", archive, root])


def bundle_certificates(root: Path) -> None:
    """Write the CA bundle that a script of ca-certificates would have written."""
    certificates = sorted((root / "usr/share/ca-certificates").rglob("*.crt"))
    bundle = root / "etc/ssl/certs/ca-certificates.crt"
    bundle.parent.mkdir(parents=True, exist_ok=True)
    bundle.write_bytes(b"".join(path.read_bytes() for path in certificates))


def describe_like_distroless(archives: Sequence[Path], root: Path) -> None:
    """Write status.d/NAME and NAME.md5sums as distroless images have them.

    Source: the layout of gcr.io/distroless images; `status.d` replaces dpkg's `status`.
    """
    folder = root / "var/lib/dpkg/status.d"
    folder.mkdir(parents=True, exist_ok=True)
    for archive in archives:
        name = run(["dpkg-deb", "--field", archive, "Package"]).strip()
        (folder / name).write_text(run(["dpkg-deb", "--field", archive]), encoding="utf-8")
        with tempfile.TemporaryDirectory() as control:
            run(["dpkg-deb", "--control", archive, control])
            sums = Path(control) / "md5sums"
            if sums.exists():
                (folder / f"{name}.md5sums").write_bytes(sums.read_bytes())
