"""Data of the system that a program carries inside: certificates and time zones."""

from __future__ import annotations

from dataclasses import dataclass

from bedplate.binaries.searching import contains, count

# authorities whose certificates are in every bundle
_ROOTS = (
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
_FEW_ROOTS = 10
_PEM = b"-----BEGIN CERTIFICATE-----"
_FEW_PEM = 50
_ZONES = (b"TZif2", b"TZif3")
_FEW_ZONES = 100


@dataclass(frozen=True, slots=True)
class Embedded:
    """What is inside; being there does not prove that it is used.

    Args:
        roots: how many of the best known certificate authorities are named; 0 when they are
            too few for a bundle, without a further count.
        certificates: blocks in PEM form.
        zones: time zones.

    Counts end where it does not matter how many more there are.
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
    zones = sum(count(data, sign, _FEW_ZONES) for sign in _ZONES)
    return Embedded(_roots(data), count(data, _PEM, _FEW_PEM), zones)


def _roots(data: bytes | memoryview) -> int:
    absent = 0
    for name in _ROOTS:
        absent += not contains(data, name)
        if absent > len(_ROOTS) - _FEW_ROOTS:
            return 0
    return len(_ROOTS) - absent
