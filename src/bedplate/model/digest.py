"""A content digest: `algorithm:hex`."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bedplate.errors import InvalidDigest

if TYPE_CHECKING:
    from hashlib import _Hash

# image-spec descriptor.md, "Registered Algorithms": hex digits per algorithm.
HEX_LENGTHS = {"sha256": 64, "sha384": 96, "sha512": 128}
_HEX = re.compile(r"[0-9a-f]+")


@dataclass(frozen=True, slots=True, order=True)
class Digest:
    """A digest of a registered algorithm.

    Source: OCI image-spec, descriptor.md, section "Digests".
    """

    algorithm: str
    hex: str

    @classmethod
    def parse(cls, text: str) -> Digest:
        """Read `algorithm:hex`.

        Raises:
            InvalidDigest: unknown algorithm, wrong length or characters.
        """
        algorithm, _, encoded = text.partition(":")
        length = HEX_LENGTHS.get(algorithm)
        if length is None:
            raise InvalidDigest(f"{text!r} is not a digest", "write sha256:<64 hex digits>")
        if len(encoded) != length or not _HEX.fullmatch(encoded):
            raise InvalidDigest(f"{text!r} needs {length} lower-case hex digits")
        return cls(algorithm, encoded)

    @classmethod
    def of(cls, content: bytes, algorithm: str = "sha256") -> Digest:
        """Compute the digest of bytes."""
        return cls(algorithm, hashlib.new(algorithm, content).hexdigest())

    def hasher(self) -> _Hash:
        """Give a fresh hash object of this digest's algorithm."""
        return hashlib.new(self.algorithm)

    def __str__(self) -> str:
        return f"{self.algorithm}:{self.hex}"
