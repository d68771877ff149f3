"""Tiny rpms of our own, installed by the real rpm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rig.processes import run

if TYPE_CHECKING:
    from pathlib import Path

# where Fedora keeps the database since release 36
DATABASE = "usr/lib/sysimage/rpm"
_OS_RELEASE = 'ID=fedora\nVERSION_ID=43\nPRETTY_NAME="Fedora Linux 43 (Rig)"\n'
_SPEC = """\
Name: rig-base
Epoch: 2
Version: 1.10~rc1
Release: 3.rig
Summary: Files of the base
License: MIT and (Apache-2.0 or BSD-3-Clause)
Vendor: The Rig
BuildArch: noarch

%description
Files of the base.

%package -n rig-shell
Summary: A sub-package, so that source and binary names differ
License: GPL-3.0-or-later
Epoch: 0
%description -n rig-shell
A sub-package.

%package -n rig-empty
Summary: A package without files
License: CC0-1.0
%description -n rig-empty
Nothing.

%install
mkdir -p %{buildroot}/usr/share/rig %{buildroot}/usr/libexec
echo base > %{buildroot}/usr/share/rig/base
echo shell > %{buildroot}/usr/libexec/rig-shell

%files
/usr/share/rig
%files -n rig-shell
/usr/libexec/rig-shell
%files -n rig-empty
"""


def build(folder: Path) -> list[Path]:
    """Build the rpms and give their paths."""
    folder.mkdir(parents=True)
    spec = folder / "rig.spec"
    spec.write_text(_SPEC, encoding="utf-8")
    run(["rpmbuild", "-bb", "--quiet", "--define", f"_topdir {folder}", spec])
    return sorted(folder.glob("RPMS/*/*.rpm"))


def install(packages: list[Path], root: Path) -> None:
    """Install rpms below `root`, into a database of the format SQLite."""
    (root / "etc").mkdir()
    (root / "etc/os-release").write_text(_OS_RELEASE, encoding="utf-8")
    (root / DATABASE).mkdir(parents=True)
    options: list[str | Path] = [
        "--root",
        root,
        "--dbpath",
        f"/{DATABASE}",
        "--define",
        "_db_backend sqlite",
    ]
    run(["rpm", *options, "--install", "--nodeps", "--noscripts", "--nosignature", *packages])
