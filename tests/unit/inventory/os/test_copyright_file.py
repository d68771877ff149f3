from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.inventory.copyright_file import licenses

MACHINE = b"""\
Format: https://example.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: widget

Files: *
Copyright: 2020 Wanda Widget
License: GPL-2+ with OpenSSL exception
 This program is free.
 License: not a field, for it is indented

Files: lib/*
License: Expat or Apache-2.0

Files: debian/*
License: GPL-2+ with OpenSSL exception

License:
 A text without a name.
"""


def test_machine_readable_files_give_each_short_name_once() -> None:
    assert licenses(MACHINE) == ("GPL-2+ with OpenSSL exception", "Expat or Apache-2.0")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"see `/usr/share/common-licenses/GPL-2'.", ("GPL-2",)),
        (b"in /usr/share/common-licenses/LGPL-2.1. Also", ("LGPL-2.1",)),
        (b"/usr/share/common-licenses/GPL /usr/share/common-licenses/BSD", ("GPL", "BSD")),
        (b"in /usr/share/common-licenses/.", ()),
        (b"Do what you like.\nLicense: none", ()),
        (b"", ()),
    ],
)
def test_of_other_files_only_well_known_licences_are_known(
    text: bytes, expected: tuple[str, ...]
) -> None:
    assert licenses(text) == expected


def test_a_flood_of_licences_is_bounded() -> None:
    names = "".join(f"\nLicense: L{number}" for number in range(1000))
    assert len(licenses(f"Format: x\n{names}".encode())) == 64


@given(st.binary(max_size=300))
def test_any_bytes_are_a_copyright_file(content: bytes) -> None:
    assert all(name and len(name) <= 200 for name in licenses(MACHINE + content))
    assert isinstance(licenses(content), tuple)
