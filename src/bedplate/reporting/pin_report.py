"""A run of `bedplate pin`, for people, for programs, and as a patch."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from bedplate._version import __version__
from bedplate.model.pin import PinStatus
from bedplate.reporting.harmless import harmless, without_surrogates
from bedplate.reporting.patch import patch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.pin import Pin, PinReport
    from bedplate.reporting.look import Look

SCHEMA = "bedplate/pin/1"
PIN_FORMATS = ("terminal", "json")
_COLORS = {
    PinStatus.PINNED: "32",
    PinStatus.UNPINNED: "33",
    PinStatus.VERIFIED: "32",
    PinStatus.DRIFTED: "31;1",
    PinStatus.GONE: "31;1",
    PinStatus.UNLOCKED: "31;1",
    PinStatus.UNEXAMINED: "33;1",
    PinStatus.KEPT: "2",
    PinStatus.SKIPPED: "2",
}
_WIDTH = max(len(status) for status in PinStatus)


def render_pins(report: PinReport, format_name: str, look: Look) -> str:
    """Write a report down.

    Args:
        report: what to tell.
        format_name: one of `PIN_FORMATS`.
        look: whether there are colours.
    """
    if format_name == "json":
        return json.dumps(_document(report), indent=2, ensure_ascii=False) + "\n"
    return "\n".join(_lines(report, look)) + "\n"


def render_patch(report: PinReport) -> str:
    """Write the changes as a patch that `git apply` and `patch -p1` take."""
    return patch(report.changed)


def _lines(report: PinReport, look: Look) -> Iterator[str]:
    for pin in report.pins:
        word = f"{pin.status:<{_WIDTH}}"
        if look.color:
            word = f"\x1b[{_COLORS[pin.status]}m{word}\x1b[0m"
        place = f"{pin.path}:{pin.line}" if pin.line else pin.path
        yield f"{word}  {harmless(place)}  {harmless(_image(pin))}"
        if pin.note:
            yield f"{' ' * _WIDTH}  {harmless(pin.note)}"
    for item in report.skipped:
        yield f"{'skipped':<{_WIDTH}}  {harmless(item.what)}: {harmless(item.reason)}"
    for item in report.failed:
        yield f"{'not written':<{_WIDTH}}  {harmless(item.what)}: {harmless(item.reason)}"
    yield _summary(report)


def _image(pin: Pin) -> str:
    if not pin.digest:
        return pin.image
    name = pin.image.partition("@")[0]
    if pin.tag:
        head, slash, last = name.rpartition("/")
        name = f"{head}{slash}{last.partition(':')[0]}:{pin.tag}"
    return f"{name}@{pin.digest}"


def _summary(report: PinReport) -> str:
    counts = Counter(pin.status for pin in report.pins)
    parts = [f"{counts[status]} {status}" for status in PinStatus if counts[status]]
    total = f"{_count(len(report.pins), 'image')} in {_count(report.files, 'file')}"
    line = f"{total}: {', '.join(parts)}" if parts else "no images"
    if report.skipped:
        line += f"; {_count(len(report.skipped), 'file')} skipped"
    done = len(report.changed) - len(report.failed)
    if report.written and report.changed:
        line += f"; {_count(done, 'file')} written"
    elif report.changed:
        line += f"; {_count(len(report.changed), 'file')} would be written"
    return line


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _document(report: PinReport) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "bedplate": __version__,
        "pins": [_pin(pin) for pin in report.pins],
        "changed": [_plain(changed.path) for changed in report.changed],
        "written": report.written,
        "skipped": [
            {"what": _plain(item.what), "reason": _plain(item.reason)} for item in report.skipped
        ],
        "failed": [
            {"what": _plain(item.what), "reason": _plain(item.reason)} for item in report.failed
        ],
    }


def _pin(pin: Pin) -> dict[str, Any]:
    return {
        "path": _plain(pin.path),
        "line": pin.line or None,
        "image": _plain(pin.image),
        "status": str(pin.status),
        "digest": pin.digest or None,
        "tag": pin.tag or None,
        "note": _plain(pin.note) or None,
        "observed": pin.observed or None,
    }


def _plain(text: str) -> str:
    return without_surrogates(text)
