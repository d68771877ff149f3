"""Which images may be used: the table `[lint.images]` of bedplate.toml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from bedplate.errors import InvalidConfiguration, InvalidReference
from bedplate.linting.image_text import read_image
from bedplate.model.reference import DOCKER_HUB, Reference

if TYPE_CHECKING:
    from collections.abc import Mapping

_MAX_PATTERNS = 10_000
_MAX_LENGTH = 500
_MAX_WILDCARDS = 10  # of one pattern: each one more multiplies the time that a mismatch takes
_DENY_KEYS = ("image", "reason", "replacement")


@dataclass(frozen=True, slots=True)
class DeniedImage:
    """Images that may not be used.

    Args:
        image: a pattern.
        reason: why, for people; may be empty.
        replacement: what to use instead, with or without a tag; may be empty.
    """

    image: str
    reason: str = ""
    replacement: str = ""


@dataclass(frozen=True, slots=True)
class ImagePolicy:
    """Images that may and may not be used.

    A pattern is a repository, `*` for any characters but a slash and `**` for any at all; behind
    it may stand a tag (`:1.*`) and a digest (`@*` asks for one), each a pattern of its own. What
    is left out is not looked at. Docker's defaults hold: `node` is `docker.io/library/node`.

    Args:
        allow: patterns of which one must fit; empty allows whatever is not denied.
        deny: images that are refused even when they are allowed.
    """

    allow: tuple[str, ...] = ()
    deny: tuple[DeniedImage, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.allow or self.deny)

    def denied(self, text: str) -> DeniedImage | None:
        """Give the first entry of `deny` that fits an image."""
        return next((one for one in self.deny if _fits(text, one.image)), None)

    def allows(self, text: str) -> bool:
        """Tell whether an image is in the list of those that may be used, if there is one."""
        return not self.allow or any(_fits(text, pattern) for pattern in self.allow)


def read_image_policy(table: object) -> ImagePolicy:
    """Check the table `[lint.images]`.

    Raises:
        InvalidConfiguration: a key that nobody knows, or a value of another kind; names the key.
    """
    if not isinstance(table, dict):
        raise InvalidConfiguration("lint.images is not a table", "write [lint.images]")
    for key in table:
        if key not in ("allow", "deny"):
            raise InvalidConfiguration(f"unknown key lint.images.{key[:100]}", "known: allow, deny")
    allow, deny = _list(table, "allow"), _list(table, "deny")
    return ImagePolicy(
        tuple(_pattern(item, "lint.images.allow") for item in allow),
        tuple(_denied(item) for item in deny),
    )


def _list(table: Mapping[str, Any], key: str) -> list[Any]:
    value = table.get(key, [])
    if not isinstance(value, list) or len(value) > _MAX_PATTERNS:
        raise InvalidConfiguration(f"lint.images.{key} is not a list of at most {_MAX_PATTERNS}")
    return value


def _denied(item: object) -> DeniedImage:
    if isinstance(item, str):
        return DeniedImage(_pattern(item, "lint.images.deny"))
    if not isinstance(item, dict) or "image" not in item:
        raise InvalidConfiguration(
            "lint.images.deny: an item is neither a pattern nor a table with `image`",
            'write { image = "...", reason = "...", replacement = "..." }',
        )
    for key, value in item.items():
        if key not in _DENY_KEYS:
            known = ", ".join(_DENY_KEYS)
            raise InvalidConfiguration(
                f"unknown key lint.images.deny.{key[:100]}", f"known: {known}"
            )
        if not isinstance(value, str) or not value.isprintable():
            raise InvalidConfiguration(f"lint.images.deny: {key} is not a line of text")
    replacement = item.get("replacement", "")
    if replacement:
        _check_replacement(replacement)
    pattern = _pattern(item["image"], "lint.images.deny")
    return DeniedImage(pattern, item.get("reason", ""), replacement)


def _check_replacement(text: str) -> None:
    try:
        found = Reference.parse(text)
    except InvalidReference as error:
        raise InvalidConfiguration(f"lint.images.deny: replacement {error.message}") from error
    if found.digest:
        raise InvalidConfiguration(
            f"lint.images.deny: replacement {text} has a digest", "let `bedplate pin` write digests"
        )


def _pattern(item: object, where: str) -> str:
    usable = isinstance(item, str) and 0 < len(item) <= _MAX_LENGTH and item.isprintable()
    if not isinstance(item, str) or not usable or re.search(r"\s", item):
        raise InvalidConfiguration(f"{where}: {str(item)[:100]!r} is not a pattern of images")
    if len(re.findall(r"\*+", item)) > _MAX_WILDCARDS:
        raise InvalidConfiguration(
            f"{where}: {item[:100]} has more than {_MAX_WILDCARDS} wildcards"
        )
    return item


def _fits(text: str, pattern: str) -> bool:
    name, tag, digest = _parts(text)
    names, tags, digests = _patterns(pattern)
    return (
        names.fullmatch(name) is not None
        and (tags is None or tags.fullmatch(tag) is not None)
        and (digests is None or (digest != "" and digests.fullmatch(digest) is not None))
    )


@cache
def _patterns(
    pattern: str,
) -> tuple[re.Pattern[str], re.Pattern[str] | None, re.Pattern[str] | None]:
    found = read_image(pattern)
    return (
        _compile(_with_defaults(found.name)),
        _compile(found.tag) if found.tag else None,
        _compile(found.digest) if found.digest else None,
    )


def _with_defaults(name: str) -> str:
    """Put Docker's registry and folder before a name that has neither registry nor wildcard."""
    first, slash, _ = name.partition("/")
    if "*" in first or (slash and ("." in first or ":" in first or first == "localhost")):
        return name
    return f"{DOCKER_HUB}/{name}" if slash else f"{DOCKER_HUB}/library/{name}"


def _parts(text: str) -> tuple[str, str, str]:
    """Give registry with repository, tag and digest; of what is no reference, as it is written."""
    try:
        found = Reference.parse(text)
    except InvalidReference:
        return read_image(text)
    tag = found.tag or ("" if found.digest else "latest")
    return found.name, tag, str(found.digest or "")


def _compile(pattern: str) -> re.Pattern[str]:
    pieces = re.split(r"(\*+)", pattern)
    words = (
        (".*" if len(piece) > 1 else "[^/]*") if piece.startswith("*") else re.escape(piece)
        for piece in pieces
    )
    return re.compile("".join(words), re.DOTALL)
