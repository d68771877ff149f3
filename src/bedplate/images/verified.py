"""A layer stream that is hashed on a thread of its own, and checked at its end."""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING, Self

from bedplate.errors import CorruptImage, DigestMismatch

if TYPE_CHECKING:
    from types import TracebackType

    from bedplate.images.image_source import ByteReader
    from bedplate.images.progress import Progress
    from bedplate.model.descriptor import Descriptor

_READ = 256 * 1024
_AHEAD = 16  # chunks read ahead: 4 MiB


class VerifiedReader:
    """Reads ahead and hashes while the caller unpacks; both release the interpreter's lock.

    Use as a context manager; `finish` must be called after the last byte was taken.

    Args:
        reader: the raw blob.
        descriptor: its digest and size.
        name: the layer, for messages.
        progress: told how many bytes came.
    """

    def __init__(
        self,
        reader: ByteReader,
        descriptor: Descriptor,
        name: str,
        progress: Progress,
    ) -> None:
        self._reader = reader
        self._descriptor = descriptor
        self._name = name
        self._progress = progress
        self._hash = descriptor.digest.hasher()
        self._queue: queue.Queue[bytes | BaseException] = queue.Queue(_AHEAD)
        self._stopped = threading.Event()
        self._rest = b""
        self._ended = False
        self._thread = threading.Thread(target=self._pump, name="bedplate-read", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stopped.set()
        while self._thread.is_alive():
            # the pump may wait for room in the queue
            try:
                self._queue.get_nowait()
            except queue.Empty:
                self._thread.join(0.01)

    def read(self, size: int, /) -> bytes:
        """Give up to `size` raw bytes, empty at the end."""
        if not self._rest and not self._ended:
            item = self._queue.get()
            if isinstance(item, BaseException):
                self._ended = True
                raise item
            self._rest = item
            self._ended = not item
        if len(self._rest) <= size:
            piece, self._rest = self._rest, b""
        else:
            piece, self._rest = self._rest[:size], self._rest[size:]
        return piece

    def finish(self) -> None:
        """Take what is left and check size and digest.

        Raises:
            CorruptImage: the blob is shorter or longer than its descriptor says.
            DigestMismatch: the bytes are not those of the digest.
        """
        while self.read(_READ):
            pass
        self._thread.join()
        if self._hash.hexdigest() != self._descriptor.digest.hex:
            raise DigestMismatch(
                f"{self._name}: the bytes are not those of {self._descriptor.digest}",
                "the registry, a mirror or a proxy serves damaged content",
            )

    def _pump(self) -> None:
        done, total = 0, self._descriptor.size
        item = self._descriptor.digest.hex[:12]
        try:
            while not self._stopped.is_set():
                chunk = self._reader.read(_READ)
                done += len(chunk)
                if done > total or (not chunk and done < total):
                    raise CorruptImage(  # noqa: TRY301 - handed to the reading thread below
                        f"{self._name}: {done} bytes came, {total} were announced"
                    )
                self._queue.put(chunk)
                if not chunk:
                    break
                self._hash.update(chunk)
                self._progress.advance(item, done, total)
        except BaseException as error:  # noqa: BLE001 - it must reach the thread that reads
            self._queue.put(error)
