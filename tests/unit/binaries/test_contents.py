"""What programs carry inside, and which libraries they may open."""

from __future__ import annotations

from bedplate.binaries.dlopen_hints import dlopen_hints
from bedplate.binaries.embedded import find_embedded
from bedplate.testing.elf_builder import ElfBuilder

_ROOTS = (
    b"ISRG Root X1, ISRG Root X2, DigiCert Global Root G2, DigiCert Global Root CA, "
    b"DigiCert Assured ID Root CA, GTS Root R1, GTS Root R4, Amazon Root CA 1, "
    b"USERTrust RSA Certification Authority, Certum Trusted Network CA, "
)


def test_a_bundle_of_certificates() -> None:
    assert find_embedded(_ROOTS).has_certificates
    assert find_embedded(b"-----BEGIN CERTIFICATE-----\n" * 60).has_certificates


def test_a_few_certificates_are_no_bundle() -> None:
    one = b"ISRG Root X1 -----BEGIN CERTIFICATE-----"
    assert not find_embedded(one).has_certificates


def test_a_database_of_time_zones() -> None:
    assert find_embedded(b"TZif2\0" * 200).has_time_zones
    assert not find_embedded(b"TZif2\0 Europe/Berlin").has_time_zones


def test_signs_across_the_pieces_of_a_search_are_seen() -> None:
    far = bytes(1024 * 1024 - 3)
    assert find_embedded(far + b"TZif2" + far + b"TZif3").zones == 2


def test_names_of_libraries_among_the_constants() -> None:
    text = b"\0libclntsh.so.23.1\0not libx.so\0/usr/lib/liby.so\0libz.so.1\0libz.so.1\0lib.so\0"
    assert dlopen_hints(ElfBuilder(rodata=text).build()) == ("libclntsh.so.23.1", "libz.so.1")


def test_hints_are_bounded() -> None:
    text = b"\0" + b"".join(b"lib%d.so\0" % number for number in range(3000))
    assert len(dlopen_hints(ElfBuilder(rodata=text).build())) == 100
    assert dlopen_hints(b"libx.so") == ()
