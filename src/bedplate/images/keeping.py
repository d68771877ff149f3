"""What is kept of one content while it streams by: all, a part, a match, an extract."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from bedplate.images.extraction import Extraction
from bedplate.images.searching import search_pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bedplate.images.layer_index import LayerIndex
    from bedplate.model.want import Want


def keep_wanted(
    index: LayerIndex,
    number: int,
    size: int,
    wants: Sequence[Want],
    pieces: Iterable[bytes],
) -> int:
    """Take what some wants ask for out of the content of one entry, into the index.

    Args:
        index: of the layer.
        number: of the entry.
        size: of the content, in bytes.
        wants: that the entry answers to.
        pieces: the content; read no further than somebody needs it.

    Returns:
        How many bytes the index has grown by.
    """
    whole = [want for want in wants if want.whole]
    searches = [want for want in wants if want.search is not None]
    extraction = Extraction(wants, size)
    most = max((w.limit for w in whole if w.head or w.limit >= size), default=-1)
    grown = 0
    if extraction.active:
        pieces = extraction.watch(pieces)
    if most >= 0:
        index.kept[number], pieces = _split_head(pieces, most)
        grown += len(index.kept[number])
    elif (whole or extraction.too_large) and not searches and not extraction.active:
        reason = f"{size} bytes are more than is read of it"
        index.refused.append((index.paths[number], reason))
    if searches:
        hit = search_pieces(searches, pieces)
        if hit is not None:
            index.found[number] = hit
    if extraction.active:
        deque(pieces, maxlen=0)  # the search may have stopped early
        extracts, reasons = extraction.results()
        if extracts:
            index.extracts[number] = extracts
            grown += sum(map(len, extracts.values()))
        index.refused += [(index.paths[number], reason) for reason in reasons]
    return grown


def _split_head(pieces: Iterable[bytes], size: int) -> tuple[bytes, Iterable[bytes]]:
    """Give the first `size` bytes, and all the pieces again for who comes next."""
    read = []
    have = 0
    source = iter(pieces)
    for piece in source:
        read.append(piece)
        have += len(piece)
        if have >= size:
            break
    content = b"".join(read)
    return content[:size], _chain(content, source)


def _chain(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest
