"""Text in XML. `xml.sax.saxutils` would load an HTTP client with it."""

from __future__ import annotations

from html import escape as _escape


def escape(text: str) -> str:
    """Write text between tags."""
    return _escape(text, quote=False)


def quoteattr(text: str) -> str:
    """Write the value of an attribute, with its quotes."""
    return f'"{_escape(text)}"'
