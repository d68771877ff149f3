"""The same version of an image is published in a much smaller variant.

Whatever is not in an image need not be pulled, scanned or updated. Both sizes are measured the
same way: bytes on disk, or where one of them is not known, bytes as they are sent.

Example: `FROM node:20`, where `node:20-alpine` runs the same Node.js with an eighth of the bytes.

Fix: name the variant. What the program needs of the larger one (a compiler, a shell, glibc) must
be added, or rule the variant out: a change of the C library is said.

Fix safety: unsafe, another image is built from then on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bedplate.linting.fact_rule import Claim
from bedplate.model.edit import Edit, Fix
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.evidence import Measured
    from bedplate.linting.linted_image import LintedImage

SEVERITY = Severity.INFO
_WORTHWHILE = 2.0


class _Comparison(NamedTuple):
    """Two sizes on one measure."""

    variant: Measured
    own: int
    other: int
    measure: str

    @property
    def factor(self) -> float:
        return self.own / self.other


def check(image: LintedImage) -> Iterator[Claim]:
    """Find the smallest variant of what ends up in production, when it is at most half as large."""
    size = image.evidence.size
    if size is None or not image.is_base:
        return
    compared = [one for v in image.evidence.variants if (one := _compare(size, v))]
    best = max(compared, key=lambda one: one.factor, default=None)
    if best is None or best.factor < _WORTHWHILE:
        return
    on_disk = best.measure == "on disk"
    own = amount(best.own, exact=size.rounded == 1 or not on_disk)
    other = amount(best.other, exact=best.variant.rounded == 1 or not on_disk)
    yield Claim(
        f"{image.name} {own} {best.measure} -> {best.variant.name} {other}, "
        f"{_times(best.factor)}{_libc_change(size, best.variant)}",
        tuple(dict.fromkeys((size.shown_by, best.variant.shown_by))),
        _renamed(image, best.variant),
        image.use.tag_span,
    )


def _compare(own: Measured, variant: Measured) -> _Comparison | None:
    if own.disk_size and variant.disk_size:
        return _Comparison(variant, own.disk_size, variant.disk_size, "on disk")
    if own.compressed_size and variant.compressed_size:
        return _Comparison(variant, own.compressed_size, variant.compressed_size, "compressed")
    return None


def amount(count: int, *, exact: bool) -> str:
    """Write bytes in decimal units, three digits: `1.10 GB`, `~136 MB`."""
    value, unit = float(count), "B"
    for larger in ("kB", "MB", "GB", "TB"):
        if value < 999.5:
            break
        value, unit = value / 1000, larger
    digits = 0 if unit == "B" or value >= 99.95 else 1 if value >= 9.995 else 2
    return f"{'' if exact else '~'}{value:.{digits}f} {unit}"


def _times(factor: float) -> str:
    return f"{factor:.0f} x" if factor >= 4.95 else f"{factor:.1f} x"


def _libc_change(own: Measured, variant: Measured) -> str:
    if own.libcs is None or variant.libcs is None or own.libcs == variant.libcs:
        return ""
    return f" ({_listed(variant.libcs)} in the place of {_listed(own.libcs)})"


def _listed(libcs: tuple[str, ...]) -> str:
    return " and ".join(libcs) or "no C library"


def _renamed(image: LintedImage, variant: Measured) -> Fix | None:
    span = image.use.tag_span
    if span is None or image.use.digest or not variant.tag:
        return None
    return Fix((Edit(span, variant.tag),), safe=False)
