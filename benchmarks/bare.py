"""The floor under reading a layer: decompress it and hash its bytes, nothing else."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from isal import isal_zlib

_CHUNK = 1 << 20


def main(path: str) -> None:
    digest, size = hashlib.sha256(), 0
    # 31: a gzip header and the largest window
    unpack = isal_zlib.decompressobj(31)
    with Path(path).open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            size += len(unpack.decompress(chunk))
    print(digest.hexdigest(), size)


if __name__ == "__main__":
    main(sys.argv[1])
