"""What a comparison says of each image: one table, in the order shown.

One more measure is one more line here; every format for people follows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bedplate.reporting import facts_words
from bedplate.reporting import vulnerability_words as words
from bedplate.reporting.words import day, number, presence, share, short_digest, size, times

if TYPE_CHECKING:
    from collections.abc import Callable

    from bedplate.model.comparison import ComparedImage, SizeRatio


def _calm(_image: ComparedImage) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of a comparison.

    Args:
        group: heading under which it stands.
        title: what is measured.
        cell: the text for an image, harmless already.
        minor: said in a quieter voice.
        numeric: set to the right where images are rows.
        alarming: whether the cell of an image deserves a warning colour.
        bar: share of one, for a bar beside the number.
    """

    group: str
    title: str
    cell: Callable[[ComparedImage], str]
    minor: bool = False
    numeric: bool = False
    alarming: Callable[[ComparedImage], bool] = _calm
    bar: Callable[[ComparedImage], float | None] | None = None


SELF = "-"


def _to_largest(ratio: SizeRatio | None) -> float | None:
    return None if ratio is None else ratio.to_largest


def _to_smallest(ratio: SizeRatio | None) -> float | None:
    return None if ratio is None else ratio.to_smallest


def _digest(image: ComparedImage) -> str:
    digest = image.facts.index_digest or image.facts.manifest_digest
    return short_digest(digest).rpartition(":")[2]


MEASURES: tuple[Measure, ...] = (
    Measure(
        "Download",
        "compressed",
        lambda i: size(i.facts.compressed_size),
        numeric=True,
        bar=lambda i: _to_largest(i.compressed_ratio),
    ),
    Measure(
        "Download",
        "of largest",
        lambda i: share(_to_largest(i.compressed_ratio)),
        numeric=True,
        minor=True,
    ),
    Measure(
        "Download",
        "of smallest",
        lambda i: times(_to_smallest(i.compressed_ratio)),
        numeric=True,
        minor=True,
    ),
    Measure(
        "Unpacked",
        "on disk",
        lambda i: size(i.facts.disk_size, i.facts.disk_size_precision),
        numeric=True,
        bar=lambda i: _to_largest(i.disk_ratio),
    ),
    Measure(
        "Unpacked",
        "of largest",
        lambda i: share(_to_largest(i.disk_ratio)),
        numeric=True,
        minor=True,
    ),
    Measure(
        "Unpacked",
        "of smallest",
        lambda i: times(_to_smallest(i.disk_ratio)),
        numeric=True,
        minor=True,
    ),
    Measure(
        "Contents",
        "layers",
        lambda i: number(None if i.facts.layers is None else len(i.facts.layers)),
        numeric=True,
    ),
    Measure("Contents", "packages", lambda i: facts_words.package_count(i.facts), numeric=True),
    Measure(
        "Contents",
        "against the first",
        lambda i: SELF if i.is_reference else facts_words.difference(i.packages),
        minor=True,
    ),
    Measure("System", "OS", lambda i: facts_words.distro(i.facts)),
    Measure("System", "libc", lambda i: facts_words.libc(i.facts)),
    Measure("System", "shell", lambda i: facts_words.shell_names(i.facts)),
    Measure("System", "package manager", lambda i: facts_words.package_managers(i.facts)),
    Measure("Runtime", "runtime", lambda i: facts_words.runtimes(i.facts)),
    Measure("Runtime", "brings along", lambda i: facts_words.bundled(i.facts)),
    Measure(
        "Support",
        "support",
        lambda i: facts_words.ends_of_life(i.facts),
        alarming=lambda i: facts_words.has_ended(i.facts),
    ),
    Measure(
        "Vulnerabilities",
        "CVEs (vendor)",
        lambda i: words.rated(i.vulnerabilities, "vendor"),
        alarming=lambda i: words.is_alarming(i.vulnerabilities),
    ),
    Measure("Vulnerabilities", "CVEs (CVSS)", lambda i: words.rated(i.vulnerabilities, "cvss")),
    Measure("Vulnerabilities", "fixable", lambda i: words.fixable(i.vulnerabilities)),
    Measure("Vulnerabilities", "advisories", lambda i: words.as_of(i.vulnerabilities), minor=True),
    Measure("Ready to run", "user", lambda i: facts_words.user(i.facts)),
    Measure("Ready to run", "CA certificates", lambda i: presence(i.facts.certificates)),
    Measure("Ready to run", "time zones", lambda i: presence(i.facts.time_zones)),
    Measure("Identity", "platforms", lambda i: facts_words.platforms(i.facts)),
    Measure("Identity", "created", lambda i: day(i.facts.created)),
    Measure("Identity", "digest", _digest),
    Measure("Source", "facts from", lambda i: facts_words.origin(i.facts)),
)
