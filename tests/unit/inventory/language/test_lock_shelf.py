"""What holds for every lock format: the table is complete, and nothing hostile gets through."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.errors import BadInput
from bedplate.inventory import lock_formats
from bedplate.inventory.lock_formats import LOCK_FORMATS
from bedplate.model.package import Package
from bedplate.model.skipped import Skipped

if TYPE_CHECKING:
    from bedplate.inventory.lock_format import LockFormat

SCALARS = st.none() | st.booleans() | st.integers(0, 9) | st.text(max_size=8)
# Words that lock files use, so that random documents get past the first look.
WORDS = st.sampled_from([
    "packages", "package", "dependencies", "devDependencies", "lockfileVersion", "workspaces",
    "importers", "snapshots", "version", "name", "source", "git", "npm", "jsr", "remote", "groups",
    "default", "develop", "project", "resolution", "license", "", "a@1.0.0", "/a/1.0.0", "a",
    "packages-dev", "libraries", "A/1.0", "type", "resolved", "Direct",
    "node_modules/a", "1.0.0", "git+https://h.example/a.git#b", "a==1.0", "root", "link", "vcs",
])  # fmt: skip
DOCUMENTS = st.dictionaries(
    WORDS,
    st.recursive(
        SCALARS | WORDS,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=4),
        max_leaves=20,
    ),
    max_size=5,
)
SAMPLES = [
    b'# yarn lockfile v1\n\na@^1:\n  version "1.0.0"\n  dependencies:\n    b "^2"\n',
    b'__metadata:\n  version: 8\n\n"a@npm:^1":\n  version: 1.0.0\n  resolution: "a@npm:1.0.0"\n',
    b"lockfileVersion: '9.0'\npackages:\n  a@1.0.0: {}\nsnapshots:\n  a@1.0.0(b@1.0.0): {}\n",
    b'[[package]]\nname = "a"\nversion = "1.0"\nsource = { git = "https://h.example/a#b" }\n',
    b"a==1.0 \\\n  --hash=sha256:0\nb[c]>=2 ; python_version < '3'\n",
    b'setup(install_requires=[\'a==1.0\', """b==2\n"""])\n',
    b"GEM\n  remote: r\n  specs:\n    a (1.0-java)\n      b (~> 1)\n\nDEPENDENCIES\n  a\n",
    b"module m\n\nrequire (\n\ta.example/b v1.0.0 // indirect\n)\nreplace a.example/b => ./b\n",
    b"# comment\na.b:c:1.0=runtimeClasspath\nempty=\n",
    b"NUGET\n  remote: r\n    A (1.0)\n      B (>= 1)\n",
    b'<packages><package id="A" version="1.0" /></packages>',
    b'<Project><ItemGroup><PackageReference Include="A" Version="[1.0]"/></ItemGroup></Project>',
    b"dependencies:\n  - a=1.0=b_0\n  - pip:\n      - b==1\n",
    b'{"lockfileVersion": 1, "packages": {"a": ["a@1.0.0", "", {}, ""],}, }',
]


def check(entry: LockFormat, content: bytes) -> None:
    found, refused = [], ""
    try:
        found = list(entry.parse("some/file", content))
    except BadInput as error:
        refused = error.message
    assert not refused or refused.startswith("some/file: ")
    for one in found:
        assert isinstance(one, Package | Skipped)
        if isinstance(one, Package):
            assert one.name
            assert one.location.startswith("some/file")
            assert one.purl.startswith("pkg:")


@pytest.mark.parametrize("entry", LOCK_FORMATS, ids=lambda entry: entry.NAME)
class TestEvery:
    @given(content=st.binary(max_size=200))
    def test_any_bytes_are_read_or_refused(self, entry: LockFormat, content: bytes) -> None:
        check(entry, content)

    @given(document=DOCUMENTS)
    def test_any_shape_is_read_or_refused(
        self, entry: LockFormat, document: dict[str, object]
    ) -> None:
        # JSON is YAML too, so this reaches the inside of both.
        check(entry, json.dumps(document).encode())

    @given(data=st.data())
    def test_damaged_files_are_read_or_refused(
        self, entry: LockFormat, data: st.DataObject
    ) -> None:
        content = bytearray(data.draw(st.sampled_from(SAMPLES)))
        for _ in range(data.draw(st.integers(0, 4))):
            place = data.draw(st.integers(0, len(content) - 1))
            content[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
            content = content or bytearray(b" ")
        check(entry, bytes(content))

    def test_it_is_named_and_asks_for_files(self, entry: LockFormat) -> None:
        assert entry.NAME
        assert all(want.glob.startswith("**/") for want in entry.WANTS)


def test_every_module_of_the_shelf_is_in_the_table() -> None:
    folder = Path(lock_formats.__file__).parent
    modules = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert {id(getattr(lock_formats, name)) for name in modules} == set(map(id, LOCK_FORMATS))


def test_names_are_told_apart() -> None:
    names = [entry.NAME for entry in LOCK_FORMATS]
    assert len(names) == len(set(names))
