"""A folder full of what tar can hold and few tests have, packed by GNU tar in two dialects."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from rig.processes import run

if TYPE_CHECKING:
    from pathlib import Path

LONG_NAME = "n" * 180
DEEP = "/".join(f"folder-{number:02d}-of-a-long-path" for number in range(14))
NOT_UTF8 = b"latin-\xe9\xff"
SPARSE_SIZE = 3_000_000
SPARSE_DATA = b"data after a hole"


def write_folder(root: Path) -> None:
    """Fill `root/srv`: links, devices, long and undecodable names, a sparse file, whiteouts."""
    odd = root / "srv/odd"
    (odd / DEEP).mkdir(parents=True)
    (odd / DEEP / "leaf").write_bytes(b"deep\n")
    (odd / LONG_NAME).write_bytes(b"long\n")
    (odd / "link-to-long").symlink_to(LONG_NAME)
    (odd / "original").write_bytes(b"shared by two names\n")
    (odd / "second-name").hardlink_to(odd / "original")
    (odd / "empty").touch()
    with open(os.fsencode(odd) + b"/" + NOT_UTF8, "wb") as file:  # noqa: PTH123 - a name in bytes
        file.write(b"name is not text\n")
    with (odd / "sparse").open("wb") as file:
        file.seek(SPARSE_SIZE - len(SPARSE_DATA))
        file.write(SPARSE_DATA)
    os.mkfifo(odd / "pipe")
    os.mknod(odd / "null", stat.S_IFCHR | 0o666, os.makedev(1, 3))
    # an opaque folder: what lower layers had in it is gone
    (root / "srv/data").mkdir()
    (root / "srv/data/.wh..wh..opq").touch()
    (root / "srv/data/new").write_bytes(b"new\n")
    (root / "srv/.wh.deleted").touch()


def pack(root: Path, dialect: str) -> bytes:
    """Give the folder as a tar in the dialect `gnu` or `pax`, holes as holes."""
    target = root.with_name(f"{root.name}-{dialect}.tar")
    fixed = ("--sort=name", "--mtime=@0", "--numeric-owner", "--owner=0", "--group=0")
    run(
        ["tar", "--create", f"--format={dialect}", "--sparse", *fixed, "-f", target, "srv"],
        cwd=root,
    )
    return target.read_bytes()
