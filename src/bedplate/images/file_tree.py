"""Layers merged into one tree: whiteouts, opaque folders, replaced folders, layer of origin.

Source: OCI image-spec, layer.md, "Applying Changesets" and "Whiteouts".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.images.layer_index import DIRECTORY, FILE, HARDLINK, SYMLINK, LayerIndex
from bedplate.model.file_entry import FileEntry, FileKind
from bedplate.model.want import compile_glob

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_MAX_LINKS = 40
_SHIFT = 32  # a place is `layer << 32 | number of the entry in it`
_MASK = (1 << _SHIFT) - 1


class FileTree:
    """The merged file system of an image; implements `model.tree.Tree`.

    Args:
        layers: indexes, lowest first.
    """

    def __init__(self, layers: Sequence[LayerIndex]) -> None:
        self.layers = tuple(layers)
        self._places: dict[str, int] = {}
        self._link_targets: dict[int, dict[str, int]] = {}
        self._implicit: set[str] | None = None
        for number, layer in enumerate(self.layers):
            self._apply(number, layer)
        self._implicit = None  # what merging needed of it may be out of date
        self._children: dict[str, list[str]] | None = None
        self._kept: dict[str, list[str]] | None = None

    # -- merging ---------------------------------------------------------------------

    def _apply(self, number: int, layer: LayerIndex) -> None:
        base = number << _SHIFT
        if not self._places and not _writes_through_links(layer):
            # the lowest layer, nine tenths of the work: nothing is below it to hide
            self._places = dict(zip(layer.paths, range(base, base + len(layer.paths)), strict=True))
            return
        self._hide(layer)
        places = self._places
        folders: dict[str, str] = {}
        for entry, path in enumerate(layer.paths):
            places[self._through_links(path, folders)] = base | entry

    def _hide(self, layer: LayerIndex) -> None:
        """Take out what this layer deletes or replaces, in one pass over what is below."""
        gone = set(layer.whiteouts)
        below = {folder for folder in layer.opaque if folder}
        for entry, path in enumerate(layer.paths):
            if layer.kinds[entry] != DIRECTORY and self._is_folder(path):
                below.add(path)
        everything = "" in layer.opaque
        if not (gone or below or everything):
            return
        folders: dict[str, bool] = {"": everything}

        def covered(folder: str) -> bool:
            known = folders.get(folder)
            if known is None:
                parent = folder.rpartition("/")[0]
                known = folder in gone or folder in below or covered(parent)
                folders[folder] = known
            return known

        self._places = {
            path: place
            for path, place in self._places.items()
            if path not in gone and not covered(path.rpartition("/")[0])
        }

    def _is_folder(self, path: str) -> bool:
        place = self._places.get(path)
        return place is not None and self._kind(place) == DIRECTORY

    def _through_links(self, path: str, folders: dict[str, str]) -> str:
        """Put a path below a symlinked folder of a lower layer where the link leads."""
        parent, _, name = path.rpartition("/")
        if not parent:
            return path
        real = folders.get(parent)
        if real is None:
            real = self._through_links(parent, folders)
            place = self._places.get(real)
            if place is not None and self._kind(place) == SYMLINK:
                real = self._follow(real) or real
            folders[parent] = real
        return f"{real}/{name}" if real else name

    def _kind(self, place: int) -> int:
        return self.layers[place >> _SHIFT].kinds[place & _MASK]

    # -- looking up ------------------------------------------------------------------

    def _entry(self, path: str, place: int) -> FileEntry:
        return self.layers[place >> _SHIFT].entry(place & _MASK, path, place >> _SHIFT)

    def _follow(self, path: str) -> str | None:
        """Resolve every symlink in a path, inside the root; None when it dangles or loops."""
        pending = path.split("/")[::-1] if path else []
        done = ""
        links = 0
        while pending:
            part = pending.pop()
            if part in ("", "."):
                continue
            if part == "..":
                done = done.rpartition("/")[0]
                continue
            here = f"{done}/{part}" if done else part
            place = self._places.get(here)
            if place is None and here not in self._implicit_folders():
                return None
            if place is None or self._kind(place) != SYMLINK:
                done = here
                continue
            links += 1
            target = self.layers[place >> _SHIFT].links.get(place & _MASK, "")
            if links > _MAX_LINKS or not target:
                return None
            pending += target.split("/")[::-1]
            if target.startswith("/"):
                done = ""
        return done

    def _implicit_folders(self) -> set[str]:
        """Give the folders that no entry names but that some path lies in."""
        if self._implicit is None:
            self._implicit = set()
            for path in self._places:
                folder = path.rpartition("/")[0]
                while folder and folder not in self._places and folder not in self._implicit:
                    self._implicit.add(folder)
                    folder = folder.rpartition("/")[0]
        return self._implicit

    def _real(self, path: str) -> str | None:
        """Resolve symlinked parents but not the last component."""
        if path in self._places:
            return path
        parent, _, name = path.rpartition("/")
        real = self._follow(parent) if parent else None
        if real is None:
            return None
        path = f"{real}/{name}" if real else name
        return path if path in self._places else None

    def get(self, path: str) -> FileEntry | None:
        """Look an entry up; symlinked parents are followed, the last component is not."""
        real = self._real(path)
        return self.resolve(path) if real is None else self._entry(real, self._places[real])

    def resolve(self, path: str) -> FileEntry | None:
        """Look an entry up, following every symlink inside the root."""
        real = self._follow(path)
        if not real:
            return None
        place = self._places.get(real)
        # a folder that only its content shows is a folder all the same
        folder = FileEntry(real, FileKind.DIRECTORY, mode=0o755)
        return folder if place is None else self._entry(real, place)

    def _content(self, path: str) -> tuple[LayerIndex, int] | None:
        real = self._follow(path)
        if real not in self._places:
            return None
        place = self._places[real]
        layer, number = self.layers[place >> _SHIFT], place & _MASK
        if not (number in layer.kept or number in layer.found or number in layer.extracts):
            place = self._inode(place)
        return self.layers[place >> _SHIFT], place & _MASK

    def _inode(self, place: int) -> int:
        """Follow a hard link to the entry that holds the bytes."""
        layer = self.layers[place >> _SHIFT]
        if layer.kinds[place & _MASK] != HARDLINK:
            return place
        target = layer.links.get(place & _MASK, "")
        number = self._first_names(place >> _SHIFT).get(target)
        if number is not None:
            return (place >> _SHIFT) << _SHIFT | number
        lower = self._places.get(target)
        return place if lower is None or self._kind(lower) == HARDLINK else lower

    def _first_names(self, number: int) -> dict[str, int]:
        names = self._link_targets.get(number)
        if names is None:
            layer = self.layers[number]
            wanted = {
                target for entry, target in layer.links.items() if layer.kinds[entry] == HARDLINK
            }
            names = {
                path: entry
                for entry, path in enumerate(layer.paths)
                if path in wanted and layer.kinds[entry] == FILE
            }
            self._link_targets[number] = names
        return names

    # -- what readers need -----------------------------------------------------------

    def read(self, path: str) -> bytes | None:
        """Give the kept bytes of a file."""
        at = self._content(path)
        return None if at is None else at[0].kept.get(at[1])

    def found(self, path: str) -> bytes | None:
        """Give what a search found in this file."""
        at = self._content(path)
        return None if at is None else at[0].found.get(at[1])

    def extracts(self, name: str) -> Iterable[tuple[str, bytes]]:
        """List path and outcome of every visible file with an extract of this name."""
        return sorted(
            (layer.paths[entry], taken[name])
            for number, layer in enumerate(self.layers)
            for entry, taken in layer.extracts.items()
            if name in taken and self._places.get(layer.paths[entry]) == number << _SHIFT | entry
        )

    def kept(self, glob: str) -> Iterable[str]:
        """List the visible paths that match and have kept bytes or a find, sorted."""
        if self._kept is None:
            self._kept = self._kept_by_name()
        name = glob.rpartition("/")[2]
        if "*" not in name:
            candidates = self._kept.get(name, [])
        else:
            candidates = [path for paths in self._kept.values() for path in paths]
        pattern = compile_glob(glob)
        return sorted(path for path in candidates if pattern.fullmatch(path))

    def _kept_by_name(self) -> dict[str, list[str]]:
        by_name: dict[str, list[str]] = {}
        for number, layer in enumerate(self.layers):
            for entry in layer.kept.keys() | layer.found.keys():
                path = layer.paths[entry]
                if self._places.get(path) == number << _SHIFT | entry:
                    by_name.setdefault(path.rpartition("/")[2], []).append(path)
        return by_name

    def entries(self) -> Iterator[FileEntry]:
        """Walk every visible entry."""
        for path, place in self._places.items():
            yield self._entry(path, place)

    def children(self, folder: str) -> Iterable[str]:
        """List the names directly below a folder, symlinks to it followed."""
        if self._children is None:
            self._children = {}
            for path in (*self._places, *self._implicit_folders()):
                parent, _, name = path.rpartition("/")
                self._children.setdefault(parent, []).append(name)
        real = self._follow(folder) if folder else ""
        return sorted(self._children.get(real, ())) if real is not None else ()

    # -- sizes -----------------------------------------------------------------------

    def file_sizes(self) -> Iterator[tuple[str, int]]:
        """Walk visible regular files as `(path, bytes)`, each content once.

        Of hard links to one content the first name that is visible counts; the others, and
        empty files, count 0 bytes.
        """
        seen: set[int] = set()
        for path, place in self._places.items():
            layer, entry = self.layers[place >> _SHIFT], place & _MASK
            kind = layer.kinds[entry]
            if kind == FILE and not layer.links:
                yield path, layer.sizes[entry]
            elif kind in (FILE, HARDLINK):
                inode = self._inode(place)
                size = 0 if inode in seen else self.layers[inode >> _SHIFT].sizes[inode & _MASK]
                seen.add(inode)
                yield path, size

    def disk_size(self) -> int:
        """Sum the regular files of all layers, also the hidden ones: what a host stores."""
        return sum(layer.disk_size() for layer in self.layers)


def _writes_through_links(layer: LayerIndex) -> bool:
    """Tell whether a layer puts files below a symlink of its own."""
    links = {layer.paths[entry] for entry in layer.links if layer.kinds[entry] == SYMLINK}
    return bool(links) and not links.isdisjoint({path.rpartition("/")[0] for path in layer.paths})
