"""Layers in memory, for tests: a mapping becomes a tar, packed as asked."""

from __future__ import annotations

import gzip
import io
import tarfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def layer_tar(
    files: Mapping[str, bytes | str | tarfile.TarInfo],
    *,
    folders: Iterable[str] = (),
    whiteouts: Iterable[str] = (),
    opaque: Iterable[str] = (),
) -> bytes:
    """Make the tar of a layer.

    Args:
        files: path -> content of a regular file, target of a symlink (`str`), or a whole
            header for anything else.
        folders: paths of folders to add first.
        whiteouts: paths that the layer deletes.
        opaque: folders whose lower content it hides.
    """
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for folder in folders:
            archive.addfile(_header(folder, type=tarfile.DIRTYPE, mode=0o755))
        for path in whiteouts:
            folder, slash, name = path.rpartition("/")
            archive.addfile(_header(f"{folder}{slash}.wh.{name}"))
        for folder in opaque:
            archive.addfile(_header(f"{folder}/.wh..wh..opq" if folder else ".wh..wh..opq"))
        for path, content in files.items():
            if isinstance(content, tarfile.TarInfo):
                content.name = path
                archive.addfile(content)
            elif isinstance(content, str):
                archive.addfile(_header(path, type=tarfile.SYMTYPE, linkname=content))
            else:
                header = _header(path, size=len(content), mode=0o755)
                archive.addfile(header, io.BytesIO(content))
    return out.getvalue()


def hard_link(target: str) -> tarfile.TarInfo:
    """Make the header of a hard link."""
    return _header("", type=tarfile.LNKTYPE, linkname=target)


def pack(content: bytes, compression: str) -> bytes:
    """Pack a tar: `gzip`, `zstd` or `none`."""
    if compression == "gzip":
        return gzip.compress(content, 6, mtime=0)
    if compression == "zstd":
        import zstandard  # noqa: PLC0415 - lazy: few tests need it

        return zstandard.ZstdCompressor().compress(content)
    return content


def _header(path: str, **fields: bytes | str | int) -> tarfile.TarInfo:
    header = tarfile.TarInfo(path)
    for field, value in fields.items():
        setattr(header, field, value)
    return header
