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
MAX_LENGTH = 512
_HEX = re.compile(r"[0-9a-f]+")
# image-spec descriptor.md, "Digests": the grammar for any algorithm.
_ANY = re.compile(r"([a-z0-9]+(?:[+._-][a-z0-9]+)*):([a-zA-Z0-9=_-]+)")
_SHOWN = 160


@dataclass(frozen=True, slots=True, order=True)
class Digest:
    """A digest; of a registered algorithm unless a document brought another one.

    Args:
        algorithm: `sha256`, ...
        hex: the encoded part: lower-case hex digits for registered algorithms.

    Source: OCI image-spec, descriptor.md, section "Digests".
    """

    algorithm: str
    hex: str

    @classmethod
    def parse(cls, text: str) -> Digest:
        """Read `algorithm:hex` of an algorithm that can be verified.

        Raises:
            InvalidDigest: unknown algorithm, wrong length or characters.
        """
        algorithm, _, encoded = text.partition(":")
        length = HEX_LENGTHS.get(algorithm)
        if length is None:
            raise InvalidDigest(f"{_short(text)} is not a digest", "write sha256:<64 hex digits>")
        if len(encoded) != length or not _HEX.fullmatch(encoded):
            raise InvalidDigest(f"{_short(text)} needs {length} lower-case hex digits")
        return cls(algorithm, encoded)

    @classmethod
    def parse_any(cls, text: str) -> Digest:
        """Read a digest of any algorithm, as documents may hold beside those we can verify.

        Raises:
            InvalidDigest: outside the grammar, or a registered algorithm with a wrong length.
        """
        match = _ANY.fullmatch(text) if len(text) <= MAX_LENGTH else None
        if match is None:
            raise InvalidDigest(f"{_short(text)} is not a digest", "write sha256:<64 hex digits>")
        algorithm, encoded = match.groups()
        return cls.parse(text) if algorithm in HEX_LENGTHS else cls(algorithm, encoded)

    @classmethod
    def of(cls, content: bytes, algorithm: str = "sha256") -> Digest:
        """Compute the digest of bytes.

        Raises:
            InvalidDigest: an algorithm that bedplate can't compute.
        """
        hasher = _new(algorithm)
        hasher.update(content)
        return cls(algorithm, hasher.hexdigest())

    def hasher(self) -> _Hash:
        """Give a fresh hash object of this digest's algorithm.

        Raises:
            InvalidDigest: an algorithm that bedplate can't compute.
        """
        return _new(self.algorithm)

    def __str__(self) -> str:
        return f"{self.algorithm}:{self.hex}"


def _new(algorithm: str) -> _Hash:
    if algorithm not in HEX_LENGTHS:
        raise InvalidDigest(f"content named by {algorithm} can't be verified", "use sha256")
    return hashlib.new(algorithm)


def _short(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}...")
