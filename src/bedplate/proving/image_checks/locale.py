"""The locale is there that the environment asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.model.loader import LoaderKind
from bedplate.model.verdict import Outcome, Proof

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.image_config import ImageConfig
    from bedplate.proving.situation import Situation

NAME = "locale"
_ALWAYS = frozenset(("C", "POSIX", "C.UTF-8", "C.utf8"))
_FOLDER = "usr/lib/locale"


def check(config: ImageConfig, situation: Situation) -> Iterator[Proof]:
    """Look at LC_ALL and LANG: without the locale, glibc falls back to ASCII."""
    name = config.variable("LC_ALL") or config.variable("LANG") or ""
    if not name or name in _ALWAYS or not situation.loaders:
        return
    if any(loader.kind is LoaderKind.MUSL for loader in situation.loaders):
        return  # every locale of musl is UTF-8
    archive = f"{_FOLDER}/locale-archive"
    language, _, charset = name.partition(".")
    folder = f"{_FOLDER}/{language}.{charset.lower().replace('-', '')}"
    if situation.has(archive) is False and situation.has(folder) is False:
        yield Proof(
            "LANG",
            Outcome.RISK,
            NAME,
            f"the locale {name} is not on this base: texts are taken for ASCII",
            missing=name,
            fix="set LANG=C.UTF-8, or install the locale",
        )
