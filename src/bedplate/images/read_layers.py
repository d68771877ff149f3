"""The indexes of an image's layers: from the cache, else read side by side, once each."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bedplate.errors import CorruptImage, InvalidDocument, LimitExceeded, StorageError
from bedplate.images.index_layer import index_layer
from bedplate.images.layer_index import LayerIndex, decode
from bedplate.images.limits import DEFAULT_LIMITS, Limits
from bedplate.images.verified import VerifiedReader

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bedplate.images.image_source import Content
    from bedplate.images.progress import Progress
    from bedplate.images.selection import Selection
    from bedplate.model.descriptor import Descriptor
    from bedplate.support.cache import Cache

SHELF = "layers"
# Each layer has a thread that reads and hashes and one that unpacks and walks; more at
# once than this only makes them wait for one another, and costs memory.
PARALLEL = 3


@dataclass(frozen=True, slots=True)
class LayerReader:
    """Reads layers with what a run allows.

    Args:
        selection: whose bytes are kept.
        cache: where indexes live.
        progress: told how far each layer is.
        notify: takes one line when the cache can't be written.
        limits: bounds on what is read.
    """

    selection: Selection
    cache: Cache
    progress: Progress
    notify: Callable[[str], None]
    limits: Limits = DEFAULT_LIMITS

    def read(self, content: Content, layers: Sequence[Descriptor]) -> list[LayerIndex]:
        """Give the index of every layer, lowest first.

        Raises:
            CorruptImage: a layer is damaged.
            LimitExceeded: more, or larger, than bedplate reads.
        """
        if len(layers) > self.limits.layers:
            raise LimitExceeded(f"{content.name}: {len(layers)} layers")
        distinct = list({layer.digest: layer for layer in layers}.values())
        if len(distinct) == 1:
            indexes = [self._one(content, distinct[0])]
        else:
            # the largest first: it decides when the last one is done
            order = sorted(distinct, key=lambda layer: -layer.size)
            with ThreadPoolExecutor(PARALLEL, "bedplate-layer") as pool:
                futures = {layer.digest: pool.submit(self._one, content, layer) for layer in order}
                try:
                    indexes = [futures[layer.digest].result() for layer in distinct]
                except BaseException:
                    pool.shutdown(wait=False, cancel_futures=True)
                    raise
        by_digest = dict(zip((layer.digest for layer in distinct), indexes, strict=True))
        return [by_digest[layer.digest] for layer in layers]

    def cached(self, layer: Descriptor) -> LayerIndex | None:
        """Give the index of a layer when the cache has it."""
        key = self._key(layer)
        packed = self.cache.get(SHELF, key)
        if packed is None:
            return None
        try:
            return decode(packed)
        except InvalidDocument:
            self.cache.drop(SHELF, key)
            return None

    def _key(self, layer: Descriptor) -> str:
        return f"{layer.digest}.{self.selection.id}"

    def _one(self, content: Content, layer: Descriptor) -> LayerIndex:
        index = self.cached(layer)
        if index is not None:
            return index
        with self.cache.building(SHELF, self._key(layer)):
            # another process may have made it while this one waited
            index = self.cached(layer)
            if index is None:
                index = self._build(content, layer)
                self._store(layer, index)
        return index

    def _build(self, content: Content, layer: Descriptor) -> LayerIndex:
        name = f"{content.name}: layer {layer.digest.algorithm}:{layer.digest.hex[:12]}"
        with (
            content.blob(layer) as raw,
            VerifiedReader(raw, layer, name, self.progress) as reader,
        ):
            try:
                index = index_layer(reader, name, self.selection, self.limits)
            except CorruptImage:
                # a damaged blob fails in many ways: that it is not what its digest says
                # is the cause worth telling
                reader.finish()
                raise
            reader.finish()
        return index

    def _store(self, layer: Descriptor, index: LayerIndex) -> None:
        try:
            self.cache.put(SHELF, self._key(layer), index.encode())
        except StorageError as error:
            self.notify(str(error))
