"""How each image is made: a table from its name to the function that commits it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rig import debian, odd_layer, rpms, wheels
from rig.buildah import Layer
from rig.processes import run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rig.buildah import Buildah

SITE = "usr/local/lib/python3.11/dist-packages"
_DISTROLESS = ("base-files", "ca-certificates", "libc6", "libssl3", "netbase", "tzdata")
_TOOLS = "git python3 python3-pip"
_MUSL = ("busybox-static", "musl")
_PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where a build happens.

    Args:
        buildah: the builder.
        scratch: folder for root file systems; thrown away afterwards.
        kept: folder for downloads that outlive changes of the recipes.
    """

    buildah: Buildah
    scratch: Path
    kept: Path

    def archives(self, *names: str) -> list[Path]:
        """Give the .deb files that the recipe `full` downloaded."""
        return [next((self.scratch / "debs").glob(f"{name}_*.deb")) for name in names]

    def root(self, name: str) -> Path:
        """Make an empty root folder."""
        folder = self.scratch / "roots" / name
        folder.mkdir(parents=True)
        # a folder that mkdtemp or a strict umask made would be the image's root folder
        folder.chmod(0o755)
        return folder


def _slim(shop: Workshop) -> None:
    root = debian.bootstrap(shop.kept, "minbase")
    config = ("--env", _PATH, "--cmd", "bash", "--label", "rig.kind=slim")
    shop.buildah.image("slim", "scratch", [Layer(add=(root,), config=config)])


def _full(shop: Workshop) -> None:
    debs = shop.scratch / "debs"
    debs.mkdir()
    wanted = " ".join((*_DISTROLESS, *_MUSL))
    quiet = "export DEBIAN_FRONTEND=noninteractive;"
    root_downloads = "-o APT::Sandbox::User=root"
    install = Layer(
        commands=(
            f"{quiet} apt-get {root_downloads} update -qq",
            f"{quiet} apt-get {root_downloads} install -qq --no-install-recommends {_TOOLS}",
            f"cd /debs && apt-get {root_downloads} download -qq {wanted}",
        ),
        mounts=(f"{debs}:/debs",),
    )
    tidy = Layer(
        commands=("rm -rf /var/lib/apt/lists/* /usr/share/doc/git",),
        config=("--user", "1000:1000", "--port", "8080/tcp", "--workingdir", "/srv"),
    )
    shop.buildah.image("full", "slim", [install, tidy])


def _node_slim(shop: Workshop) -> None:
    root = shop.root("node-slim")
    wheels.install_node(wheels.download(shop.kept), root / "usr/local")
    layer = Layer(add=(root,), config=("--cmd", "node", "--env", "NODE_VERSION=24.19.0"))
    shop.buildah.image("node-slim", "slim", [layer])


def _app(shop: Workshop) -> None:
    root = shop.root("app")
    node = shop.scratch / "roots/node-slim/usr/local"
    wheels.install_node_app(node, root / "srv/app")
    wheels.install_python_packages(wheels.download(shop.kept), root / SITE)
    files = Layer(add=(root,))
    removals = Layer(
        commands=("rm -r /usr/local/include; rm /srv/app/package-lock.json",),
        config=("--user", "nobody", "--entrypoint", '["node","."]'),
    )
    shop.buildah.image("app", "node-slim", [files, removals])


def _distroless(shop: Workshop) -> None:
    root, archives = shop.root("distroless"), shop.archives(*_DISTROLESS)
    debian.unpack(archives, root)
    debian.bundle_certificates(root)
    debian.describe_like_distroless(archives, root)
    config = ("--user", "65532", "--env", _PATH)
    shop.buildah.image("distroless", "scratch", [Layer(add=(root,), config=config)])


def _rpm(shop: Workshop) -> None:
    root = shop.root("rpm")
    rpms.install(rpms.build(shop.scratch / "rpms"), root)
    shop.buildah.image("rpm", "scratch", [Layer(add=(root,))])


def _musl(shop: Workshop) -> None:
    root = shop.root("musl")
    debian.unpack(shop.archives(*_MUSL), root)
    (root / "etc").mkdir(exist_ok=True)
    (root / "etc/os-release").write_text("ID=rig\nVERSION_ID=7\n", encoding="utf-8")
    busybox = root / "bin/busybox"
    for applet in run([busybox, "--list"]).split():
        link = root / "bin" / applet
        if not link.exists():
            # hard links, as the busybox image has them
            link.hardlink_to(busybox)
    fetched = wheels.download(shop.kept, musl=True)
    wheels.install_node(fetched, root / "usr/local", headers=False)
    shop.buildah.image("musl", "scratch", [Layer(add=(root,), config=("--cmd", "sh"))])


def _static(shop: Workshop) -> None:
    root = shop.root("static")
    (program := root / "app").write_bytes((shop.scratch / "roots/musl/bin/busybox").read_bytes())
    program.chmod(0o755)
    (root / "srv/data").mkdir(parents=True)
    (root / "srv/data/old").write_bytes(b"gone once the folder is opaque\n")
    (root / "srv/deleted").write_bytes(b"gone once it is whited out\n")
    layer = Layer(add=(root,), config=("--entrypoint", '["/app"]'))
    shop.buildah.image("static", "scratch", [layer])


def _multi(shop: Workshop) -> None:
    other = Layer(config=("--arch", "arm64", "--variant", "v8", "--label", "rig.other=yes"))
    shop.buildah.image("slim-arm64", "slim", [other])
    shop.buildah.index("multi", ["slim", "slim-arm64"])


def odd_tars(shop: Workshop) -> dict[str, bytes]:
    """Give the raw layers that go on top of `static`, by the name of the image."""
    root = shop.root("odd")
    odd_layer.write_folder(root)
    return {f"odd-{dialect}": odd_layer.pack(root, dialect) for dialect in ("gnu", "pax")}


# in this order: later ones stand on earlier ones, or use what they downloaded
RECIPES: tuple[Callable[[Workshop], None], ...] = (
    _slim,
    _full,
    _node_slim,
    _app,
    _distroless,
    _rpm,
    _musl,
    _static,
    _multi,
)
# the images that they leave under these names; `odd-*` and `multi` come on top
IMAGES = (
    "slim",
    "full",
    "node-slim",
    "app",
    "distroless",
    "rpm",
    "musl",
    "static",
)
# those that are copied into every other form; the large ones say nothing more there
COPIED = ("slim", "app", "distroless", "rpm", "static")
ODD_IMAGES = ("odd-gnu", "odd-pax")
