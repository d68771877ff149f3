"""Who runs a script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.binaries.shebang import Shebang, read_shebang


@pytest.mark.parametrize(
    ("head", "command", "arguments"),
    [
        (b"#!/bin/sh\n", "/bin/sh", ()),
        (b"#! /bin/sh -eu\n", "/bin/sh", ("-eu",)),
        (b"#!/bin/sh\t-e x\n", "/bin/sh", ("-e x",)),
        (b"#!/usr/bin/env node\n", "node", ()),
        (b"#!/usr/bin/env  python3 \n", "python3", ()),
        (b"#!/usr/bin/env -S node --no-warnings\n", "node", ("--no-warnings",)),
        (b"#!/usr/bin/env -S -i A=b deno run\n", "deno", ("run",)),
        (b"#!/usr/bin/env -S -u HOME perl\n", "perl", ()),
        (b"#!/usr/bin/env --split-string=ruby -w\n", "ruby", ("-w",)),
        # without -S all of it is one name, which no program has
        (b"#!/usr/bin/env node --no-warnings\n", "node --no-warnings", ()),
        (b"#!/bin/sh\r\n", "/bin/sh", ()),
        (b"#!/bin/sh", "/bin/sh", ()),
    ],
)
def test_who_runs_it(head: bytes, command: str, arguments: tuple[str, ...]) -> None:
    found = read_shebang(head)
    assert found is not None
    assert (found.command, found.arguments) == (command, arguments)


@pytest.mark.parametrize("head", [b"", b"#!", b"#!\n/bin/sh", b"\x7fELF", b" #!/bin/sh\n"])
def test_what_is_no_script(head: bytes) -> None:
    assert read_shebang(head) is None


def test_splitting_is_told_apart() -> None:
    assert read_shebang(b"#!/usr/bin/env -S sh\n") == Shebang(
        "/usr/bin/env", "-S sh", "sh", splits=True
    )


@given(st.binary(max_size=300))
def test_any_bytes(rest: bytes) -> None:
    found = read_shebang(b"#!" + rest)
    assert found is None or found.interpreter
