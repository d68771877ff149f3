"""Names that come from images, made safe to print."""

from __future__ import annotations

_LONGEST = 1000  # characters of one name that a person is shown


def harmless(text: str) -> str:
    r"""Show what can't be printed as an escape, and cut what nobody would read.

    That is every control character, so no terminal escape gets through; direction marks and
    zero-width characters, so no name looks like another; bytes that are not UTF-8, shown as
    `\xff`.
    """
    if len(text) > _LONGEST:
        text = f"{text[:_LONGEST]}..."
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else _escape(char) for char in text)


def without_surrogates(text: str) -> str:
    r"""Show bytes that are not UTF-8 as `\xff`, and leave all else alone."""
    if text.isascii():
        return text
    return "".join(_escape(char) if "\ud800" <= char <= "\udfff" else char for char in text)


def _escape(char: str) -> str:
    code = ord(char)
    if 0xDC80 <= code <= 0xDCFF:  # a byte that was kept as a surrogate, PEP 383
        code -= 0xDC00
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
