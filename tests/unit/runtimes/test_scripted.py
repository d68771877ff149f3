"""Ruby, PHP, Perl, Erlang and Elixir."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from bedplate.model.runtime import Runtime

    Files = dict[str, bytes | str]
    Find = Callable[[Files], tuple[Runtime, ...]]
    Binary = Callable[[bytes], bytes]

RBCONFIG = b"""
  CONFIG["MAJOR"] = "3"
  CONFIG["MINOR"] = "4"
  CONFIG["TEENY"] = "10"
  CONFIG["RUBY_PROGRAM_VERSION"] = "$(MAJOR).$(MINOR).$(TEENY)"
"""


def test_ruby_of_the_official_image(find: Find) -> None:
    library = "usr/local/lib/ruby/3.4.0"
    (runtime,) = find(
        {
            "usr/local/bin/ruby": b"\x7fELF",
            "usr/local/bin/gem": b"#!/usr/local/bin/ruby",
            f"{library}/x86_64-linux/rbconfig.rb": RBCONFIG,
            f"{library}/rubygems.rb": b'module Gem\n  VERSION = "3.6.9"\nend\n',
            f"{library}/rubygems/command.rb": b"x",
            f"{library}/bundler/version.rb": b'  VERSION = "2.6.9".freeze\n',
            "usr/local/bundle/gems/rack/lib/rack.rb": b"x",
        }
    )

    assert (runtime.title, runtime.version, runtime.path) == (
        "Ruby",
        "3.4.10",
        "usr/local/bin/ruby",
    )
    assert (runtime.eol_product, runtime.eol_cycle) == ("ruby", "3.4")
    assert runtime.evidence == f"{library}/x86_64-linux/rbconfig.rb"
    assert runtime.roots == ("usr/local/bin/ruby", "usr/local/bin/gem", "usr/local/lib/ruby")
    assert [(tool.name, tool.version) for tool in runtime.bundled] == [
        ("gem", "3.6.9"),
        ("bundler", "2.6.9"),
    ]
    assert runtime.bundled[0].roots == (f"{library}/rubygems.rb", f"{library}/rubygems")


def test_ruby_of_debian(find: Find) -> None:
    (runtime,) = find(
        {
            "usr/bin/ruby": "ruby3.4",
            "usr/bin/ruby3.4": b"\x7fELF",
            "usr/lib/x86_64-linux-gnu/ruby/3.4.0/rbconfig.rb": RBCONFIG,
            "var/lib/dpkg/status": b"x",
        }
    )

    assert (runtime.version, runtime.packaged) == ("3.4.10", True)


@pytest.mark.parametrize("path", ["usr/bin/ruby", "usr/lib/x86_64-linux-gnu/libruby-3.1.so.3.1.7"])
def test_ruby_by_its_own_words(find: Find, binary: Binary, path: str) -> None:
    words = b"\x00ruby 3.1.7p261 (2025-03-26 revision 0a3704f218) [x86_64-linux]\x00"
    (runtime,) = find({"usr/bin/ruby": b"\x7fELF", path: binary(words)})

    assert (runtime.version, runtime.evidence) == ("3.1.7", path)


def test_php_of_the_official_image(find: Find, binary: Binary) -> None:
    composer = (
        b"<?php\nclass Composer extends PartialComposer\n{\n/*\n * const VERSION = '1.8.2';\n*/\n"
        b"public const VERSION = '2.8.1';\n"
    )
    (runtime,) = find(
        {
            "usr/local/bin/php": binary(b"X-Powered-By: PHP/8.4.25\0"),
            "usr/local/bin/php-cgi": binary(b"X-Powered-By: PHP/8.4.25\0"),
            "usr/local/sbin/php-fpm": binary(b"X-Powered-By: PHP/8.4.25\0"),
            "usr/local/bin/phpize": b"#!/bin/sh",
            "usr/local/include/php/main/php_version.h": b'#define PHP_VERSION "8.4.25"\n',
            "usr/local/bin/composer": composer,
        }
    )

    assert (runtime.title, runtime.version, runtime.path) == ("PHP", "8.4.25", "usr/local/bin/php")
    assert (runtime.eol_product, runtime.eol_cycle) == ("php", "8.4")
    assert "usr/local/sbin/php-fpm" in runtime.roots
    (tool,) = runtime.bundled
    assert (tool.name, tool.version, tool.roots) == (
        "composer",
        "2.8.1",
        ("usr/local/bin/composer",),
    )


@pytest.mark.parametrize(
    ("path", "words", "version"),
    [
        ("usr/bin/php8.2", b"X-Powered-By: PHP/8.2.36\0", "8.2.36"),
        ("usr/bin/php83", b"X-Powered-By: PHP/8.3.1RC2\0", "8.3.1RC2"),
        ("usr/sbin/php-fpm8.2", b"X-Powered-By: PHP/8.2.36\0", "8.2.36"),
        ("usr/lib/apache2/modules/libphp8.2.so", b"X-Powered-By: PHP/8.2.36\0", "8.2.36"),
        ("usr/bin/phpdismod", b"X-Powered-By: PHP/8.2.36\0", None),
        ("usr/bin/php", b"nothing", None),
    ],
)
def test_programs_of_php(
    find: Find, binary: Binary, path: str, words: bytes, version: str | None
) -> None:
    found = find({path: binary(words)})

    assert [(runtime.path, runtime.version) for runtime in found] == (
        [(path, version)] if version else []
    )


def test_php_falls_back_to_its_headers(find: Find) -> None:
    header = "usr/local/include/php/main/php_version.h"
    (runtime,) = find(
        {"usr/local/bin/php": b"\x7fELF", header: b'#define PHP_VERSION "8.5.0-dev"\n'}
    )

    assert (runtime.version, runtime.evidence) == ("8.5.0-dev", header)


PERL = b"\x00v5.36.0\x00"


def test_perl_with_its_library(find: Find, binary: Binary) -> None:
    (runtime,) = find(
        {
            "usr/bin/perl": binary(PERL),
            "usr/share/perl/5.36.0/Benchmark.pm": b"x",
            "usr/lib/x86_64-linux-gnu/perl-base/strict.pm": b"x",
            "var/lib/dpkg/status": b"x",
        }
    )

    assert (runtime.title, runtime.version, runtime.packaged) == ("Perl", "5.36.0", True)


def test_perl_of_the_official_image(find: Find, binary: Binary) -> None:
    (runtime,) = find(
        {"usr/local/bin/perl": binary(PERL), "usr/local/lib/perl5/5.36.0/strict.pm": b"x"}
    )

    assert runtime.roots == ("usr/local/bin/perl", "usr/local/lib/perl5")
    assert not runtime.packaged


def test_perl_of_alpine_is_told_by_its_library(find: Find, binary: Binary) -> None:
    library = "usr/lib/perl5/core_perl/CORE/libperl.so"
    (runtime,) = find({"usr/bin/perl": b"\x7fELF small", library: binary(PERL)})

    assert (runtime.version, runtime.evidence) == ("5.36.0", library)


def test_the_bare_perl_of_every_debian_is_left_out(find: Find, binary: Binary) -> None:
    files: Files = {
        "usr/bin/perl": binary(PERL),
        "usr/lib/x86_64-linux-gnu/perl-base/strict.pm": b"x",
        "usr/share/perl5/Debconf/Db.pm": b"x",
    }

    assert find(files) == ()


def test_erlang_and_elixir(find: Find) -> None:
    elixir, erlang = find(
        {
            "usr/local/lib/erlang/releases/26/OTP_VERSION": b"26.2.1\n",
            "usr/local/lib/elixir/lib/elixir/ebin/elixir.app":
                b'{application,elixir,[{description,"elixir"},{vsn,"1.16.2"},{modules,[x]}]}.',
        }
    )  # fmt: skip

    assert (elixir.title, elixir.version, elixir.roots) == (
        "Elixir",
        "1.16.2",
        ("usr/local/lib/elixir",),
    )
    assert (erlang.title, erlang.version, erlang.roots) == (
        "Erlang/OTP",
        "26.2.1",
        ("usr/local/lib/erlang",),
    )


@pytest.mark.parametrize(
    "files",
    [
        {"releases/26/OTP_VERSION": b"26.2.1"},
        {"srv/otp/releases/26/OTP_VERSION": b"not a number"},
        {"lib/elixir/ebin/elixir.app": b'{vsn,"1.16.2"}'},
        {"srv/x/lib/elixir/ebin/elixir.app": b"{vsn,x}"},
        {"rbconfig.rb": RBCONFIG},
        {"usr/lib/ruby/rbconfig.rb": b'CONFIG["MAJOR"] = "x"'},
    ],
)
def test_what_is_none_of_them(find: Find, files: Files) -> None:
    assert find(files) == ()
