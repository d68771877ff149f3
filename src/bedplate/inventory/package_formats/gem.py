"""Ruby gems that are installed: specifications that RubyGems wrote."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.errors import InvalidDocument
from bedplate.inventory.each_file import each_file, kept_files
from bedplate.inventory.language_package import language_package
from bedplate.model.want import Want

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.package import Package
    from bedplate.model.skipped import Skipped
    from bedplate.model.tree import Tree

NAME = "gem"
_DEFAULT = "/specifications/default/"
_GLOBS = ("**/specifications/*.gemspec", "**/specifications/default/*.gemspec")
WANTS: tuple[Want, ...] = tuple(Want(glob) for glob in _GLOBS)

# RubyGems puts this line on top for itself, so that it need not run the rest.
_STUB = re.compile(r"^# stub: (\S+) (\S+) (\S+)", re.MULTILINE)
_BLOCK = re.compile(r"Gem::Specification\.new\b.*?do\s*\|\s*(\w+)\s*\|")
_STRING = re.compile(r"""["']([^"'\n]+)["']""")
_CONSTANT = re.compile(r"[A-Z]\w*(?![\w.:(])")
_NAME = re.compile(r"[A-Za-z0-9._-]{1,200}")
_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]{0,100}")


def read(tree: Tree) -> Iterator[Package | Skipped]:
    """Yield one package for each specification; default gems are bundled in Ruby.

    Args:
        tree: the file system; the files of `WANTS` must be readable in it.

    Source: RubyGems guides, "Specification reference"; rubygems/stub_specification.rb.
    """
    return each_file(tree, kept_files(tree, *_GLOBS), _parse)


def _parse(path: str, content: bytes) -> Iterator[Package]:
    source = content.decode("utf-8", "replace")
    stub = _STUB.search(source)
    block = _BLOCK.search(source)
    variable = block[1] if block else "s"
    name, version, platform = stub.groups() if stub else ("", "", "")
    name = name or _attribute(source, variable, "name")
    version = version or _attribute(source, variable, "version") or _constant(source, variable)
    if not _NAME.fullmatch(name) or not _VERSION.fullmatch(version):
        raise InvalidDocument(f"{path}: names no gem and version in plain words")
    yield language_package(
        "gem",
        path,
        name,
        version,
        licenses=tuple(_STRING.findall(_assigned(source, variable, "licenses?"))),
        qualifiers=None if platform in ("", "ruby") else {"platform": platform},
        bundled_in="ruby" if _DEFAULT in f"/{path}" else "",
    )


def _attribute(source: str, variable: str, attribute: str) -> str:
    match = _STRING.match(_assigned(source, variable, attribute).removeprefix("Gem::Version.new("))
    return match[1] if match else ""


def _constant(source: str, variable: str) -> str:
    """Give the version when it is a constant that the file itself sets."""
    name = _CONSTANT.match(_assigned(source, variable, "version"))
    if name is None:
        return ""
    match = re.search(rf"^[ \t]*{name[0]}[ \t]*=[ \t]*([^\n]*)", source, re.MULTILINE)
    value = _STRING.match(match[1]) if match else None
    return value[1] if value else ""


def _assigned(source: str, variable: str, attribute: str) -> str:
    """Give what stands right of the first assignment to an attribute."""
    pattern = rf"^[ \t]*{variable}\.{attribute}[ \t]*=[ \t]*([^\n]*)"
    match = re.search(pattern, source, re.MULTILINE)
    return match[1] if match else ""
