"""Ruby gems: installed, and in lock files of Bundler."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.inventory.lock_formats import gemfile_lock
from bedplate.inventory.package_formats import gem
from bedplate.model.package import Package
from bedplate.model.skipped import Skipped
from bedplate.testing.tree_builder import MemoryTree

FOLDER = "usr/local/lib/ruby/gems/3.4.0/specifications"
WRITTEN = b"""# -*- encoding: utf-8 -*-
# stub: racc 1.8.1 x86_64-linux lib
# stub: ext/racc/cparse/extconf.rb

Gem::Specification.new do |s|
  s.name = "racc".freeze
  s.version = "1.8.1"
  s.licenses = ["Ruby".freeze, "BSD-2-Clause".freeze]
end
"""
PLAIN = b"""Gem::Specification.new do |spec|
    spec.name = 'async' # the name
    spec.version = Gem::Version.new("1.25.0")
    spec.license = "MIT"
end
"""


def read(content: bytes, name: str = "any.gemspec") -> list[Package | Skipped]:
    path = f"{FOLDER}/{name}"
    return list(gem.read(MemoryTree({path: content}, gem.WANTS, {path: 3})))


def test_a_specification_as_rubygems_writes_it() -> None:
    assert read(WRITTEN) == [
        Package(
            "gem",
            "racc",
            "1.8.1",
            licenses=("Ruby", "BSD-2-Clause"),
            purl="pkg:gem/racc@1.8.1?platform=x86_64-linux",
            location=f"{FOLDER}/any.gemspec",
            layer=3,
        )
    ]


def test_a_specification_as_people_write_it() -> None:
    (one,) = read(PLAIN)
    assert isinstance(one, Package)
    assert (one.name, one.version, one.licenses) == ("async", "1.25.0", ("MIT",))


def test_a_version_that_the_file_itself_sets() -> None:
    content = (
        b"VERSION = '3.0'\nGem::Specification.new do |s|\n s.name = 'a'\n s.version = VERSION\nend"
    )
    (one,) = read(content)
    assert isinstance(one, Package)
    assert one.version == "3.0"


def test_default_gems_belong_to_ruby() -> None:
    (one,) = read(WRITTEN, "default/racc-1.8.1.gemspec")
    assert isinstance(one, Package)
    assert one.bundled_in == "ruby"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        PLAIN.replace(b"|spec|", b"|s|"),
        PLAIN.replace(b'Gem::Version.new("1.25.0")', b"Async::VERSION"),
        PLAIN.replace(b"'async'", b'"#{name}"'),
    ],
)
def test_what_only_ruby_could_tell_is_said(content: bytes) -> None:
    (one,) = read(content)
    assert isinstance(one, Skipped)
    assert one.what == f"{FOLDER}/any.gemspec"


@given(st.binary(max_size=200), st.integers(0, 200))
def test_any_bytes_are_read_or_said(content: bytes, cut: int) -> None:
    (one,) = read(WRITTEN[:cut] + content)
    assert isinstance(one, Package | Skipped)


LOCK = b"""GIT
  remote: https://user:secret@git.example.org/a/controller.git
  revision: 027dbe2e56397b534e859fc283990cad1b6addd6
  specs:
    controller (2.0.0.alpha1)
      rack (~> 2.0)

PATH
  remote: .
  specs:
    own (0.1.0)

GEM
  remote: https://gems.example.org/
  specs:
    nokogiri (1.18.1-aarch64-linux-gnu)
      racc (~> 1.4)
    nokogiri (1.18.1-x86_64-linux-gnu)
      racc (~> 1.4)
    rack (2.2.3)

PLATFORMS
  aarch64-linux

DEPENDENCIES
  controller!
  nokogiri (~> 1.18)

BUNDLED WITH
   2.5.0
"""


def test_gems_of_a_lock_file_once_for_all_platforms() -> None:
    found = list(gemfile_lock.parse("app/Gemfile.lock", LOCK))
    assert [(one.name, one.version, one.direct) for one in found] == [
        ("controller", "2.0.0.alpha1", True),
        ("own", "0.1.0", False),
        ("nokogiri", "1.18.1", True),
        ("rack", "2.2.3", False),
    ]
    assert "secret" not in found[0].purl
    assert "027dbe2e" in found[0].purl
