"""`oci:FOLDER[:TAG]`: a name in an OCI image layout.

Source: OCI image-spec, image-layout.md.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bedplate.errors import BadInput, CorruptImage, StorageError, TargetMoved
from bedplate.images.image_target import Brought
from bedplate.images.oci_store import REF_NAME
from bedplate.images.verified import checked
from bedplate.model.descriptor import Descriptor
from bedplate.model.digest import Digest
from bedplate.model.documents import MAX_DOCUMENT_BYTES, parse_index, parse_layout
from bedplate.model.media_types import MANIFESTS, OCI_INDEX
from bedplate.support.cache import write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bedplate.images.image_source import Access, Content
    from bedplate.images.image_target import Target

SCHEME = "oci"
_PIECE = 256 * 1024


def open(location: str, access: Access) -> Target:  # noqa: A001, ARG001 - the contract's
    """Open a layout; a folder that is none becomes one when something is written."""
    path, _, tag = location.partition(":")
    return LayoutTarget(Path(path), f"{SCHEME}:{location}", tag)


class LayoutTarget:
    """A name in a layout.

    Args:
        folder: of the layout.
        name: how the user named it.
        tag: `org.opencontainers.image.ref.name`; empty for the image without a name.
    """

    def __init__(self, folder: Path, name: str, tag: str) -> None:
        self.name = name
        self._folder = folder
        self._tag = tag

    def current(self) -> Digest | None:
        """Read what bears the name in `index.json`."""
        if not (self._folder / "index.json").exists():
            return None
        index = parse_index(self._small("index.json"))
        at = self._place([entry.annotations for entry in index.manifests])
        return None if at is None else index.manifests[at].digest

    def bring(self, descriptor: Descriptor, source: Content) -> Brought:
        """Take what is held, else copy it."""
        path = self._blob(descriptor.digest)
        if path.is_file() and path.stat().st_size == descriptor.size:
            return Brought.HELD
        temporary = path.with_name(f".{path.name}.{os.urandom(8).hex()}")
        with self._writing(), _removed_on_error(temporary):
            path.parent.mkdir(parents=True, exist_ok=True)
            blob = checked(source.blob(descriptor), descriptor, source.name)
            with blob as reader, temporary.open("xb") as file:
                while piece := reader.read(_PIECE):
                    file.write(piece)
            temporary.replace(path)
        return Brought.COPIED

    def put_blob(self, content: bytes, media_type: str) -> Descriptor:
        """Write a small blob."""
        digest = Digest.of(content)
        with self._writing():
            path = self._blob(digest)
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(path, content)
        return Descriptor(media_type, digest, len(content))

    def put_manifest(self, content: bytes, media_type: str) -> Descriptor:
        """Write a manifest, which is a blob like any other here."""
        return self.put_blob(content, media_type)

    def finish(self, content: bytes, media_type: str, before: Digest | None) -> Digest:
        """Write the document, and name it in `index.json`, which is replaced at once."""
        named = self.put_blob(content, media_type)
        with self._writing(), self._locked():
            if self.current() != before:
                raise TargetMoved(
                    f"{self.name} was changed by somebody else in the meantime", "look at it first"
                )
            layout = self._folder / "oci-layout"
            if not layout.exists():
                write_atomically(layout, b'{"imageLayoutVersion":"1.0.0"}')
            parse_layout(self._small("oci-layout"))
            index = self._index_with(named)
            text = json.dumps(index, separators=(",", ":"))
            write_atomically(self._folder / "index.json", text.encode())
        return named.digest

    def _index_with(self, named: Descriptor) -> dict[str, Any]:
        """Put the new entry in the place of the old one; all other entries stay as they are."""
        index: dict[str, Any] = {"schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": []}
        if (self._folder / "index.json").exists():
            content = self._small("index.json")
            parse_index(content)
            index = json.loads(content)
        entry: dict[str, Any] = {
            "mediaType": named.media_type,
            "digest": str(named.digest),
            "size": named.size,
        }
        if self._tag:
            entry["annotations"] = {REF_NAME: self._tag}
        entries = index["manifests"]
        at = self._place([old.get("annotations") or {} for old in entries])
        if at is None:
            entries.append(entry)
            return index
        kept = ("annotations", "platform") if named.media_type in MANIFESTS else ("annotations",)
        entries[at] = {**entry, **{k: v for k, v in entries[at].items() if k in kept}}
        return index

    def _place(self, annotations: Sequence[Mapping[str, str]]) -> int | None:
        """Find the entry that bears the name; without a tag, the only one.

        Raises:
            BadInput: several bear it.
        """
        names = [notes.get(REF_NAME, "") for notes in annotations]
        if not self._tag and len(names) == 1:
            return 0
        places = [at for at, name in enumerate(names) if name == self._tag]
        if len(places) > 1:
            raise BadInput(f"{self.name}: {len(places)} entries of the layout", "name another tag")
        return places[0] if places else None

    def _small(self, name: str) -> bytes:
        try:
            with (self._folder / name).open("rb") as file:
                content = file.read(MAX_DOCUMENT_BYTES + 1)
        except OSError as error:
            problem = error.strerror or str(error)
            raise CorruptImage(f"{self.name}: {name} can't be read: {problem}") from error
        if len(content) > MAX_DOCUMENT_BYTES:
            raise CorruptImage(f"{self.name}: {name} is larger than any manifest may be")
        return content

    def _blob(self, digest: Digest) -> Path:
        digest.hasher()  # of an algorithm whose name is no path
        return self._folder / "blobs" / digest.algorithm / digest.hex

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        """Keep other runs of bedplate from the index while it is read and replaced."""
        handle = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            with contextlib.suppress(OSError):  # some file systems have no locks
                fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise StorageError(
                f"{self.name} can't be written: {error.strerror or error}",
                "free some space or write elsewhere",
            ) from error


@contextlib.contextmanager
def _removed_on_error(path: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        path.unlink(missing_ok=True)
        raise
