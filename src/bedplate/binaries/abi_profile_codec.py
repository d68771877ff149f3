"""`AbiProfile` as a document and back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from bedplate.binaries.elf_codec import PlainElf, from_plain, pack, to_plain, unpack
from bedplate.errors import InvalidDocument
from bedplate.model.abi_profile import AbiProfile, MainProgram, UserAccount
from bedplate.model.loader import Loader, LoaderKind

if TYPE_CHECKING:
    from collections.abc import Iterable

SCHEMA = "bedplate/abi-profile/1"


class _PlainLoader(msgspec.Struct, omit_defaults=True):
    kind: LoaderKind
    path: str
    machine: int
    bits: int
    version: str = ""
    folders: tuple[str, ...] = ()
    cached: tuple[str, ...] = ()
    hidden_names: tuple[str, ...] = ()


class _PlainProfile(msgspec.Struct, omit_defaults=True):
    schema: str
    machine: int = 0
    loaders: tuple[_PlainLoader, ...] = ()
    libraries: dict[str, PlainElf] = {}
    folders: tuple[str, ...] = ()
    links: dict[str, str] = {}
    commands: tuple[str, ...] = ()
    main_programs: tuple[MainProgram, ...] = ()
    shells: tuple[str, ...] = ()
    certificates: str = ""
    time_zones: str = ""
    users: tuple[UserAccount, ...] = ()
    groups: dict[str, int] = {}
    temporary: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


_AS_THEY_ARE = (
    *("machine", "folders", "commands", "main_programs", "shells", "certificates"),
    *("time_zones", "users", "temporary", "files"),
)


def encode_profile(profile: AbiProfile) -> bytes:
    """Write a profile as compressed JSON; undefined symbols are kept of main programs only."""
    judged = {_real(profile, program.path) for program in profile.main_programs}
    plain = _PlainProfile(
        schema=SCHEMA,
        loaders=tuple(_plain_loaders(profile.loaders)),
        libraries={
            path: to_plain(elf, references=path in judged)
            for path, elf in profile.libraries.items()
        },
        links=dict(profile.links),
        groups=dict(profile.groups),
        **{name: getattr(profile, name) for name in _AS_THEY_ARE},
    )
    return pack(plain)


def decode_profile(content: bytes, where: str) -> AbiProfile:
    """Read what `encode_profile` wrote.

    Args:
        content: the document.
        where: file or key, named in errors.

    Raises:
        InvalidDocument: not such a document, or of a newer schema.
    """
    plain = unpack(content, _PlainProfile, f"{where}: a profile")
    if plain.schema != SCHEMA:
        raise InvalidDocument(f"{where} has the schema {plain.schema!r}, not {SCHEMA}")
    profile = AbiProfile(**{name: getattr(plain, name) for name in _AS_THEY_ARE})
    return replace(
        profile,
        loaders=tuple(_loader(one) for one in plain.loaders),
        libraries={path: from_plain(elf) for path, elf in plain.libraries.items()},
        links=plain.links,
        groups=plain.groups,
    )


def _real(profile: AbiProfile, path: str) -> str:
    return profile.links.get(path, path)


def _plain_loaders(loaders: Iterable[Loader]) -> Iterable[_PlainLoader]:
    for one in loaders:
        names = tuple(sorted(name.decode("latin-1") for name in one.hidden_names))
        yield _PlainLoader(
            one.kind,
            one.path,
            one.machine,
            one.bits,
            one.version,
            one.folders,
            one.cached,
            names,
        )


def _loader(plain: _PlainLoader) -> Loader:
    return Loader(
        plain.kind,
        plain.path,
        plain.machine,
        plain.bits,
        plain.version,
        plain.folders,
        plain.cached,
        frozenset(name.encode("latin-1", "replace") for name in plain.hidden_names),
    )
