"""The advisories on this machine: what there is, what an image needs, and bringing it here."""

from __future__ import annotations

import contextlib
import datetime as dt
from typing import TYPE_CHECKING

from bedplate.advisories.build import BuildOptions, build_stores
from bedplate.advisories.namespaces import stores_for
from bedplate.advisories.packed_store import pack_stores
from bedplate.advisories.stores import open_stores
from bedplate.advisories.update import UpdateOptions, documents_of, update_stores
from bedplate.errors import BadInput, CorruptStore, StorageError
from bedplate.model.reference import Reference

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from bedplate.advisories.build import Built
    from bedplate.advisories.update import Outcome
    from bedplate.flows.session import Session
    from bedplate.model.base_facts import BaseFacts
    from bedplate.model.store_manifest import StoreManifest

_SCHEME = "oci://"
_LANGUAGES = (
    *("npm", "pypi", "golang", "maven", "gem", "cargo", "composer", "nuget"),
    *("runtime", "bitnami", "ratings", "epss", "kev"),
)


def status(session: Session) -> tuple[tuple[StoreManifest, ...], tuple[CorruptStore, ...]]:
    """Give the manifest of every store: the user's, and those that came with the program.

    Returns:
        the manifests in the order of names, and what is wrong with stores that can't be read.
    """
    found: list[StoreManifest] = []
    damaged: list[CorruptStore] = []
    with contextlib.closing(open_stores(session.advisory_folder)) as stores:
        for name in stores.names():
            try:
                store = stores.named(name)
            except CorruptStore as error:
                damaged.append(error)
                continue
            found += [store.manifest] if store is not None else []
    return tuple(found), tuple(damaged)


def needed_by(facts: BaseFacts, session: Session) -> tuple[str, ...]:
    """Name the stores that an image needs and that some feed can fill.

    Args:
        facts: of the image.
        session: its day.
    """
    types = {package.type for package in facts.packages or ()}
    runtimes = {runtime.name for runtime in facts.runtimes or () if not runtime.packaged}
    names = stores_for(facts.distro, types, runtimes)
    return tuple(name for name in names if documents_of(name, session.today))


def everything(session: Session) -> tuple[str, ...]:
    """Name every store that is there already, and those that belong to no distribution."""
    with contextlib.closing(open_stores(session.advisory_folder)) as stores:
        names = {*stores.names(), *_LANGUAGES}
    return tuple(sorted(name for name in names if documents_of(name, session.today)))


def update(
    names: Sequence[str],
    session: Session,
    *,
    mirrors: Mapping[str, str] | None = None,
    force: bool = False,
) -> tuple[Outcome, ...]:
    """Bring stores up to date; each outcome says what became of one.

    Args:
        names: of stores.
        session: its folder, network and notices.
        mirrors: beginnings of addresses -> what to put there.
        force: fetch what has not changed too, and take stores that are much smaller.

    Raises:
        BadInput: offline.
        StorageError: there is no folder, or it can't be written.
    """
    http = session.access.registry().http
    now = dt.datetime.now(tz=dt.UTC)
    options = UpdateOptions(now, mirrors or {}, force)
    return update_stores(names, folder_of(session), http, options)


def folder_of(session: Session) -> Path:
    """Give the folder of the user's stores.

    Raises:
        StorageError: there is none.
    """
    if session.advisory_folder is None:
        raise StorageError("there is no folder for advisories", "set HOME or XDG_CACHE_HOME")
    return session.advisory_folder


def build(source: Path, folder: Path, *, force: bool = False) -> Built:
    """Build stores from local copies of feeds.

    Args:
        source: a folder of copies, or one of them.
        folder: where stores go.
        force: take stores that are much smaller than those that are there.

    Raises:
        BadInput: a copy is damaged, or in no format that bedplate knows.
        StorageError: the folder can't be written.
    """
    stamp = dt.datetime.now(tz=dt.UTC).isoformat(timespec="seconds")
    return build_stores([source], folder, BuildOptions(built=stamp, force=force))


def export(names: Sequence[str], path: Path, session: Session) -> tuple[str, ...]:
    """Write stores to one file, and name them.

    Args:
        names: which; none for all that may be handed on.
        path: the file.
        session: its folder.

    Raises:
        BadInput: a store is not there or may not be handed on.
        StorageError: the file can't be written.
    """
    from bedplate.advisories.archive import export_stores  # noqa: PLC0415 - lazy: with its verb

    packed = pack_stores(folder_of(session), names)
    export_stores(packed, path)
    return tuple(one.manifest.name for one in packed)


def import_(path: Path, session: Session) -> tuple[StoreManifest, ...]:
    """Read stores from a file that `export` wrote.

    Raises:
        BadInput: damaged, or no such file.
        StorageError: the folder can't be written.
    """
    from bedplate.advisories.archive import import_stores  # noqa: PLC0415 - lazy: with its verb

    return import_stores(path, folder_of(session))


def push(names: Sequence[str], target: str, session: Session) -> tuple[str, str]:
    """Upload stores to a registry, and give the reference and the digest.

    Args:
        names: which; none for all that may be handed on.
        target: `oci://registry/repository:tag`.
        session: its folder and registry.

    Raises:
        BadInput: a store is not there or may not be handed on; not a reference.
        Unavailable: the registry can't be reached or refuses.
    """
    from bedplate.advisories.artifact import push_stores  # noqa: PLC0415 - lazy: with its verb

    reference = _reference(target)
    packed = pack_stores(folder_of(session), names)
    digest = push_stores(packed, reference, session.access.registry())
    return str(reference), str(digest)


def pull(names: Collection[str], target: str, session: Session) -> tuple[StoreManifest, ...]:
    """Download stores from a registry.

    Args:
        names: which; none for all.
        target: `oci://registry/repository:tag`.
        session: its folder and registry.

    Raises:
        BadInput: something else is there, or damaged; not a reference.
        Unavailable: the registry can't be reached or refuses.
    """
    from bedplate.advisories.artifact import pull_stores  # noqa: PLC0415 - lazy: with its verb

    return pull_stores(_reference(target), session.access.registry(), folder_of(session), names)


def _reference(target: str) -> Reference:
    """Read `oci://registry/repository:tag`; the tag may be left out.

    Raises:
        BadInput: not that.
    """
    if not target.startswith(_SCHEME):
        raise BadInput(f"{target} is no place in a registry", "write oci://registry/repository:tag")
    return Reference.parse(target.removeprefix(_SCHEME)).with_default_tag()
