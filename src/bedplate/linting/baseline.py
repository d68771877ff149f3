"""Violations that were there before: a file of their fingerprints, for legacy code.

A fingerprint is path, rule and the text of the line, so it survives edits elsewhere in the file.
"""

from __future__ import annotations

import json
from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING

from bedplate.errors import InvalidDocument

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bedplate.model.violation import Violation

_VERSION = 1


def write_baseline(violations: Iterable[Violation], texts: Mapping[str, str]) -> str:
    """Write down what is known from now on."""
    counts = Counter(fingerprint(one, texts[one.path]) for one in violations)
    document = {"version": _VERSION, "violations": dict(sorted(counts.items()))}
    return json.dumps(document, indent=2) + "\n"


def read_baseline(text: str, name: str) -> Counter[str]:
    """Read what is known: fingerprints, and how often each.

    Raises:
        InvalidDocument: not a baseline; `name` is the file that the message names.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidDocument(f"{name}: not JSON: {error}") from error
    known = document.get("violations") if isinstance(document, dict) else None
    if not isinstance(known, dict) or document.get("version") != _VERSION:
        raise InvalidDocument(f"{name}: not a baseline of bedplate lint", "write it anew")
    if not all(isinstance(count, int) for count in known.values()):
        raise InvalidDocument(f"{name}: violations: a count is not a number")
    return Counter(known)


def unknown(
    violations: Iterable[Violation], texts: Mapping[str, str], known: Counter[str]
) -> list[Violation]:
    """Give the violations that are not in a baseline."""
    left = Counter(known)
    found = []
    for one in violations:
        key = fingerprint(one, texts[one.path])
        if left[key] > 0:
            left[key] -= 1
        else:
            found.append(one)
    return found


def fingerprint(violation: Violation, text: str) -> str:
    """Name a violation so that it is the same after edits of other lines."""
    start, end = violation.span
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    line = " ".join(text[first : len(text) if last < 0 else last].split())
    content = f"{violation.path}\0{violation.rule}\0{line}"
    return sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:32]
