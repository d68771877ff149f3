"""Data of the system that a program carries inside: certificates and time zones."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

_ROOTS = tuple(
    re.compile(re.escape(name))
    for name in (
        b"ISRG Root X1",
        b"ISRG Root X2",
        b"DigiCert Global Root G2",
        b"DigiCert Global Root CA",
        b"DigiCert Assured ID Root CA",
        b"GlobalSign Root CA",
        b"GTS Root R1",
        b"GTS Root R4",
        b"Amazon Root CA 1",
        b"Baltimore CyberTrust Root",
        b"USERTrust RSA Certification Authority",
        b"Entrust Root Certification Authority - G2",
        b"Certum Trusted Network CA",
        b"QuoVadis Root CA 2",
    )
)
_FEW_ROOTS = 10
_PEM = re.compile(re.escape(b"-----BEGIN CERTIFICATE-----"))
_FEW_PEM = 50
_ZONE = re.compile(rb"TZif[2-4]")
_FEW_ZONES = 100
_ENOUGH = 2000


@dataclass(frozen=True, slots=True)
class Embedded:
    """What is inside; being there does not prove that it is used.

    Args:
        roots: of the best known certificate authorities, how many are named.
        certificates: blocks in PEM form.
        zones: time zones, counted up to a bound.
    """

    roots: int
    certificates: int
    zones: int

    @property
    def has_certificates(self) -> bool:
        """Whether it holds a bundle, not only the name of one authority."""
        return self.roots >= _FEW_ROOTS or self.certificates >= _FEW_PEM

    @property
    def has_time_zones(self) -> bool:
        """Whether it holds a database of time zones."""
        return self.zones >= _FEW_ZONES


def find_embedded(data: bytes | memoryview) -> Embedded:
    """Count certificates and time zones.

    Args:
        data: a whole program.
    """
    return Embedded(
        sum(1 for name in _ROOTS if name.search(data)),
        _count(_PEM, data),
        _count(_ZONE, data),
    )


def _count(pattern: re.Pattern[bytes], data: bytes | memoryview) -> int:
    return sum(1 for _ in islice(pattern.finditer(data), _ENOUGH))
