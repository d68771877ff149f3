"""PHP: command line, FPM and Apache's module; Composer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.model.runtime import Runtime, Tool
from bedplate.model.want import KIB, MIB, Want
from bedplate.runtimes.installation import (
    below,
    has_own_prefix,
    is_packaged,
    kept,
    prefix_of,
    present,
    program,
    programs,
)
from bedplate.runtimes.version_text import found, group, leading, variable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.image_config import ImageConfig
    from bedplate.model.tree import Tree

NAME = "php"
TITLE = "PHP"
EOL_PRODUCT = "php"

_VERSION = r"(\d{1,2}\.\d{1,3}\.\d{1,3}(?:-?(?:dev|alpha|beta|RC)\d{0,2})?)"
_SEARCH = rb"X-Powered-By: PHP/" + _VERSION.encode()
_NEEDLE = b"X-Powered-By: PHP/"

_PROGRAMS = ("**/bin/php*", "**/sbin/php-fpm*")
_MODULE = "**/libphp*.so"
_HEADER = "include/php/main/php_version.h"
_STATED = re.compile(rf'^#define PHP_VERSION "{_VERSION}', re.MULTILINE)
_NAME = re.compile(r"php(?:-fpm|-cgi)?-?(\d(?:\.?\d)?)?")

_COMPOSER = ("usr/local/bin/composer", "usr/bin/composer", "opt/composer/composer.phar")
# the line must begin with it: comments in the class show the constants of other builds
_COMPOSER_SEARCH = (
    rb"class Composer(?: extends PartialComposer)?\s{0,9}\{.{0,2500}?"
    rb"\n\s{0,9}(?:public )?const VERSION = '(\d[0-9A-Za-z.-]{1,40})'"
)

WANTS: tuple[Want, ...] = (
    *(want for glob in _PROGRAMS for want in program(glob, _SEARCH, _NEEDLE)),
    Want(_MODULE, 128 * MIB, search=_SEARCH, needle=_NEEDLE),
    Want(f"**/{_HEADER}", 16 * KIB, head=True),
    *(
        Want(path, 16 * MIB, search=_COMPOSER_SEARCH, needle=b"class Composer")
        for path in (*_COMPOSER, "usr/share/php/Composer/Composer.php")
    ),
)

_FILES = (
    "bin/php*",
    "bin/phar*",
    "bin/pear*",
    "bin/pecl*",
    "sbin/php-fpm*",
    "include/php",
    "lib/php",
    "lib/libphp*",
    "share/php",
    "php",
    "etc/php*",
)


def find(tree: Tree, /) -> Iterator[Runtime]:
    """Yield one PHP per prefix and version, whichever of its programs are there."""
    seen = set()
    modules = [path for path in kept(tree, _MODULE) if tree.found(path)]
    for path in (*programs(tree, *_PROGRAMS), *modules):
        module = path in modules
        if not module and not _NAME.fullmatch(path.rpartition("/")[2]):
            continue
        prefix = _module_prefix(path) if module else prefix_of(path)
        header = below(prefix, _HEADER)
        version = found(tree, path)
        evidence = path
        if not version and (version := group(_STATED, tree.read(header))):
            evidence = header
        if version and (prefix, version) not in seen:
            seen.add((prefix, version))
            yield _runtime(tree, prefix, version, path, evidence)


def _module_prefix(path: str) -> str:
    """Give the prefix of `usr/lib/apache2/modules/libphp8.2.so`."""
    return path.partition("/lib/")[0] if "/lib/" in path else path.partition("/lib64/")[0]


def _runtime(tree: Tree, prefix: str, version: str, path: str, evidence: str) -> Runtime:
    own = has_own_prefix(tree, prefix, ("include/php", "lib/php"))
    return Runtime(
        NAME,
        TITLE,
        version,
        path,
        evidence,
        bundled=_composer(tree),
        roots=(prefix,) if own else present(tree, prefix, _FILES),
        packaged=is_packaged(tree, path),
    )


def _composer(tree: Tree) -> tuple[Tool, ...]:
    for path in _COMPOSER:
        if tree.resolve(path) is not None:
            version = found(tree, path)
            if not version and path.startswith("usr/bin/"):
                version = found(tree, "usr/share/php/Composer/Composer.php")  # Debian's package
            return (Tool("composer", version, (path,), path),)
    return ()


def from_config(config: ImageConfig, /) -> Runtime | None:
    """Trust `PHP_VERSION`, which the official image sets."""
    name, version = variable(config, ("PHP_VERSION",))
    return Runtime(NAME, TITLE, version, evidence=f"config: {name}") if name else None


def cycle(version: str, /) -> str:
    """Give `8.4` of `8.4.25`."""
    return leading(version, 2)
