"""Profiles of bases that were kept: what came along, and the user's own."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from bedplate.binaries.abi_profile_codec import decode_profile, encode_profile
from bedplate.errors import InvalidDocument, StorageError
from bedplate.facts.snapshot import read_file
from bedplate.support.cache import write_atomically

if TYPE_CHECKING:
    from bedplate.model.abi_profile import AbiProfile

EMBEDDED = Path(__file__).with_name("abi_profiles")
_FOLDER = "profiles"
_INDEX = "index.json"
_SCHEMA = "bedplate/profiles/1"


class KeptProfile(msgspec.Struct, frozen=True, omit_defaults=True):
    """A line of the index.

    Args:
        names: references that it answers for, `docker.io/library/debian:12`.
        platform: `linux/amd64`.
        file: beside the index.
        source: what it was made of: packages with versions, or an image with its digest.
        observed: day, as in ISO 8601.
        partial: it holds the C library and little else: of other libraries it says nothing.
    """

    names: tuple[str, ...]
    platform: str
    file: str
    source: str
    observed: str
    partial: bool = False


class _Index(msgspec.Struct, frozen=True):
    schema: str
    profiles: tuple[KeptProfile, ...]


@dataclass(frozen=True, slots=True)
class Profiles:
    """The profiles of a user, then those that came along.

    Args:
        folder: the user's own catalog; None for none.
    """

    folder: Path | None

    def find(self, name: str, platform: str) -> tuple[KeptProfile, AbiProfile] | None:
        """Give the profile of a base.

        Args:
            name: canonical, with a tag.
            platform: `linux/amd64`.

        Raises:
            InvalidDocument: a profile or index that can't be read.
        """
        for place in (self._own, EMBEDDED):
            for kept in _read_index(place) if place else ():
                if name in kept.names and platform == kept.platform:
                    path = place / kept.file if place else None
                    if path:
                        return kept, decode_profile(read_file(path), str(path))
        return None

    @property
    def _own(self) -> Path | None:
        return self.folder / _FOLDER if self.folder else None

    def put(self, kept: KeptProfile, profile: AbiProfile) -> None:
        """Keep a profile in the user's part, in place of an older one of the same name.

        Args:
            kept: what it is; its file is named here.
            profile: of the base.

        Raises:
            StorageError: it can't be written.
        """
        place = self._own
        if place is None:
            raise StorageError("there is no folder for your catalog", "set HOME or XDG_DATA_HOME")
        write_profile(place, kept, profile)


def write_profile(place: Path, kept: KeptProfile, profile: AbiProfile) -> None:
    """Write a profile into a folder, and name it in the index of that.

    Args:
        place: the folder, made when it is not there.
        kept: what it is; its file is named here.
        profile: of the base.

    Raises:
        StorageError: it can't be written; the index is as it was.
    """
    key = hashlib.sha256(f"{kept.names[0]} {kept.platform}".encode()).hexdigest()[:16]
    kept = msgspec.structs.replace(kept, file=f"{key}.json.zst")
    others = [one for one in _read_index(place) if one.file != kept.file]
    index = _Index(_SCHEMA, tuple(sorted([*others, kept], key=lambda one: one.names)))
    try:
        place.mkdir(parents=True, exist_ok=True)
        write_atomically(place / kept.file, encode_profile(profile))
        content = msgspec.json.format(msgspec.json.encode(index), indent=1)
        write_atomically(place / _INDEX, content + b"\n")
    except OSError as error:
        raise StorageError(f"cannot write {place}: {error.strerror or error}") from error


def _read_index(place: Path) -> tuple[KeptProfile, ...]:
    path = place / _INDEX
    if not path.exists():
        return ()
    try:
        index = msgspec.json.decode(read_file(path), type=_Index)
    except msgspec.MsgspecError as error:
        raise InvalidDocument(f"{path}: {error}") from error
    if index.schema != _SCHEMA:
        raise InvalidDocument(f"{path} has the schema {index.schema!r}, not {_SCHEMA}")
    return index.profiles
