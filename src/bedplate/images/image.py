"""An opened image: its documents, its platforms, and its file tree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bedplate.errors import UnsupportedMediaType
from bedplate.images.file_tree import FileTree
from bedplate.model import media_types
from bedplate.model.documents import parse_document, parse_image_config
from bedplate.model.manifest import Index, Manifest, pick_platform, platforms_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bedplate.images.image_source import Content
    from bedplate.images.layer_index import LayerIndex
    from bedplate.images.read_layers import LayerReader
    from bedplate.images.root_folder import RootFolderWalk
    from bedplate.model.digest import Digest
    from bedplate.model.document import Document
    from bedplate.model.image_config import ImageConfig
    from bedplate.model.platform import Platform


@dataclass(frozen=True, slots=True)
class Image:
    """One image for one platform.

    Args:
        name: how the user named it.
        place: registry host or path.
        content: where its layers are read from; None for a root file system.
        folder: the root file system, where that is what it is.
        index_digest: of the index that it was picked from; None without one.
        manifest_digest: as served; None when the manifest is of our making.
        manifest, config: None for a root file system.
        platforms: all that the name offers.
    """

    name: str
    place: str
    content: Content | None = None
    folder: RootFolderWalk | None = None
    index_digest: Digest | None = None
    manifest_digest: Digest | None = None
    manifest: Manifest | None = None
    config: ImageConfig | None = None
    platforms: tuple[Platform, ...] = ()

    def layer_indexes(self, reader: LayerReader) -> Sequence[LayerIndex]:
        """Read every layer, or take its index from the cache; lowest first.

        Raises:
            CorruptImage: a layer is damaged.
            LimitExceeded: more than bedplate reads.
        """
        if self.folder is not None:
            return [self.folder.index(reader.selection, reader.limits)]
        if self.content is None or self.manifest is None:
            return []
        for layer in self.manifest.layers:
            _check_layer(self.name, layer.media_type)
        return reader.read(self.content, self.manifest.layers)

    def tree(self, reader: LayerReader) -> FileTree:
        """Give the merged file system."""
        return FileTree(self.layer_indexes(reader))


@dataclass(frozen=True, slots=True)
class OpenedImage:
    """What a name leads to, before a platform is chosen.

    Args:
        content: the opened place.
        root: the manifest or index that the name points at.
        document: the same, parsed.
    """

    content: Content
    root: Document
    document: Manifest | Index

    def platforms(self) -> tuple[Platform, ...]:
        """Give the platforms that an index lists; a lone manifest lists none."""
        return platforms_of(self.document) if isinstance(self.document, Index) else ()

    def select(self, platform: Platform) -> Image:
        """Give the image for a platform; a lone manifest is taken whatever it is for.

        Raises:
            PlatformNotFound: an index without it; names those that there are.
            InvalidDocument: a document that breaks its specification.
        """
        document, root, index_digest = self.document, self.root, None
        if isinstance(document, Index):
            chosen = pick_platform(document, platform, self.content.name)
            index_digest = None if self.content.synthetic else root.digest
            root = self.content.document(chosen)
            parsed = parse_document(root.content, root.media_type)
            if isinstance(parsed, Index):
                raise UnsupportedMediaType(
                    f"{self.content.name}: an index inside an index", "name the inner one by digest"
                )
            document = parsed
        config = self._config(document)
        return Image(
            self.content.name,
            self.content.place,
            self.content,
            index_digest=index_digest,
            manifest_digest=None if self.content.synthetic else root.digest,
            manifest=document,
            config=config,
            platforms=self.platforms() or (config.platform,),
        )

    def _config(self, manifest: Manifest) -> ImageConfig:
        if manifest.config.media_type not in media_types.IMAGE_CONFIGS:
            kind = manifest.artifact_type or manifest.config.media_type
            raise UnsupportedMediaType(
                f"{self.content.name}: not an image but an artifact of type {kind}"
            )
        return parse_image_config(self.content.document(manifest.config).content)


def _check_layer(name: str, media_type: str) -> None:
    """Refuse layers whose bytes can't be read.

    Raises:
        UnsupportedMediaType: encrypted, or not a layer at all.
    """
    if media_type.endswith("+encrypted"):
        raise UnsupportedMediaType(f"{name}: its layers are encrypted", "decrypt the image first")
    if "tar" not in media_type:
        raise UnsupportedMediaType(f"{name}: a layer of type {media_type}")
